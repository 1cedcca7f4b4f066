import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { PrivacyLedger } from "../../src/privacy/accounting/ledger.js";
import { findDomains } from "../../src/privacy/domains/find-domains.js";
import type { JointQuestion } from "../../src/privacy/paid-rows.js";
import { makePaidTable, type PaidTable } from "../../src/privacy/paid-table.js";
import type { TableSchema } from "../../src/schema/table-schema.js";
import type { Table } from "../../src/table/table.js";
import { KNOWN_SCHEMA, type KnownRow, knownRow, knownTable, noNoise, openLedger } from "./known-tables.js";

const budget = { epsilon: 1, delta: 1e-6 };
const sigmaOf = () => 2;

/** Every question that can be asked, of the table and of what it is read as. */
const QUESTIONS: Readonly<Record<string, (paid: PaidTable) => unknown>> = {
  countRows: (paid) => paid.countRows(2),
  countValues: (paid) =>
    paid.countValues("values", [{ column: "age", cells: 2, cellOf: (v) => (v === undefined ? 0 : 1) }], 2),
  countTexts: (paid) => paid.countTexts("texts", ["color", "flag"], { sigma: 2, threshold: 5, delta: 1e-7 }),
  "readAs countValues": (paid) =>
    paid
      .readAs(KNOWN_SCHEMA)
      .countValues("ages", [{ column: "age", cells: 3, cellOf: (v) => (Number(v) > 40 ? 1 : 0) }], 2),
  "readAs countTexts": (paid) =>
    paid.readAs(KNOWN_SCHEMA).countTexts("colors", ["color"], { sigma: 2, threshold: 5, delta: 1e-7 }),
  countJoint: (paid) => encoded(paid).countJoint("pairs", JOINT, 2),
  scoreJoint: (paid) =>
    encoded(paid).scoreJoint(
      "scores",
      JOINT.map((of) => ({ of, estimate: new Float64Array(100) })),
      2,
    ),
};

const JOINT: readonly JointQuestion[] = [
  [{ field: 0, groups: 4 }],
  [
    { field: 0, groups: 4 },
    { field: 3, groups: 3 },
  ],
  [
    { field: 3, groups: 3 },
    { field: 0, groups: 2, groupOf: Uint16Array.of(0, 1, 1, 0) },
    { field: 3, groups: 3 },
  ],
  [
    { field: 3, groups: 3 },
    { field: 0, groups: 2, groupOf: Uint16Array.of(0, 1, 1, 0) },
    { field: 3, groups: 3 },
    { field: 0, groups: 2, groupOf: Uint16Array.of(1, 1, 1, 0) },
  ],
];

/** The known table as fields, with an encoding made of public values. */
function encoded(paid: PaidTable) {
  const { encoding } = findDomains(makePaidTable(knownTable([]), openLedger(), noNoise), request(), {
    sigmaOf,
    delta: 0,
  });
  return paid.readAs(KNOWN_SCHEMA).encodedBy(encoding, makeRandom(1));
}

function request(schema: TableSchema | undefined = KNOWN_SCHEMA) {
  return { privacy: { ...budget, bounds: schema === undefined ? ("private" as const) : ("public" as const) }, schema };
}

const ROWS: readonly KnownRow[] = [
  ["red", "30", "2020-02-01", "no"],
  ["blue", "41", "2020-02-02", "yes"],
];

