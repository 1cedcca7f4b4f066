import type { FieldGroups, JointQuestion } from "../paid-rows.js";

/** All sets of `size` fields, each with the target where there is one. */
export function jointQuestions(
  groups: readonly FieldGroups[],
  size: number,
  target: FieldGroups | undefined,
): JointQuestion[] {
  const others = groups.filter(({ field }) => field !== target?.field);
  let sets: FieldGroups[][] = [[]];
  for (let i = 0; i < size; i++) {
    sets = sets.flatMap((set) =>
      others.filter(({ field }) => field > (set.at(-1)?.field ?? -1)).map((next) => [...set, next]),
    );
  }
  return target === undefined ? sets : sets.map((set) => [...set, target]);
}

/** Cells of a table of joint counts. */
export function cellsOf(question: JointQuestion): number {
  return question.reduce((product, { groups }) => product * groups, 1);
}
