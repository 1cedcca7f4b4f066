import { usageError } from "../core/errors.js";
import type { Mix } from "../sample/plan-mix.js";

const QUOTED = /^("(?:[^"]|"")*"|'(?:[^']|'')*')/;

/**
 * The mix that `column=level:share,level:share` asks for: `income=">50K":0.5,"<=50K":0.5`. Quotes are needed only around what
 * holds a comma, or, in the column's name, "="; shells take them away, which does no harm. Throws E_USAGE_MIX.
 */
export function parseMix(text: string): Mix {
  const column = QUOTED.exec(text)?.[0] ?? text.slice(0, Math.max(0, text.indexOf("=")));
  let rest = text.slice(column.length);
  if (column === "" || !rest.startsWith("=")) throw mixError("begins with no column's name");
  const shares: { level: string; share: number }[] = [];
  do {
    rest = rest.slice(1);
    const part = QUOTED.exec(rest)?.[0] ?? "";
    const end = rest.indexOf(",", part.length);
    const own = end < 0 ? rest : rest.slice(0, end);
    const colon = own.lastIndexOf(":");
    const share = Number(own.slice(colon + 1));
    if (colon < Math.max(1, part.length) || own.slice(colon + 1).trim() === "" || Number.isNaN(share)) {
      throw mixError(`has no share after level ${shares.length + 1}`);
    }
    shares.push({ level: unquote(own.slice(0, colon)), share });
    rest = end < 0 ? "" : rest.slice(end);
  } while (rest !== "");
  return { column: unquote(column), shares };
}

function unquote(text: string): string {
  const quote = text[0]!;
  if (QUOTED.exec(text)?.[0] !== text) return text;
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

function mixError(what: string) {
  return usageError("E_USAGE_MIX", `--mix ${what}`, {
    where: "--mix",
    hint: `write column=level:share,level:share, all of it in quotes: --mix 'income=">50K":0.5,"<=50K":0.5'`,
  });
}
