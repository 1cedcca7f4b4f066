declare module "fft.js" {
  /** Fourier transforms of one size, a power of two; complex numbers as pairs in one array. */
  export default class FFT {
    constructor(size: number);
    createComplexArray(): number[];
    /** Frequencies 0..size/2 of real numbers. */
    realTransform(out: number[], data: ArrayLike<number>): void;
    completeSpectrum(spectrum: number[]): void;
    inverseTransform(out: number[], data: ArrayLike<number>): void;
  }
}
