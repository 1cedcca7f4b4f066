import { describe, expect, it } from "vitest";
import { chooseQuestions } from "../../../src/privacy/marginals/choose-questions.js";
import { cellsOf, jointQuestions } from "../../../src/privacy/marginals/joint-questions.js";

const groups = [3, 4, 5, 2].map((count, field) => ({ field, groups: count }));
const fieldsOf = (questions: ReturnType<typeof jointQuestions>) =>
  questions.map((of) => of.map(({ field }) => field).join(""));

describe("jointQuestions", () => {
  it("lists every set once", () => {
    expect(fieldsOf(jointQuestions(groups, 2, undefined))).toEqual(["01", "02", "03", "12", "13", "23"]);
    expect(fieldsOf(jointQuestions(groups, 3, undefined))).toEqual(["012", "013", "023", "123"]);
  });

  it("crosses sets of the others with the target", () => {
    expect(fieldsOf(jointQuestions(groups, 2, groups[1]))).toEqual(["021", "031", "231"]);
  });
});

describe("chooseQuestions", () => {
  it("takes the worst estimated beyond what the noise of many cells would add", () => {
    const [first, second] = [jointQuestions(groups, 2, undefined)[1]!, jointQuestions(groups, 2, undefined)[5]!];
    expect([cellsOf(first), cellsOf(second)]).toEqual([15, 10]);
    const scored = [
      { of: first, distance: 120 },
      { of: second, distance: 100 },
    ];
    expect(chooseQuestions(scored, 1, 1)).toEqual([first]);
    // 120 - 15 x 7.98 = 0.3; 100 - 10 x 7.98 = 20.2
    expect(chooseQuestions(scored, 1, 10)).toEqual([second]);
    expect(chooseQuestions(scored, 2, 10)).toEqual([second, first]);
  });
});
