import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { makeProgressDisplay } from "../../src/cli/progress-display.js";
import type { Streams } from "../../src/cli/streams.js";

/** Streams whose clock is set by hand. */
function makeStreams(isTTY: boolean): { streams: Streams; text: () => string; wait: (milliseconds: number) => void } {
  let text = "";
  let now = 0;
  const stderr = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const streams: Streams = {
    stdout: stderr,
    stderr: Object.assign(stderr, { isTTY, columns: 100 }),
    env: { NO_COLOR: "1" },
    now: () => now,
    signal: new AbortController().signal,
  };
  return {
    streams,
    text: () => text,
    wait: (milliseconds) => {
      now += milliseconds;
    },
  };
}

const progress = (done: number, stage = "completion") =>
  ({ kind: "progress", stage, done, total: 1000, unit: "steps", quality: "validation loss 12.3" }) as const;

describe("progress when piped", () => {
  it("prints stages and notices at once, progress at most every five seconds with rate and remaining time", () => {
    const { streams, text, wait } = makeStreams(false);
    const display = makeProgressDisplay(streams, false);
    display.onProgress({ kind: "stage", stage: "train", message: "training" });
    display.onProgress({ kind: "notice", code: "N_X", message: "a column is left out" });
    for (let step = 0; step < 100; step++) {
      wait(100);
      display.onProgress(progress(step * 2));
    }
    expect(text()).toBe(
      "training\nnote: a column is left out\n" +
        "  completion: 98/1,000 steps, 20/s, 45 s left, validation loss 12.3\n" +
        "  completion: 198/1,000 steps, 20/s, 40 s left, validation loss 12.3\n",
    );
  });

  it("starts its estimate anew when a phase follows another", () => {
    const { streams, text, wait } = makeStreams(false);
    const display = makeProgressDisplay(streams, true);
    for (let step = 0; step < 10; step++) {
      wait(100);
      display.onProgress(progress(step * 100, "first"));
    }
    wait(2000);
    display.onProgress(progress(10, "second"));
    expect(text().trimEnd().split("\n").at(-1)).toBe("  second: 10/1,000 steps, validation loss 12.3");
  });
});

describe("progress on a terminal", () => {
  it("marks finished stages with their time and last quality, and clears what it drew", () => {
    const { streams, text, wait } = makeStreams(true);
    const display = makeProgressDisplay(streams, false);
    display.onProgress({ kind: "stage", stage: "read", message: "reading data.csv" });
    wait(1500);
    display.onProgress({ kind: "stage", stage: "train", message: "training" });
    wait(1000);
    display.onProgress(progress(10));
    wait(1000);
    display.onProgress(progress(500));
    display.finish(true);
    expect(text()).toContain("✓ reading data.csv (1.5 s)\n");
    expect(text()).toContain("━");
    expect(text().endsWith("\r\u001b[K✓ training (2.0 s), validation loss 12.3\n")).toBe(true);
  });

  it("does not mark as done what failed", () => {
    const { streams, text } = makeStreams(true);
    const display = makeProgressDisplay(streams, false);
    display.onProgress({ kind: "stage", stage: "read", message: "reading data.csv" });
    display.finish(false);
    expect(text()).toMatch(/· reading data\.csv \(0\.0 s\)\n$/);
    expect(text()).not.toContain("✓");
  });
});
