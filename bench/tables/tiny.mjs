import { clamp, drawLogNormal, drawOne, drawTrue, sigmoid } from "./draws.mjs";

/** 200 patients of a small study, 8 columns; 2,000 more to judge by. */
export const tiny = {
  columns: ["age", "sex", "arm", "weight", "pressure", "smoker", "visits", "improved"],
  rows: { train: 200, holdout: 2_000 },
  target: "improved",
  makeRow: () => (random) => {
    const age = Math.round(clamp(55 + 14 * random.normal(), 18, 92));
    const sex = drawOne(random, ["f", "m"]);
    const arm = drawOne(random, ["drug", "placebo"]);
    const weight = (sex === "m" ? 82 : 68) + 12 * random.normal();
    const smoker = drawTrue(random, 0.25);
    const pressure = Math.round(95 + 0.5 * age + 0.25 * weight + (smoker ? 6 : 0) + 9 * random.normal());
    const visits = Math.floor(drawLogNormal(random, arm === "drug" ? 1.2 : 0.8, 0.5));
    const improved = drawTrue(random, sigmoid((arm === "drug" ? 1 : -0.7) + 0.25 * visits - (age - 55) / 25));
    return [age, sex, arm, weight.toFixed(1), pressure, smoker ? "yes" : "no", visits, improved ? "yes" : "no"];
  },
};
