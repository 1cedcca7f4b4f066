import type { ColumnScore, PairScore } from "../../evaluate/report-schema.js";
import { aboveCeilingWords, errorAgainstCeiling } from "../assess.js";
import {
  formatAssociation,
  formatCeiling,
  formatCount,
  formatFigure,
  formatInterval,
  formatPercent,
} from "../format.js";
import { type Html, jsonBlock, visibleText } from "../html.js";
import { associationChange, MEASURE_NAMES, measureOf } from "./association.js";

/**
 * What the page's script draws pairs from, the worst first: everything is written out already, so that the script sets text
 * and formats nothing but the cells of pictures.
 */
export function pairData(pairs: readonly PairScore[], columns: readonly ColumnScore[]): Html {
  const positions = new Map(columns.map((column, i) => [column.name, i]));
  const words: string[] = [];
  const rows = pairs.flatMap((pair) => {
    const [first, second] = pair.columns.map((name) => positions.get(name));
    return first === undefined || second === undefined ? [] : [pairRow(pair, first, second, words)];
  });
  return jsonBlock("pair-data", {
    columns: columns.map(({ name, groups }) => ({ name: shown(name), groups: groups?.map(shown) ?? [] })),
    words,
    pairs: rows,
  });
}

/**
 * Shares in units of 1e-4 as text: two characters a cell of an alphabet of 85 that neither HTML nor JSON escapes; "~" before
 * two characters adds 85 x 85, "-" alone stands for null. A third of the size of numbers.
 */
export function packShares(shares: readonly (number | null)[]): string {
  return shares.map((share) => (share === null ? "-" : packUnits(Math.round(share * 1e4)))).join("");
}

/** Without what HTML, JSON and the packing itself mean something by. */
export const PACK_ALPHABET = "!#$%()*+,./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}";

const BASE = PACK_ALPHABET.length;

function packUnits(units: number): string {
  if (units >= BASE * BASE) return `~${packUnits(units - BASE * BASE)}`;
  return PACK_ALPHABET.charAt(Math.floor(units / BASE)) + PACK_ALPHABET.charAt(units % BASE);
}

function shown(name: string): string {
  return name === "" ? "(empty)" : visibleText(name);
}

/** [first, second, error and change of association in hundred-thousandths or null, texts, real shares, synthetic shares]. */
function pairRow(pair: PairScore, first: number, second: number, words: string[]): unknown[] {
  const keys = [errorAgainstCeiling(pair.score), associationChange(pair)].map((key) =>
    key === undefined || key === null ? null : Math.round(key * 1e5),
  );
  const { picture } = pair;
  const shares = picture === undefined ? [] : [packShares(picture.real), packShares(picture.synthetic)];
  return [first, second, ...keys, texts(pair, words), ...shares];
}

/**
 * Score, interval, ceiling, rows, measure, real, synthetic, Spearman's real and synthetic, a note, the metric. What many pairs
 * have in common is its place in `words`.
 */
function texts(pair: PairScore, words: string[]): (string | number)[] {
  const { score, association, spearman, metric } = pair;
  const above = aboveCeilingWords(score);
  const note = above === undefined ? (score.reason ?? "") : `Above its ceiling: ${above}.`;
  return [
    formatFigure(score, formatPercent),
    formatInterval(score, formatPercent) ?? "",
    formatCeiling(score, formatPercent)?.replace("ceiling ", "") ?? "",
    score.n === undefined ? "" : formatCount(score.n),
    placeOf(MEASURE_NAMES[measureOf(pair)], words),
    formatAssociation(association.real),
    formatAssociation(association.synthetic),
    spearman === undefined ? "" : formatAssociation(spearman.real),
    spearman === undefined ? "" : formatAssociation(spearman.synthetic),
    placeOf(note, words),
    placeOf(metric, words),
  ];
}

function placeOf(word: string, words: string[]): number {
  const place = words.indexOf(word);
  return place < 0 ? words.push(word) - 1 : place;
}
