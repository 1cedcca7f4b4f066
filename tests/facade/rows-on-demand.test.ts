import { beforeAll, describe, expect, it } from "vitest";
import {
  type Column,
  findColumn,
  fit,
  impute,
  inferSchema,
  makeTable,
  type ProgressEvent,
  type SynthModel,
  sample,
  sampleChunks,
  sampleLike,
  type Table,
} from "../../src/index.js";
import { isMissing } from "../../src/table/column.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";

const ROWS = 600;
const DAY = 86_400_000;

function text(name: string, values: readonly (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { kind: "text", name, missingText: "", dictionary, codes };
}

const each = <T>(make: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => make(row));

/** Kinds have sizes of their own; towns are many; `id` counts; some cells are missing; one town is in 2 rows only. */
const table: Table = makeTable([
  text(
    "id",
    each((row) => `AB-${10_000 + 7 * row}`),
  ),
  text(
    "kind",
    each((row) => (row % 3 === 0 ? "big" : "small")),
  ),
  {
    ...{ kind: "number", name: "size", missingText: "", format: { decimals: 1 } },
    values: Float64Array.from(
      each((row) => (row % 20 === 0 ? Number.NaN : (row % 3 === 0 ? 100 : 0) + ((row * 37) % 83) + 0.5)),
    ),
  },
  text(
    "town-name",
    each((row) => (row < 2 ? "Rareville" : row % 11 === 0 ? null : `town ${row % 9}`)),
  ),
  {
    ...{ kind: "date", name: "born", missingText: "", format: "DD.MM.YYYY" },
    values: Float64Array.from(each((row) => ((row * 131) % 4000) * DAY)),
  },
  {
    kind: "boolean",
    name: "on",
    missingText: "",
    dictionary: ["no", "yes"],
    codes: Int32Array.from(each((row) => row % 2)),
  },
]);

let model: SynthModel;
beforeAll(async () => {
  model = await fit(table, {
    maxSteps: 60,
    settings: [
      ["model.network.width", 32],
      ["model.adversarial.enabled", false],
    ],
  });
});

const cells = (rows: Table, name: string): string[] => {
  const column = findColumn(rows, name)!;
  return Array.from({ length: rows.rowCount }, (_, row) => makeCellFormatter(column)(row));
};
const numbers = (rows: Table, name: string): number[] => {
  const column = findColumn(rows, name)!;
  return "values" in column ? [...column.values] : [];
};

describe("conditions", () => {
  it("hold in every row, and as many rows are delivered as were asked for", async () => {
    const where = ["size between 37.5 and 42.5 or size > 150", "born >= '1975-02-03' and born < '01.01.1976'"];
    const rows = await sample(model, { rows: 1500, where, seed: 3 });
    expect(rows.rowCount).toBe(1500);
    expect(numbers(rows, "size").every((size) => (size >= 37.5 && size <= 42.5) || size > 150)).toBe(true);
    const [from, to] = [Date.UTC(1975, 1, 3), Date.UTC(1976, 0, 1)];
    expect(numbers(rows, "born").every((born) => born >= from && born < to)).toBe(true);
    expect(new Set(numbers(rows, "size")).size).toBeGreaterThan(20);
  });

  it("of columns with each other, sums and or over columns are met by trying", async () => {
    const where = "size * 2 > 200 or on = 'yes' and town-name = 'town 3'";
    const rows = await sample(model, { rows: 700, where });
    expect(rows.rowCount).toBe(700);
    const [sizes, on, towns] = [numbers(rows, "size"), cells(rows, "on"), cells(rows, "town-name")];
    expect(sizes.every((size, row) => size > 100 || (on[row] === "yes" && towns[row] === "town 3"))).toBe(true);
    expect(new Set(cells(rows, "id")).size).toBe(700);
  });

  it.each([
    ["town-name = 'Rareville'", "E_SAMPLE_CONDITION_RARE_LEVEL", /fewer than 5 rows/],
    ["kind = 'bgi'", "E_EXPRESSION_LEVEL", /character 8/],
    ["id = 'AB-10000'", "E_SAMPLE_CONDITION_COLUMN", /identifier/],
    ["size = 3.25", "E_SAMPLE_CONDITION_EMPTY", /"size"/],
    ["size > size + 1", "E_SAMPLE_CONDITION_RARE", /none of \d+ rows/],
    ["siez > 3", "E_EXPRESSION_COLUMN", /siez/],
  ])("%s is refused: %s", async (where, code, message) => {
    await expect(sample(model, { rows: 5, where })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it("draw a number within its bin as it is without them", async () => {
    const [all, some] = [
      await sample(model, { rows: 12_000 }),
      await sample(model, { rows: 4000, where: "size >= 11 and size <= 66" }),
    ];
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const inside = numbers(all, "size").filter((size) => size >= 11 && size <= 66);
    expect(Math.abs(mean(inside) - mean(numbers(some, "size")))).toBeLessThan(1.5);
  });
});

describe("mixed shares", () => {
  it("are exact, in random order, under conditions of other columns", async () => {
    const mix = {
      column: "kind",
      shares: [
        { level: "big", share: 0.9 },
        { level: "small", share: 0.1 },
      ],
    };
    const rows = await sample(model, { rows: 2000, mix, where: "size is not null" });
    const kinds = cells(rows, "kind");
    expect(kinds.filter((kind) => kind === "big")).toHaveLength(1800);
    const firstHalf = kinds.slice(0, 1000).filter((kind) => kind === "big").length;
    expect(Math.abs(firstHalf - 900)).toBeLessThan(35);
    expect(numbers(rows, "size").some(Number.isNaN)).toBe(false);
    const balanced = await sample(model, { rows: 100, mix: { column: "on", shares: "equal" } });
    expect(cells(balanced, "on").filter((on) => on === "yes")).toHaveLength(50);
  });
});

describe("rows in parts", () => {
  it.each([undefined, "size > 20", "size > 20 or on = 'yes'"])("are the whole, cut (where %s)", async (where) => {
    const whole = await sample(model, { rows: 2500, where });
    const parts: Table[] = [];
    for (const index of [1, 2, 3]) {
      for await (const part of sampleChunks(model, { rows: 2500, where, shard: { index, count: 3 } })) parts.push(part);
    }
    for (const { name } of whole.columns) {
      expect(
        parts.flatMap((part) => cells(part, name)),
        name,
      ).toEqual(cells(whole, name));
    }
    expect(new Set(cells(whole, "id")).size).toBe(2500);
  });

  it("begin as a longer sample does, and come a thousand at a time", async () => {
    const sizes: number[] = [];
    for await (const part of sampleChunks(model, { rows: 2100 })) sizes.push(part.rowCount);
    expect(sizes).toEqual([1024, 1024, 52]);
    const [short, long] = [await sample(model, { rows: 1100 }), await sample(model, { rows: 2100 })];
    for (const { name } of long.columns) expect(cells(short, name)).toEqual(cells(long, name).slice(0, 1100));
  });
});

describe("partial rows", () => {
  const partial = makeTable([
    text("kind", ["big", null, "small", "unheard of", null]),
    {
      ...{ kind: "number", name: "size", missingText: "", format: { decimals: 2 } },
      values: Float64Array.of(Number.NaN, 170.25, 3.5, Number.NaN, Number.NaN),
    },
  ]);

  it("are completed in order, given cells as they are", async () => {
    const rows = await sampleLike(model, partial);
    expect(rows.columns.map(({ name }) => name)).toEqual(["id", "kind", "size", "town-name", "born", "on"]);
    expect(rows.rowCount).toBe(5);
    const kinds = cells(rows, "kind");
    expect([kinds[0], kinds[2], kinds[3]]).toEqual(["big", "small", "unheard of"]);
    expect(cells(rows, "size").slice(1, 3)).toEqual(["170.25", "3.5"]);
    expect(new Set(cells(rows, "id")).size).toBe(5);
    expect(await sampleLike(model, partial)).toEqual(rows);
  });

  it("are completed from the distribution given what is known of each row", async () => {
    const many = makeTable([
      text(
        "kind",
        each((row) => (row % 2 === 0 ? "big" : "small")),
      ),
    ]);
    const sizes = numbers(await sampleLike(model, many), "size");
    const mean = (of: number): number => {
      const own = sizes.filter((size, row) => row % 2 === of && !Number.isNaN(size));
      return own.reduce((sum, size) => sum + size, 0) / own.length;
    };
    expect(mean(0) - mean(1)).toBeGreaterThan(30);
  });

  it("with columns that the model does not know, or values of another type, are refused", async () => {
    const misspelled = makeTable([text("kinds", ["big"])]);
    await expect(sampleLike(model, misspelled)).rejects.toMatchObject({
      code: "E_DATA_COLUMNS",
      hint: 'did you mean "kind"?',
    });
    await expect(sampleLike(model, makeTable([text("size", ["x"])]))).rejects.toMatchObject({
      code: "E_SCHEMA_CONVERSION",
    });
  });
});

describe("partial rows under constraints", () => {
  const cities = each((row) => ["Lyon", "Nice", "Bonn", "Kiel"][row % 4]!);
  const lands = cities.map((city) => (city === "Lyon" || city === "Nice" ? "France" : "Germany"));

  it("hold them: what goes with the given cells is found, or it is said that nothing does", async () => {
    const places = makeTable([
      text(
        "id",
        each((row) => `x${row}`),
      ),
      text("city", cities),
      text("land", lands),
    ]);
    const constraint = { kind: "functionalDependency" as const, determinants: ["city"], dependent: "land" };
    const constrained = await fit(places, {
      maxSteps: 5,
      schema: { ...inferSchema(places), constraints: [constraint] },
      settings: [
        ["model.network.width", 16],
        ["model.adversarial.enabled", false],
      ],
    });
    const notices: string[] = [];
    const onProgress = (event: ProgressEvent) => event.kind === "notice" && notices.push(event.code);
    const given = makeTable([
      text(
        "land",
        each((row) => (row % 2 === 0 ? "France" : "Germany")),
      ),
    ]);
    const rows = await sampleLike(constrained, given, { onProgress });
    expect(cells(rows, "land")).toEqual(cells(given, "land"));
    for (const [row, city] of cells(rows, "city").entries()) {
      expect(["Lyon", "Nice"].includes(city)).toBe(row % 2 === 0);
    }
    expect(new Set(cells(rows, "id")).size).toBe(ROWS);
    expect(notices).toEqual([]);
    await sampleLike(constrained, makeTable([text("land", ["Spain"])]), { onProgress });
    expect(notices).toEqual(["N_GIVEN_CONSTRAINTS"]);
  });
});

describe("imputation", () => {
  it("fills every missing cell it can, changes no other, and never by a rare level", async () => {
    const holes = makeTable([
      text(
        "id",
        each((row) => (row === 5 ? null : `x${row}`)),
      ),
      ...table.columns.slice(1),
    ]);
    const { table: filled, columns } = await impute(model, holes);
    const holesIn = (name: string): number => cells(table, name).filter((cell) => cell === "").length;
    expect(columns).toEqual([
      { name: "id", filled: 0, left: 1 },
      { name: "size", filled: holesIn("size"), left: 0 },
      { name: "town-name", filled: holesIn("town-name"), left: 0 },
    ]);
    for (const column of holes.columns.slice(1)) {
      const after = findColumn(filled, column.name)!;
      for (let row = 0; row < ROWS; row++) {
        expect(isMissing(after, row)).toBe(false);
        if (!isMissing(column, row)) expect(makeCellFormatter(after)(row)).toBe(makeCellFormatter(column)(row));
      }
    }
    const added = cells(filled, "town-name").filter((_, row) => cells(holes, "town-name")[row] === "");
    expect(added).not.toContain("_RARE_");
  });

  it("of a table without holes changes nothing", async () => {
    const whole = makeTable([table.columns[1]!, table.columns[5]!]);
    expect(await impute(model, whole)).toEqual({ table: whole, columns: [] });
  });
});
