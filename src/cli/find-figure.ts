import { usageError } from "../core/errors.js";
import { type NamedFigure, pathOf } from "../report/list-figures.js";
import { suggestName } from "../schema/suggest-name.js";

/** Paths that an error lists, at most. */
const LISTED = 8;

/**
 * The figure that `key` means: the one of this path, else the only one whose path ends in it, else of those the only one that
 * stands neither in a list nor in the second space of distances (`dcrShare` is privacy.dcrShare). `file` is for messages. Throws
 * E_CHECK_FIGURE_UNKNOWN with the nearest name, E_CHECK_FIGURE_AMBIGUOUS with the candidates.
 */
export function findFigure(figures: readonly NamedFigure[], key: string, file: string): NamedFigure {
  const exact = figures.find(({ ways }) => ways.some((way) => way.join(".") === key));
  if (exact !== undefined) return exact;
  const [found, ...others] = figures.filter(({ ways }) => ways.some((way) => endsOf(way).includes(key)));
  if (found === undefined) throw unknownFigure(figures, key, file);
  if (others.length === 0) return found;
  const [main, ...rivals] = [found, ...others].filter(({ ways }) => ways.every(isMain));
  if (main !== undefined && rivals.length === 0) return main;
  const paths = [found, ...others].map(pathOf);
  const more = paths.length > LISTED ? ` and ${paths.length - LISTED} more` : "";
  throw usageError("E_CHECK_FIGURE_AMBIGUOUS", `${paths.length} figures of ${file} end in "${key}"`, {
    where: file,
    hint: `write more of the path; there are ${paths.slice(0, LISTED).join(", ")}${more}`,
  });
}

function isMain(way: readonly string[]): boolean {
  return !way.includes("euclidean") && !way.some((name) => name.includes(":"));
}

function unknownFigure(figures: readonly NamedFigure[], key: string, file: string) {
  const isListed = (way: readonly string[]) => way.some((name) => name.includes(":"));
  const shown = figures.filter(({ ways }) => key.includes(":") || !isListed(ways[0]!));
  const known = [...shown.map(pathOf), ...shown.flatMap(({ ways }) => ways.flatMap(endsOf))];
  return usageError("E_CHECK_FIGURE_UNKNOWN", `${file} has no figure "${key}"`, {
    where: file,
    hint: suggestName(key, [...new Set(known)]),
  });
}

/** "a.b.c", "b.c" and "c" of the way a, b, c. */
function endsOf(way: readonly string[]): string[] {
  return way.map((_, at) => way.slice(at).join("."));
}
