/** The first ten, to three decimals (Abramowitz and Stegun 1964, table 26.10). */
const EXACT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

const Z = 1.959964;

/**
 * The 97.5 % quantile of Student's t, half the width of a 95 % interval in standard errors.
 * @param freedom degrees of freedom, a whole number of 1 or more; above 10 by the expansion of Abramowitz and Stegun 26.7.5,
 * right to .003
 */
export function studentQuantile(freedom: number): number {
  const exact = EXACT[freedom - 1];
  if (exact !== undefined) return exact;
  return Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2);
}
