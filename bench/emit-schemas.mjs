/**
 * Writes schemas/*.json from the zod schemas in dist/ (build first): `npm run build && node bench/emit-schemas.mjs`.
 * schema-files.json says where the zod schema of each file stands: a module below src/ and its export; `open`: later
 * versions may add keys; `written`: people write it, what has a default may be left out.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { jsonSchemas } from "../dist/schema/json-schemas.js";

const folder = new URL("../schemas/", import.meta.url);
const files = JSON.parse(await readFile(new URL("schema-files.json", import.meta.url), "utf8"));
const named = await Promise.all(
  files.map(async ({ fileName, title, module, name, open, written }) => {
    const exported = await import(`../dist/${module}.js`);
    return { fileName, title, schema: exported[name], open, written };
  }),
);
await mkdir(folder, { recursive: true });
for (const [fileName, schema] of Object.entries(jsonSchemas(named))) {
  await writeFile(new URL(fileName, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
