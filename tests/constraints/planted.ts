import { makeRandom } from "../../src/core/random.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import type { Column } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { booleanColumn, dateColumn, numberColumn, textColumn } from "../encode/columns.js";

const CITIES = [
  ["Vienna", "AT"],
  ["Graz", "AT"],
  ["Berlin", "DE"],
  ["Munich", "DE"],
  ["Zurich", "CH"],
] as const;
const SIZES = ["small", "medium", "large"];
const TIERS = ["bronze", "silver", "gold", "gold"];
const CHANNELS = ["mail", "phone", "web"];

/** The twelve rules that a planted table holds, of all kinds. */
export const PLANTED: readonly Constraint[] = [
  { kind: "inequality", columns: ["cost", "charge"] },
  { kind: "inequality", columns: ["opened", "closed"] },
  { kind: "inequality", columns: ["lowest", "middle", "highest"], strict: true },
  { kind: "range", column: "rating", low: 0, high: 100 },
  { kind: "fixedCombinations", columns: ["size", "material"] },
  { kind: "functionalDependency", determinants: ["city"], dependent: "country" },
  { kind: "functionalDependency", determinants: ["points"], dependent: "tier" },
  { kind: "sum", parts: ["net", "tax", "fee"], whole: "gross" },
  { kind: "oneHot", columns: CHANNELS },
  { kind: "unique", columns: ["shop", "number"] },
  { kind: "conditionalNull", column: "closed", when: "status = 'active'" },
  { kind: "derived", column: "total", expression: "price * quantity" },
];

/** A table that holds PLANTED, with missing values among its numbers. */
export function makePlanted(rowCount: number, seed = 1): Table {
  const random = makeRandom(seed).fork("planted");
  const rows = <T>(label: string, make: (draw: ReturnType<typeof random.fork>, row: number) => T): T[] => {
    const own = random.fork(label);
    return Array.from({ length: rowCount }, (_, row) => make(own, row));
  };
  const cents = (value: number): number => Math.round(value * 100) / 100;
  const days = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
  const cost = rows("cost", (draw) => (draw.uniform() < 0.03 ? null : cents(10 + 90 * draw.uniform())));
  const charge = rows("charge", (draw, row) => cents((cost[row] ?? 30) + 40 * draw.uniform() ** 2));
  const status = rows("status", (draw) => ["active", "closed", "lost"][Math.floor(3 * draw.uniform() ** 1.3)]!);
  const opened = rows("opened", (draw) => -3000 + draw.integer(9000));
  const closed = rows("closed", (draw, row) => opened[row]! + draw.integer(2000));
  const lowest = rows("lowest", (draw) => draw.integer(50));
  const middle = rows("middle", (draw, row) => (draw.uniform() < 0.05 ? null : lowest[row]! + 1 + draw.integer(20)));
  const highest = rows("highest", (draw, row) => (middle[row] ?? lowest[row]!) + 1 + draw.integer(30));
  const size = rows("size", (draw) => draw.integer(3));
  const material = rows("material", (draw, row) => ["wood", "steel", "glass"][(size[row]! + draw.integer(2)) % 3]!);
  const city = rows("city", (draw) => draw.integer(CITIES.length));
  const points = rows("points", (draw) => draw.integer(40));
  const net = rows("net", (draw) => cents(20 + 200 * draw.uniform() ** 2));
  const tax = rows("tax", (draw, row) => cents(net[row]! * (draw.uniform() < 0.5 ? 0.1 : 0.2)));
  const fee = rows("fee", (draw) => (draw.uniform() < 0.02 ? null : cents(5 * draw.uniform())));
  const channel = rows("channel", (draw) => draw.integer(CHANNELS.length));
  const price = rows("price", (draw) => cents(1 + 30 * draw.uniform()));
  const quantity = rows("quantity", (draw) => 1 + draw.integer(9));
  const columns: Column[] = [
    numberColumn("cost", cost, 2),
    numberColumn("charge", charge, 2),
    textColumn("status", status),
    dateColumn("opened", opened.map(days)),
    dateColumn(
      "closed",
      closed.map((day, row) => (status[row] === "active" ? null : days(day))),
    ),
    numberColumn("lowest", lowest),
    numberColumn("middle", middle),
    numberColumn("highest", highest),
    numberColumn(
      "rating",
      rows("rating", (draw) => Math.max(0, Math.min(100, Math.round(60 + 30 * draw.normal())))),
    ),
    textColumn(
      "size",
      size.map((one) => SIZES[one]!),
    ),
    textColumn("material", material),
    textColumn(
      "city",
      city.map((one) => CITIES[one]![0]),
    ),
    textColumn(
      "country",
      city.map((one) => CITIES[one]![1]),
    ),
    numberColumn("points", points),
    textColumn(
      "tier",
      points.map((one) => TIERS[Math.floor(one / 10)]!),
    ),
    numberColumn("net", net, 2),
    numberColumn("tax", tax, 2),
    numberColumn("fee", fee, 2),
    numberColumn(
      "gross",
      net.map((one, row) => (fee[row] === null ? null : cents(one + tax[row]! + fee[row]!))),
      2,
    ),
    ...CHANNELS.map((name, at) =>
      at === 2
        ? booleanColumn(
            name,
            channel.map((one) => one === at),
          )
        : numberColumn(
            name,
            channel.map((one) => Number(one === at)),
          ),
    ),
    textColumn(
      "shop",
      rows("shop", (_, row) => `shop ${row % 4}`),
    ),
    numberColumn(
      "number",
      rows("number", (_, row) => Math.floor(row / 4)),
    ),
    numberColumn("price", price, 2),
    numberColumn("quantity", quantity),
    numberColumn(
      "total",
      price.map((one, row) => cents(one * quantity[row]!)),
      2,
    ),
  ];
  return makeTable(columns);
}
