import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { dateMeaning, swapDayAndMonth } from "../../table/date-format.js";
import { BOOLEAN_SPELLINGS } from "../../table/infer-column.js";
import { CELL_FORMS, type CellForm, FOUND_DATE_FORMATS } from "./cell-forms.js";

/** What is found of a column's type and written form. */
export type FoundForm = Partial<
  Pick<ColumnSchema, "type" | "reason" | "decimals" | "dateFormat" | "spellings" | "drop">
>;

/** A sum of counts is clear from so many sigmas on: several hundred forms are compared. */
const CLEAR = 8;
/** A form of less than this share of the values, or of the noise, is a slip of the pen. */
const SLIP = 0.1;
const SLIP_SIGMAS = 4;
const FEW_DECIMALS = 0.01;

interface Candidate {
  readonly rows: number;
  readonly form: FoundForm;
}

/**
 * What a column's cells are, by noisy counts [CELL_FORMS]: what most of them are like, or categories where they differ. With a
 * declared column only its form is decided. Undefined where nothing is clear.
 */
export function decideForm(counts: Int32Array, sigma: number, declared?: ColumnSchema): FoundForm | undefined {
  const rowsOf = (test: (form: CellForm) => boolean) =>
    CELL_FORMS.reduce((sum, form, i) => (test(form) ? sum + counts[i]! : sum), 0);
  const candidates = [
    ...numberCandidates(counts, rowsOf, sigma),
    ...booleanCandidates(rowsOf),
    ...dateCandidates(counts),
    ...storedCandidates(rowsOf, sigma),
  ];
  if (declared !== undefined) {
    const fitting = candidates.filter(
      ({ form }) => roleOf({ type: form.type! }) === roleOf(declared) || isZeroOrOne(form, declared),
    );
    const best = mostRows(fitting, sigma);
    if (best === undefined || best.rows < CLEAR * sigma) return undefined;
    return formOnly(best.form, declared);
  }
  const text = { rows: rowsOf(({ kind }) => kind === "text"), form: category("found with noise: texts") };
  const best = mostRows([...candidates, text], sigma)!;
  if (best.rows < CLEAR * sigma) {
    const missing = rowsOf(({ kind }) => kind === "missing");
    return missing < CLEAR * sigma
      ? undefined
      : { type: "text", drop: true, reason: "found with noise: nearly every value is missing" };
  }
  const isMixed = best !== text && text.rows > Math.max(SLIP_SIGMAS * sigma, SLIP * best.rows);
  return isMixed ? category("found with noise: texts of different forms") : best.form;
}

type RowsOf = (test: (form: CellForm) => boolean) => number;

function category(reason: string): FoundForm {
  return { type: "category", reason };
}

/** The first candidate that, but for the noise, has as many rows as any: padded dates come before those that are not. */
function mostRows(candidates: readonly Candidate[], sigma: number): Candidate | undefined {
  const most = candidates.reduce((rows, next) => Math.max(rows, next.rows), 0);
  return candidates.find(({ rows }) => rows >= Math.max((1 - SLIP) * most, most - CLEAR * sigma));
}

/** Whole numbers may be booleans where the schema says so. */
function isZeroOrOne(form: FoundForm, declared: ColumnSchema): boolean {
  return declared.type === "boolean" && form.type === "integer";
}

function formOnly({ decimals, dateFormat, spellings }: FoundForm, declared: ColumnSchema): FoundForm {
  if (declared.type === "boolean") return { spellings: spellings ?? ["0", "1"] };
  return { ...(decimals === undefined ? {} : { decimals }), ...(dateFormat === undefined ? {} : { dateFormat }) };
}

function numberCandidates(counts: Int32Array, rowsOf: RowsOf, sigma: number): Candidate[] {
  const compact = rowsOf(({ kind }) => kind === "compact-date");
  const numbers = rowsOf(({ kind }) => kind === "number");
  const least = Math.max(SLIP_SIGMAS * sigma, FEW_DECIMALS * numbers);
  const decimals = CELL_FORMS.reduce(
    (most, form, i) => (form.kind === "number" && counts[i]! > least ? Math.max(most, form.decimals) : most),
    0,
  );
  const number: FoundForm =
    decimals === 0
      ? { type: "integer", decimals, reason: "found with noise: whole numbers" }
      : { type: "decimal", decimals, reason: "found with noise: numbers" };
  const isCompact = numbers < Math.max(SLIP_SIGMAS * sigma, SLIP * compact);
  return isCompact ? [{ rows: compact, form: dateForm("YYYYMMDD") }] : [{ rows: numbers + compact, form: number }];
}

function booleanCandidates(rowsOf: RowsOf): Candidate[] {
  return BOOLEAN_SPELLINGS.map((spellings) => ({
    rows: rowsOf((form) => form.kind === "boolean" && spellings.includes(form.spelling)),
    form: {
      type: "boolean",
      spellings: [spellings[0], spellings[1]],
      reason: "found with noise: two values that mean no and yes",
    },
  }));
}

/** Of every format the rows that it reads: its own, those of its padded form, and those that can be read with day and month exchanged. */
function dateCandidates(counts: Int32Array): Candidate[] {
  return [...formsReadBy].map(([format, places]) => ({
    rows: places.reduce((sum, place) => sum + counts[place]!, 0),
    form: dateForm(format),
  }));
}

/** By format, the places in CELL_FORMS of what it reads. */
const formsReadBy: ReadonlyMap<string, number[]> = (() => {
  const places = new Map<string, number[]>(FOUND_DATE_FORMATS.map((format) => [format, []]));
  CELL_FORMS.forEach((form, place) => {
    if (form.kind !== "date") return;
    const written = form.canBeSwapped ? [form.format, swapDayAndMonth(form.format)] : [form.format];
    for (const format of new Set(written.flatMap((padded) => [padded, unpad(padded)]))) places.get(format)?.push(place);
  });
  return places;
})();

/** The format that leaves zeros before day and month out, and so reads what the padded one reads. */
function unpad(format: string): string {
  return format.replace("DD", "D").replace(/(?<!M)MM(?!M)/, "M");
}

/** The shortest form that shows nearly all stored dates. */
function storedCandidates(rowsOf: RowsOf, sigma: number): Candidate[] {
  const stored = rowsOf(({ kind }) => kind === "stored-date");
  const least = Math.max(SLIP_SIGMAS * sigma, FEW_DECIMALS * stored);
  const isTime = rowsOf((form) => form.kind === "stored-date" && form.isFirstDay) > stored / 2;
  const finer = (unit: number) => rowsOf((form) => form.kind === "stored-date" && form.unit < unit) > least;
  const clock = finer(1) ? "HH:mm:ss.SSSSSS" : finer(1000) ? "HH:mm:ss.SSS" : "HH:mm:ss";
  const format = isTime ? clock : finer(86_400_000) ? `YYYY-MM-DD ${clock}` : "YYYY-MM-DD";
  return [{ rows: stored, form: dateForm(format) }];
}

function dateForm(dateFormat: string): FoundForm {
  return { type: dateMeaning(dateFormat), dateFormat, reason: `found with noise: written ${dateFormat}` };
}
