import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../src");

/** Which folders a folder may import, besides itself, core and stats (which import nobody but core). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  stats: [],
  table: [],
  io: ["table"],
  schema: ["table"],
  expressions: ["schema", "table"],
  encode: ["schema", "table"],
  constraints: ["schema", "encode", "expressions", "table"],
  runtime: [],
  gan: ["runtime", "encode"],
  privacy: ["runtime", "encode", "schema", "table"],
  artifact: ["schema", "encode", "constraints", "gan"],
  sample: ["encode", "expressions", "gan", "schema", "table"],
  evaluate: ["schema", "constraints", "table"],
  report: [],
};

/** Folders that may import everything: the library's front, and the command line (which nobody imports). */
const FRONT: readonly string[] = [".", "facade", "cli"];

/** The contract that a report is drawn from. */
const CONTRACT = /^evaluate\/(report-schema\.ts$|contract\/)/;

/** Type-only imports beyond the table. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  sample: ["runtime"],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder = root): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

const files = sourceFiles();
const texts = new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
const imports = [...texts].flatMap(([from, text]) => importsOf(from, text));

/** Relative imports, dynamic ones included, as paths below src/. */
function importsOf(from: string, text: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"|import\(\s*"(\.[^"]+)"\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const target = (match[2] ?? match[3])!;
    const to = relative(root, resolve(root, dirname(from), target)).replace(/\.js$/, ".ts");
    return { from, to, typeOnly: match[1] !== undefined };
  });
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : ".";
}

describe("architecture", () => {
  it("sees the imports it is about to judge", () => {
    expect(importsOf("a/b.ts", 'import type { X } from "../core/errors.js";\nexport { y } from "./y.js";')).toEqual([
      { from: "a/b.ts", to: "core/errors.ts", typeOnly: true },
      { from: "a/b.ts", to: "a/y.ts", typeOnly: false },
    ]);
    expect(importsOf("cli/f.ts", 'const { fit } = await import("../index.js");')[0]?.to).toBe("index.ts");
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter(({ to }) => !texts.has(to))).toEqual([]);
  });

  it("has only the folders that the import table names", () => {
    const folders = new Set([...texts.keys()].map(folderOf));
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT) && !FRONT.includes(folder))).toEqual([]);
  });

  it("lets each folder import only what the table allows", () => {
    const forbidden = imports.filter(({ from, to, typeOnly }) => {
      const [source, target] = [folderOf(from), folderOf(to)];
      if (FRONT.includes(source) || source === target || target === "core") return false;
      if (target === "stats") return source === "core";
      if (source === "report" && CONTRACT.test(to)) return false;
      const types = typeOnly ? (MAY_IMPORT_TYPES[source] ?? []) : [];
      return ![...(MAY_IMPORT[source] ?? []), ...types].includes(target);
    });
    expect(forbidden.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("keeps the library free of the command line", () => {
    const leaks = imports.filter(({ from, to }) => folderOf(to) === "cli" && folderOf(from) !== "cli");
    expect(leaks.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("has no import cycle", () => {
    expect(findCycle(imports)).toEqual([]);
    const loop = [
      { from: "a.ts", to: "b.ts", typeOnly: false },
      { from: "b.ts", to: "a.ts", typeOnly: false },
    ];
    expect(findCycle(loop)).toEqual(["a.ts", "b.ts", "a.ts"]);
  });

  it("keeps files under 300 lines", () => {
    const long = [...texts].filter(([, text]) => text.split("\n").length > 300).map(([path]) => path);
    expect(long).toEqual([]);
  });

  it("names files in kebab-case and exports by name only", () => {
    expect([...texts.keys()].filter((path) => !/^[a-z0-9/-]+(\.d)?\.ts$/.test(path))).toEqual([]);
    expect([...texts].filter(([, text]) => /^export default/m.test(text)).map(([path]) => path)).toEqual([]);
  });

  it("draws no unseeded random number and reads no clock outside the command line", () => {
    const offenders = [...texts].filter(
      ([path, text]) => folderOf(path) !== "cli" && /Math\.random|Date\.now|new Date\(\)/.test(text),
    );
    expect(offenders.map(([path]) => path)).toEqual([]);
  });

  it("writes to the console and ends the process only in the command line", () => {
    const offenders = [...texts].filter(
      ([path, text]) => folderOf(path) !== "cli" && /console\.|process\.(exit|stdout|stderr|argv)/.test(text),
    );
    expect(offenders.map(([path]) => path)).toEqual([]);
  });

  it("silences no tool", () => {
    const silenced = [...texts].filter(([, text]) => /@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore/.test(text));
    expect(silenced.map(([path]) => path)).toEqual([]);
  });
});

/** The first cycle of imports as a path, or nothing. */
function findCycle(edges: readonly Import[]): string[] {
  const targets = new Map<string, Import[]>();
  for (const edge of edges) targets.set(edge.from, [...(targets.get(edge.from) ?? []), edge]);
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const { to } of targets.get(path) ?? []) {
      const cycle = visit(to, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of targets.keys()) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
