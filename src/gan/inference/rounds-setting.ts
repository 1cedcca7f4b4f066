import type { SamplingOrder } from "./sample-chunk.js";

/** One way to draw rows, and how true it is. Plain JSON: part of a trained generator's state. */
export interface RoundsSetting {
  readonly rounds: number;
  readonly order: SamplingOrder;
  /** Whether the adversarial phase's weights and a random z are used (else the completion weights and z = 0). */
  readonly refined: boolean;
  /**
   * Mean over pairs of fields of half the summed differences between the pair's contingency table (at most 6 classes a
   * field) in sampled and in real rows, 0..1. Two samples differ by chance too: compare settings with each other.
   */
  readonly pairError: number;
}
