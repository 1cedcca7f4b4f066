import { type Transform, writtenColumns } from "../transform.js";
import { conflict } from "./plan.js";

/** Of two transforms that write one column the lower one is undone first. */
const STAGE: Readonly<Record<Transform["kind"], number>> = {
  difference: 0,
  computed: 0,
  combination: 0,
  "one-hot": 0,
  bounded: 1,
  distinct: 2,
  nulled: 3,
};

/** The order in which transforms are undone: each after all that write what it reads. Throws E_CONSTRAINT_CONFLICT. */
export function orderTransforms(transforms: readonly Transform[]): Transform[] {
  const ordered: Transform[] = [];
  const open = new Set(transforms);
  while (open.size > 0) {
    const next = [...open].find((one) => ![...open].some((other) => other !== one && mustPrecede(other, one)));
    if (next === undefined) throw circle([...open]);
    open.delete(next);
    ordered.push(next);
  }
  return ordered;
}

/** Columns that undoing a transform reads in their final form. */
export function readColumns(transform: Transform): readonly string[] {
  switch (transform.kind) {
    case "difference":
      return transform.references.map(({ column }) => column);
    case "computed":
    case "nulled":
      return transform.inputs;
    case "combination":
    case "one-hot":
    case "bounded":
      return [];
    case "distinct":
      return transform.columns.filter((name) => !writtenColumns(transform).includes(name));
    default:
      return transform satisfies never;
  }
}

function mustPrecede(first: Transform, second: Transform): boolean {
  const written = writtenColumns(first);
  if (readColumns(second).some((name) => written.includes(name))) return true;
  return STAGE[first.kind] < STAGE[second.kind] && writtenColumns(second).some((name) => written.includes(name));
}

function circle(transforms: readonly Transform[]): Error {
  const names = [...new Set(transforms.flatMap(writtenColumns))].map((name) => `"${name}"`);
  return conflict(`the constraints of columns ${names.join(", ")} go round in a circle`);
}
