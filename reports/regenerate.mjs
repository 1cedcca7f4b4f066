/**
 * Makes the report of the README's main job again, and the README's picture of it:
 *   npm run report:example                    the whole job on examples/birdstrikes.csv, its report, its picture
 *   node reports/regenerate.mjs --picture     the picture alone, from the report that stands in reports/birdstrikes
 * The rows and the model are not kept here; the command makes them anew.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "reports", "birdstrikes");
const KEPT = ["report.html", "report.json", "schema.json", "README.md"];

if (!process.argv.includes("--picture")) regenerate();
await takePicture(join(target, "report.html"), join(root, "docs", "images", "report.png"));

/** Runs the README's command as a user would, and keeps what is evidence. */
function regenerate() {
  const folder = mkdtempSync(join(tmpdir(), "synth-example-"));
  try {
    const run = spawnSync(
      process.execPath,
      ["dist/cli/main.js", "share", "examples/birdstrikes.csv", "-o", join(folder, "out")],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
    // 1 says that the release policy was not met: the report is written all the same, and says so.
    if (run.status !== 0 && run.status !== 1) throw new Error(`synth share ended with exit code ${run.status}`);
    mkdirSync(target, { recursive: true });
    const made = join(folder, run.status === 0 ? "out" : "out-NOT-SHAREABLE");
    for (const name of KEPT) copyFileSync(join(made, name), join(target, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The top of the page, as it stands on a wide screen. */
async function takePicture(page, picture) {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
    headless: true,
  });
  try {
    const view = await browser.newPage({
      viewport: { width: 1280, height: 1500 },
      deviceScaleFactor: 1.25,
      colorScheme: "light",
    });
    await view.goto(pathToFileURL(page).href);
    const end = await view.locator("#summary").evaluate((section) => section.getBoundingClientRect().bottom);
    mkdirSync(join(root, "docs", "images"), { recursive: true });
    await view.screenshot({
      path: picture,
      fullPage: true,
      clip: { x: 0, y: 0, width: 1280, height: Math.ceil(end) + 40 },
    });
  } finally {
    await browser.close();
  }
}
