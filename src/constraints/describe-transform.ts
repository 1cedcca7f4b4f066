import type { Transform } from "./transform.js";

/** What a transform does, in one sentence, and the column it is about (the first of several). */
export function describeTransform(transform: Transform): { readonly message: string; readonly column: string } {
  const column = "column" in transform ? transform.column : transform.columns[0]!;
  return { column, message: describe(transform) };
}

function describe(transform: Transform): string {
  switch (transform.kind) {
    case "difference":
      return `column "${transform.column}" is learned as the distance ${transform.learnable}`;
    case "computed": {
      const from = quoted(transform.inputs);
      const how = transform.formula.kind === "lookup" ? `looked up from ${from}` : `computed from ${from}`;
      return `column "${transform.column}" is ${how}`;
    }
    case "combination": {
      const count = transform.combinations.length;
      const kept = `${count} combination${count === 1 ? "" : "s"}`;
      return `columns ${quoted(transform.columns)} are learned as one category; ${kept} are in enough rows to be drawn`;
    }
    case "one-hot":
      return `columns ${quoted(transform.columns)} are learned as one category`;
    case "nulled":
      return `column "${transform.column}" is learned where it has a value, and missing where ${transform.when}`;
    case "bounded":
      return `column "${transform.column}" is put on its bounds where it leaves them`;
    case "distinct":
      return transform.nudged.length === 0
        ? `column "${transform.columns[0]}" is unique: its values are made anew`
        : `rows that agree in ${quoted(transform.columns)} are changed in ${quoted([transform.nudged[0]!.column])}`;
    default:
      return transform satisfies never;
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
