/** How much is computed; larger tables are sampled. */
export interface PrivacyLimits {
  /** Synthetic rows whose nearest records are searched. */
  readonly queries: number;
  /** Rows of each reference, training and held-out. */
  readonly references: number;
  /** Members and non-members of membership inference, each. */
  readonly members: number;
  /** Attacks of each variant: fewer than 2,000 find risks where there are none. */
  readonly attacks: number;
  /** Synthetic rows that an attacker searches. */
  readonly syntheticRows: number;
}

/** The defaults: seconds on one core for a table of 15 columns. */
export const PRIVACY_LIMITS: PrivacyLimits = {
  queries: 40_000,
  references: 20_000,
  members: 10_000,
  attacks: 2_000,
  syntheticRows: 50_000,
};