describe("a paid table", () => {
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    it(`${name}: writes into the ledger before it reads, and reads nothing where the ledger refuses`, () => {
      const { table, reads } = spied(knownTable(ROWS));
      let readsAtSpending = -1;
      const ledger = {
        ...openLedger(),
        spend: () => {
          readsAtSpending = reads();
        },
      };
      const paid = makePaidTable(table, ledger, noNoise);
      ask(paid);
      expect(readsAtSpending).toBe(0);
      expect(reads()).toBeGreaterThan(0);

      const refused = spied(knownTable(ROWS));
      expect(() => ask(makePaidTable(refused.table, refusing(1), noNoise))).toThrow("refused");
      expect(refused.reads()).toBe(0);
    });
  }

  it("reads nothing more from the entry on that the ledger refuses, when domains are found", () => {
    const rows = Array.from({ length: 40 }, (_, i): KnownRow => [i % 2 ? "red" : "blue", "30", "2020-02-01", "no"]);
    for (const schema of [KNOWN_SCHEMA, undefined]) {
      const whole = openLedger();
      findDomains(makePaidTable(knownTable(rows), whole, noNoise), request(schema), { sigmaOf, delta: 1e-7 });
      for (let k = 1; k <= whole.written.length; k++) {
        const { table, reads } = spied(knownTable(rows));
        let readsBefore = 0;
        const ledger = refusing(k, () => {
          readsBefore = reads();
        });
        const paid = makePaidTable(table, ledger, noNoise);
        expect(() => findDomains(paid, request(schema), { sigmaOf, delta: 1e-7 })).toThrow("refused");
        expect(reads()).toBe(readsBefore);
      }
    }
  });

  it("changes at most as many numbers as the ledger says, each by 1, when a row is added", () => {
    fc.assert(
      fc.property(fc.array(knownRow, { maxLength: 12 }), knownRow, fc.nat(12), (rows, added, at) => {
        const more = [...rows.slice(0, at), added, ...rows.slice(at)];
        for (const ask of Object.values(QUESTIONS)) {
          const [one, other] = [openLedger(), openLedger()];
          const before = numbersOf(ask(makePaidTable(knownTable(rows), one, noNoise)));
          const after = numbersOf(ask(makePaidTable(knownTable(more), other, noNoise)));
          expect(other.written).toEqual(one.written);
          expectNear(before, after, one.written[0]!.changes);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("changes at most as many numbers as the ledger says when domains are found, given the answers before", () => {
    fc.assert(
      fc.property(
        fc.array(knownRow, { minLength: 8, maxLength: 30 }),
        knownRow,
        fc.boolean(),
        (rows, added, isDeclared) => {
          const schema = isDeclared ? KNOWN_SCHEMA : undefined;
          const ledger = openLedger();
          const answers: unknown[] = [];
          const first = watched(makePaidTable(knownTable(rows), ledger, noNoise), (answer) => {
            answers.push(answer);
            return answer;
          });
          const spending = { sigmaOf: () => 0.5, delta: 1e-7 };
          const outcome = attempt(() => findDomains(first, request(schema), spending));
          let next = 0;
          const replayed = watched(makePaidTable(knownTable([...rows, added]), openLedger(), noNoise), (answer) => {
            expectNear(numbersOf(answers[next]), numbersOf(answer), ledger.written[next]!.changes);
            return answers[next++];
          });
          expect(attempt(() => findDomains(replayed, request(schema), spending))).toEqual(outcome);
          expect(next).toBe(answers.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("publishes no text below the threshold, and counts none that no row has", () => {
    const rows = Array.from(
      { length: 9 },
      (_, i): KnownRow => [i < 6 ? "red" : i < 8 ? "blue" : "green", null, null, null],
    );
    const paid = makePaidTable(knownTable(rows), openLedger(), noNoise);
    const [texts] = paid.countTexts("colors", ["color"], { sigma: 2, threshold: 2, delta: 1e-7 });
    expect(texts).toEqual([
      { text: "red", count: 6 },
      { text: "blue", count: 2 },
    ]);
  });

  it("counts jointly what counting row by row counts", () => {
    fc.assert(
      fc.property(fc.array(knownRow, { maxLength: 20 }), (rows) => {
        const table = knownTable(rows);
        const counts = encoded(makePaidTable(table, openLedger(), noNoise)).countJoint("pairs", JOINT, 2);
        const color = (row: KnownRow) => Math.max(-1, ["red", "green", "blue"].indexOf(row[0] ?? "")) & 3;
        const flag = (row: KnownRow) => ({ no: 0, yes: 1 })[row[3] ?? ""] ?? 2;
        const pairs = new Int32Array(12);
        const fours = new Int32Array(36);
        for (const row of rows) {
          pairs[color(row) * 3 + flag(row)]!++;
          fours[((flag(row) * 2 + [0, 1, 1, 0][color(row)]!) * 3 + flag(row)) * 2 + [1, 1, 1, 0][color(row)]!]!++;
        }
        expect(counts[1]).toEqual(pairs);
        expect(counts[3]).toEqual(fours);
      }),
      { numRuns: 30 },
    );
  });
});

/** A table that counts how often its cells or its number of rows are looked at. */
function spied(table: Table): { readonly table: Table; readonly reads: () => number } {
  let reads = 0;
  const watch = <T extends object>(target: T, open: readonly string[]): T =>
    new Proxy(target, {
      get(of, key) {
        if (!open.includes(String(key))) reads++;
        return Reflect.get(of, key);
      },
    });
  const columns = table.columns.map((column) => watch(column, ["name", "kind"]));
  return { table: watch({ ...table, columns }, ["columns"]), reads: () => reads };
}

/** Refuses the k-th entry. */
function refusing(k: number, atRefusal: () => void = () => {}): PrivacyLedger {
  const ledger = openLedger();
  return {
    ...ledger,
    spend(entry) {
      ledger.written.push(entry);
      if (ledger.written.length < k) return;
      atRefusal();
      throw new Error("refused");
    },
  };
}

/** The same table, whose answers are seen, and may be exchanged. */
function watched(paid: PaidTable, see: (answer: unknown) => unknown): PaidTable {
  return {
    ...paid,
    countRows: (sigma) => see(paid.countRows(sigma)) as number,
    countValues: (...args) => (args[1].length === 0 ? [] : (see(paid.countValues(...args)) as Int32Array[])),
    countTexts: (...args) =>
      args[1].length === 0 ? [] : (see(paid.countTexts(...args)) as ReturnType<typeof paid.countTexts>),
    readAs: (schema) => watched(paid.readAs(schema), see),
  };
}

/** All numbers of an answer by their place in it; texts are places. */
function numbersOf(answer: unknown, place = ""): Map<string, number> {
  if (typeof answer === "number") return new Map([[place, answer]]);
  if (Array.isArray(answer) && answer.every((item) => typeof item === "object" && item !== null && "text" in item)) {
    return new Map(answer.map(({ text, count }: { text: string; count: number }) => [`${place}/${text}`, count]));
  }
  return new Map(
    [...(answer as ArrayLike<unknown> & Iterable<unknown>)].flatMap((item, i) => [...numbersOf(item, `${place}/${i}`)]),
  );
}

/** At most `changes` numbers differ, each by 1; a text that was not published before had a count below its threshold. */
function expectNear(before: Map<string, number>, after: Map<string, number>, changes: number): void {
  let changed = 0;
  for (const place of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(place), after.get(place)];
    if (a === b) continue;
    changed++;
    if (a !== undefined && b !== undefined) expect(Math.abs(a - b)).toBe(1);
  }
  expect(changed).toBeLessThanOrEqual(changes);
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}
