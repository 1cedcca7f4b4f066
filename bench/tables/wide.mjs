import { clamp, drawOne, sigmoid } from "./draws.mjs";

const BLOCKS = 25;
const COLUMNS_PER_BLOCK = 20;
const FACTORS = 6;
const KINDS = ["normal", "amount", "count", "mostly zero", "category", "yes or no", "copy"];
/** Kinds of a block's columns, in order. */
const PATTERN = [0, 1, 4, 2, 0, 5, 4, 1, 6, 0, 3, 4, 0, 2, 5, 6, 0, 4, 1, 6];

/**
 * 500 columns in 25 blocks. A row draws six factors; a block mixes two of them with a factor of its own, and its columns
 * (numbers of several kinds, categories of 2 to 12 levels) follow that mixture with noise of their own. Three columns a
 * block are noisy copies of an earlier column of the block. What depends on what is the same for every seed of the rows.
 */
export const wide = {
  columns: Array.from({ length: BLOCKS * COLUMNS_PER_BLOCK }, (_, i) => columnName(i)),
  rows: { train: 50_000, holdout: 10_000 },
  target: "b00_yes_or_no_05",
  makeRow: (plan) => {
    const blocks = Array.from({ length: BLOCKS }, (_, block) => planBlock(plan.fork(block), block));
    return (random) => {
      const factors = Array.from({ length: FACTORS }, () => random.normal());
      return blocks.flatMap((block) => drawBlock(random, block, factors));
    };
  },
};

function columnName(index) {
  const [block, place] = [Math.floor(index / COLUMNS_PER_BLOCK), index % COLUMNS_PER_BLOCK];
  const kind = KINDS[PATTERN[place]].replaceAll(" ", "_");
  return `b${String(block).padStart(2, "0")}_${kind}_${String(place).padStart(2, "0")}`;
}

function planBlock(random, block) {
  const columns = PATTERN.map((kind, place) => ({
    kind: KINDS[kind],
    slope: (0.5 + random.uniform()) * (random.uniform() < 0.5 ? -1 : 1),
    noise: 0.3 + 0.9 * random.uniform(),
    levels: 3 + random.integer(10),
    source: place === 0 ? 0 : random.integer(place),
  }));
  for (const column of columns) while (columns[column.source].kind === "copy") column.source--;
  return { factors: [block % FACTORS, (block * 5 + 1) % FACTORS], columns };
}

function drawBlock(random, { factors: [first, second], columns }, factors) {
  const mixture = 0.65 * factors[first] + 0.4 * factors[second] + 0.65 * random.normal();
  const cells = [];
  for (const column of columns) {
    cells.push(
      column.kind === "copy"
        ? drawCopy(random, cells[column.source], columns[column.source])
        : drawCell(random, column, mixture),
    );
  }
  return cells;
}

function drawCell(random, { kind, slope, noise, levels }, mixture) {
  const value = (slope * mixture + noise * random.normal()) / Math.hypot(slope, noise);
  switch (kind) {
    case "normal":
      return (50 + 10 * value).toFixed(1);
    case "amount":
      return Math.round(Math.exp(6 + 0.9 * value));
    case "count":
      return Math.floor(Math.exp(1 + 0.7 * value));
    case "mostly zero":
      return value < 0.5 ? 0 : Math.round((value - 0.5) * 1000);
    case "category":
      return `c${categoryOf(value, levels)}`;
    default:
      return value > 0.4 ? "yes" : "no";
  }
}

function categoryOf(value, levels) {
  return clamp(Math.floor(sigmoid(1.7 * value) * levels), 0, levels - 1);
}

/** The same value, a value near it, or (in 4 % of rows) an unrelated category. */
function drawCopy(random, cell, { kind, levels }) {
  switch (kind) {
    case "normal":
      return (Number(cell) + random.normal()).toFixed(1);
    case "amount":
      return Math.round(cell * (0.9 + 0.2 * random.uniform()));
    case "category":
      return random.uniform() < 0.04 ? `c${random.integer(levels)}` : cell;
    case "yes or no":
      return random.uniform() < 0.04 ? drawOne(random, ["yes", "no"]) : cell;
    default:
      return cell;
  }
}
