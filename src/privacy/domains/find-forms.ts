import { dataError } from "../../core/errors.js";
import { isIdentifierName } from "../../schema/identifier-name.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import type { PaidTable } from "../paid-table.js";
import { CELL_FORMS, formOfCell } from "./cell-forms.js";
import { decideForm } from "./decide-form.js";
import { whatIsLacking } from "./what-is-lacking.js";

/**
 * The columns with the types and written forms that the schema does not give them, by noisy counts of what their cells are like;
 * without a schema of all columns, but those named like keys. Throws E_PRIVACY_TYPES, naming the columns whose cells are too few, or
 * too different, to tell.
 */
export function findForms(
  paid: PaidTable,
  declared: readonly ColumnSchema[] | undefined,
  sigmaOf: (changes: number) => number,
): readonly ColumnSchema[] {
  const columns = declared ?? paid.columns.map(({ name }) => startOf(name));
  const asked = columns.filter((column) => (declared === undefined ? column.type === "text" : lacksForm(column)));
  if (asked.length === 0) return columns;
  const kindOf = new Map(paid.columns.map(({ name, kind }) => [name, kind]));
  const sigma = sigmaOf(asked.length);
  const counts = paid.countValues(
    "what the cells of each column are like",
    asked.map(({ name }) => ({
      column: name,
      cells: CELL_FORMS.length,
      cellOf: (value) => formOfCell(kindOf.get(name)!, value),
    })),
    sigma,
  );
  const found = new Map(
    asked.map((column, i) => [column.name, decideForm(counts[i]!, sigma, declared === undefined ? undefined : column)]),
  );
  const unclear = asked.filter(({ name }) => found.get(name) === undefined).map(({ name }) => name);
  if (unclear.length > 0) throw unclearTypes(unclear, sigma);
  return columns.map((column) => ({ ...column, ...found.get(column.name) }));
}

/** A column of which only the name is known. */
function startOf(name: string): ColumnSchema {
  const base = { name, missingShare: 0, distinctCount: 0, missingText: "" };
  return isIdentifierName(name)
    ? { ...base, type: "identifier", reason: "named like a key" }
    : { ...base, type: "text", reason: "" };
}

function lacksForm(column: ColumnSchema): boolean {
  return whatIsLacking(column).some((part) => ["spellings", "decimals", "dateFormat"].includes(part));
}

function unclearTypes(names: readonly string[], sigma: number): Error {
  const list = names.map((name) => `"${name}"`).join(", ");
  return dataError(
    "E_PRIVACY_TYPES",
    `what the cells of ${list} are cannot be told: under noise of ${Math.round(sigma)} rows no form is clear`,
    {
      where: `column "${names[0]}"`,
      hint: 'declare "type" of these columns in a schema (and decimals, dateFormat or spellings), leave them out, or give a larger epsilon',
    },
  );
}
