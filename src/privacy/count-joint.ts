import type { EncodedTable } from "../encode/field.js";
import type { FieldGroups, JointQuestion } from "./joint-question.js";

/** The codes of some groups [rows], each below `groups`. */
interface Codes {
  readonly groups: number;
  readonly codes: ArrayLike<number>;
}

/**
 * Joint counts, each question's row-major [groups of the first, ..., groups of the last]. Groups that several questions have are
 * looked up once.
 */
export function countJoint(table: EncodedTable, questions: readonly JointQuestion[]): Int32Array[] {
  const known = new Map<number, { readonly groupOf: FieldGroups["groupOf"]; readonly codes: ArrayLike<number> }[]>();
  const codesOf = ({ field, groups, groupOf }: FieldGroups): Codes => {
    const ofField = known.get(field) ?? [];
    const found = ofField.find((one) => one.groupOf === groupOf);
    if (found !== undefined) return { groups, codes: found.codes };
    const codes = groupOf === undefined ? table.fields[field]! : lookUp(table.fields[field]!, groupOf, groups);
    known.set(field, [...ofField, { groupOf, codes }]);
    return { groups, codes };
  };
  return questions.map((question) => countCells(table.rowCount, question.map(codesOf)));
}

function lookUp(codes: ArrayLike<number>, groupOf: Uint16Array, groups: number): Uint8Array | Uint16Array {
  const found = groups <= 256 ? new Uint8Array(codes.length) : new Uint16Array(codes.length);
  for (let row = 0; row < found.length; row++) found[row] = groupOf[codes[row]!]!;
  return found;
}

function countCells(rowCount: number, parts: readonly Codes[]): Int32Array {
  const counts = new Int32Array(parts.reduce((size, { groups }) => size * groups, 1));
  const [first, second, third, ...more] = parts;
  if (first === undefined) counts[0] = rowCount;
  else if (second === undefined) countOne(counts, rowCount, first);
  else if (third === undefined) countTwo(counts, rowCount, first, second);
  else if (more.length === 0) countThree(counts, rowCount, [first, second, third]);
  else return countCells(rowCount, [first, second, parts.slice(2).reduce((a, b) => pairUp(rowCount, a, b))]);
  return counts;
}

function countOne(counts: Int32Array, rowCount: number, { codes }: Codes): void {
  for (let row = 0; row < rowCount; row++) counts[codes[row]!]!++;
}

function countTwo(counts: Int32Array, rowCount: number, a: Codes, b: Codes): void {
  const [first, second, width] = [a.codes, b.codes, b.groups];
  for (let row = 0; row < rowCount; row++) counts[first[row]! * width + second[row]!]!++;
}

function countThree(counts: Int32Array, rowCount: number, [a, b, c]: readonly [Codes, Codes, Codes]): void {
  const [first, second, third] = [a.codes, b.codes, c.codes];
  const [high, low] = [b.groups * c.groups, c.groups];
  for (let row = 0; row < rowCount; row++) counts[first[row]! * high + second[row]! * low + third[row]!]!++;
}

/** Two groups as one. */
function pairUp(rowCount: number, a: Codes, b: Codes): Codes {
  const groups = a.groups * b.groups;
  const codes = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) codes[row] = a.codes[row]! * b.groups + b.codes[row]!;
  return { groups, codes };
}
