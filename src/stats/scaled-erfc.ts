/** Chebyshev coefficients of log(erfcx(z) / t) in t = 2 / (2 + z), doubled (Press et al. 2007, Numerical Recipes, 6.2.2). */
const COEFFICIENTS = [
  -1.3026537197817094, 0.6419697923564902, 0.019476473204185836, -0.00956151478680863, -0.000946595344482036,
  0.000366839497852761, 4.2523324806907e-5, -2.0278578112534e-5, -1.624290004647e-6, 1.30365583558e-6, 1.5626441722e-8,
  -8.5238095915e-8, 6.529054439e-9, 5.059343495e-9, -9.91364156e-10, -2.27365122e-10, 9.6467911e-11, 2.394038e-12,
  -6.886027e-12, 8.94487e-13, 3.13092e-13, -1.12708e-13, 3.81e-16, 7.106e-15, -1.523e-15, -9.4e-17, 1.21e-16, -2.8e-17,
];

/**
 * exp(z^2) erfc(z), the scaled complementary error function; relative error below 1e-14 for z >= 0, and by
 * 2 exp(z^2) - erfcx(-z) below.
 */
export function scaledErfc(z: number): number {
  if (z < 0) return 2 * Math.exp(z * z) - scaledErfc(-z);
  const t = 2 / (2 + z);
  const y = 4 * t - 2;
  let before = 0;
  let sum = 0;
  for (let i = COEFFICIENTS.length - 1; i > 0; i--) {
    const next = y * sum - before + COEFFICIENTS[i]!;
    before = sum;
    sum = next;
  }
  return t * Math.exp(0.5 * (COEFFICIENTS[0]! + y * sum) - before);
}
