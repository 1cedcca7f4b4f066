import { describe, expect, it } from "vitest";
import { type AttackCounts, scoreAttack } from "../../../src/evaluate/privacy/attack-risk.js";
import { rankByRisk } from "../../../src/evaluate/privacy/residual-risk.js";

function counts(attack: number, control: number, baseline: number, attempts = 500, requested = 500): AttackCounts {
  return {
    name: "test",
    attack: { attempts, successes: attack },
    control: { attempts, successes: control },
    baseline: { attempts, successes: baseline },
    requested,
  };
}

describe("scoreAttack", () => {
  it("gives .022 +- .038 for 50/500 against 40/500, Giomi et al.'s formula worked out by hand", () => {
    // r_a = 51.9208/503.8416 = .103050, e_a = .026373; r_c = 41.9208/503.8416 = .083202, e_c = .023905;
    // R = .019848/.916798 = .021649; error = hypot(.026373/.916798, .023905 * .896950/.840518) = .038448
    const { risk } = scoreAttack(counts(50, 40, 5));
    expect(risk.value).toBeCloseTo(0.02165, 4);
    expect(risk.low).toBe(0);
    expect(risk.high).toBeCloseTo(0.021649 + 0.038448, 4);
    expect(risk.reason).toBeUndefined();
  });

  it("is near 1 where every attack succeeds on training rows and none on held-out rows", () => {
    const { risk } = scoreAttack(counts(500, 0, 0));
    expect(risk.value).toBeGreaterThan(0.99);
    expect(risk.low).toBeGreaterThan(0.98);
    expect(risk.high).toBe(1);
  });

  it("is 0 where the control does better", () => {
    expect(scoreAttack(counts(30, 60, 1)).risk).toMatchObject({ value: 0, low: 0 });
  });

  it("says where guessing does as well", () => {
    expect(scoreAttack(counts(50, 40, 60)).risk.reason).toMatch(/no better than random guessing/);
  });

  it("says where fewer attacks were made than asked for, and divides by those made", () => {
    const { risk, attack } = scoreAttack(counts(50, 40, 5, 100, 2000));
    expect(risk.reason).toMatch(/only 100 of 2000 attacks/);
    expect(attack.value).toBeCloseTo(0.5, 10);
    expect(attack.n).toBe(100);
  });

  it("widens the interval for several variants and keeps the value near", () => {
    const one = scoreAttack(counts(250, 100, 5)).risk;
    const ten = scoreAttack(counts(250, 100, 5), 10).risk;
    expect(ten.low).toBeLessThan(one.low!);
    expect(ten.high).toBeGreaterThan(one.high!);
    expect(ten.value).toBeCloseTo(one.value!, 2);
  });

  it("gives unequal numbers of attacks and controls their own rates", () => {
    const score = scoreAttack({ ...counts(100, 0, 0), control: { attempts: 250, successes: 50 } });
    expect(score.attack.value).toBeCloseTo(0.2023, 3);
    expect(score.control.value).toBeCloseTo(0.2045, 3);
    expect(score.risk.value).toBe(0);
  });
});

describe("rankByRisk", () => {
  it("prefers a sure small risk to an unsure large one, then the larger value", () => {
    const sure = scoreAttack({ ...counts(900, 600, 5, 2000, 2000), name: "sure" });
    const unsure = scoreAttack({ ...counts(8, 5, 1, 10, 10), name: "unsure" });
    const less = scoreAttack({ ...counts(45, 40, 5), name: "less" });
    expect(unsure.risk.value).toBeGreaterThan(sure.risk.value!);
    expect([less, unsure].map((score) => score.risk.low)).toEqual([0, 0]);
    expect(rankByRisk([less, unsure, sure]).map((score) => score.name)).toEqual(["sure", "unsure", "less"]);
    expect(rankByRisk([])).toEqual([]);
  });
});
