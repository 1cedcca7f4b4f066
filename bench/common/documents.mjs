import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes the part of a Markdown file between `<!-- begin NAME -->` and `<!-- end NAME -->` anew; adds it at the end where
 * the file has none.
 */
export function rewriteSection(path, name, text) {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const section = `${begin}\n${text.trim()}\n${end}`;
  const before = readFileSync(path, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  const after =
    from < 0 || to < from
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(to + end.length);
  writeFileSync(path, after);
}

/** A Markdown table; `rows` are arrays of cells as texts. */
export function markdownTable(header, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
