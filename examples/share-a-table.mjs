// The whole way: set rows aside, train, sample, audit, write one folder.
// node examples/share-a-table.mjs [table.csv] [output folder] [most steps of training]
import { basename } from "node:path";
import { openSharedFolder, readTable, share } from "synth";

const [source = "examples/penguins.csv", output = "out/shared", maxSteps] = process.argv.slice(2);
const folder = await openSharedFolder(output);
try {
  const table = await readTable(source);
  const shared = await share(table, { seed: 1, ...(maxSteps && { maxSteps: Number(maxSteps) }) });
  const written = await folder.write(shared, { source: basename(source) }); // its name ends in -NOT-SHAREABLE where the policy is not met
  const { shareable, failures } = shared.report.release;
  console.log(`${shared.synthetic.rowCount} rows in ${written.folder}: ${shareable ? "shareable" : "not shareable"}`);
  for (const { code, message, advice } of failures) console.log(`- ${code}: ${message}\n  ${advice}`);
} finally {
  await folder.discard(); // leaves no trace when something went wrong; does nothing after a write
}
