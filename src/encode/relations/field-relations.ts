import { SynthError } from "../../core/errors.js";
import { type ColumnEncoding, fieldsOfColumn } from "../column-encoding.js";
import type { Field } from "../field.js";
import type { QuantileBinsEncoding } from "../quantile-bins.js";
import type { Relation } from "./relation.js";

/** A number's field that takes part in relations. */
export interface RelatedField {
  /** Index into the table's fields. */
  readonly field: number;
  readonly encoding: QuantileBinsEncoding;
  /** The first copy's level: how many ordinary ones there are. */
  readonly ordinaryLevels: number;
  /** One a copy level; empty for a field that others only follow. */
  readonly copies: readonly { readonly relation: Relation; readonly source: number }[];
}

/** The fields of all columns without their copies, and by index those that take part in relations. */
export interface FieldRelations {
  readonly fields: readonly Field[];
  readonly related: readonly RelatedField[];
}

/** Resolves the names in `relations` to fields. Throws E_DEFECT where a name is no binned number's. */
export function fieldRelations(columns: readonly ColumnEncoding[], relations: readonly Relation[]): FieldRelations {
  const fields: Field[] = [];
  const byName = new Map<string, Omit<RelatedField, "copies">>();
  for (const encoding of columns) {
    const own = fieldsOfColumn(encoding);
    const [first] = own;
    if (encoding.kind === "quantile-bins" && first?.kind === "discrete") {
      byName.set(encoding.name, { field: fields.length, encoding, ordinaryLevels: first.levels });
    }
    fields.push(...own);
  }
  const find = (name: string): Omit<RelatedField, "copies"> => byName.get(name) ?? failUnknown(name);
  const related = [...new Set(relations.flatMap(({ column, source }) => [column, source]))].map((name) => ({
    ...find(name),
    copies: relations
      .filter((relation) => relation.column === name)
      .map((relation) => ({ relation, source: find(relation.source).field })),
  }));
  return { fields, related: related.sort((a, b) => a.field - b.field) };
}

/** The fields with their copy levels after the ordinary ones. */
export function withCopies({ fields, related }: FieldRelations): Field[] {
  const all = [...fields];
  for (const { field, ordinaryLevels, copies } of related) {
    const plain = all[field]!;
    if (copies.length === 0 || plain.kind !== "discrete") continue;
    const levels = copies.map(({ source }, i) => ({ level: ordinaryLevels + i, source }));
    all[field] = { ...plain, levels: ordinaryLevels + copies.length, copies: levels };
  }
  return all;
}

function failUnknown(name: string): never {
  throw new SynthError("defect", "E_DEFECT", `a relation names column "${name}", which is no binned number`);
}
