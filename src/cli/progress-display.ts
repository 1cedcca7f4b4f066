import { SingleBar } from "cli-progress";
import pc from "picocolors";
import type { OnProgress, ProgressEvent } from "../core/progress.js";
import { describeSpending } from "./describe-spending.js";
import { formatCount, formatDuration, formatRate } from "./format-text.js";
import { type Streams, wantsColor } from "./streams.js";

/** Draws progress events for people, on stderr. */
export interface ProgressDisplay {
  readonly onProgress: OnProgress;
  /** Ends the running stage: true marks it done, false leaves it without a mark (an error follows). */
  finish(done: boolean): void;
}

type Progress = Extract<ProgressEvent, { kind: "progress" }>;

/** Piped output gets a line at most so often, ms; with --verbose. */
const LINE_INTERVAL_MS = 5000;
const VERBOSE_INTERVAL_MS = 1000;

/** Nothing at all: --quiet and --json. */
export function makeSilentDisplay(): ProgressDisplay {
  return { onProgress: () => {}, finish: () => {} };
}

/** Bars with rate and remaining time on a terminal; plain lines, every few seconds at most, elsewhere. */
export function makeProgressDisplay(streams: Streams, verbose: boolean): ProgressDisplay {
  if (streams.stderr.isTTY === true) return makeTerminalDisplay(streams);
  return makeLineDisplay(streams, verbose ? VERBOSE_INTERVAL_MS : LINE_INTERVAL_MS);
}

type Finding = Extract<ProgressEvent, { readonly kind: "finding" }>["finding"];

function makeLineDisplay(streams: Streams, intervalMs: number): ProgressDisplay {
  const meter = makeMeter(streams);
  let lastLineAt = Number.NEGATIVE_INFINITY;
  const print = (line: string) => streams.stderr.write(`${line}\n`);
  return {
    onProgress(event) {
      if (event.kind === "stage") {
        meter.start();
        lastLineAt = streams.now();
        print(event.message);
      } else if (event.kind === "notice") {
        print(`note: ${event.message}`);
        for (const line of describeSpending(event.spending ?? [])) print(`  ${line}`);
      } else if (event.kind === "finding") {
        print(`warning: ${describeFinding(event.finding)}`);
      } else if (event.kind === "progress") {
        meter.update(event);
        if (streams.now() - lastLineAt < intervalMs || event.done >= event.total) return;
        lastLineAt = streams.now();
        print(`  ${event.stage}: ${meter.describe(event).join(", ")}`);
      }
    },
    finish() {},
  };
}

function makeTerminalDisplay(streams: Streams): ProgressDisplay {
  const { green, dim, yellow, cyan } = pc.createColors(wantsColor(streams));
  const meter = makeMeter(streams);
  let message: string | undefined;
  let last: Progress | undefined;
  let bar: SingleBar | undefined;
  const print = (line: string) => streams.stderr.write(`${line}\n`);
  const clearLine = () => streams.stderr.write("\r\x1b[K");
  const stopBar = () => {
    bar?.stop();
    bar = undefined;
    clearLine();
  };
  const begin = (text: string) => {
    finish(true);
    meter.start();
    message = text;
    streams.stderr.write(`${cyan("›")} ${message} …`);
  };
  const finish = (done: boolean) => {
    stopBar();
    if (message === undefined) return;
    const mark = done ? green("✓") : dim("·");
    const quality = last?.quality === undefined ? "" : dim(`, ${last.quality}`);
    print(`${mark} ${message} ${dim(`(${formatDuration(meter.elapsed())})`)}${quality}`);
    message = undefined;
    last = undefined;
  };
  return {
    onProgress(event) {
      if (event.kind === "stage") {
        begin(event.message);
      } else if (event.kind === "notice" || event.kind === "finding") {
        stopBar();
        print(`${yellow("!")} ${event.kind === "notice" ? event.message : yellow(describeFinding(event.finding))}`);
        if (event.kind === "notice") for (const line of describeSpending(event.spending ?? [])) print(`  ${line}`);
        if (message !== undefined) streams.stderr.write(`${cyan("›")} ${message} …`);
      } else if (event.kind === "progress") {
        if (last !== undefined && last.stage !== event.stage) begin(`${event.stage} phase`);
        meter.update(event);
        last = event;
        if (bar === undefined) {
          clearLine();
          bar = makeBar(streams, () => `${message ?? event.stage}`);
          bar.start(event.total, event.done, { event, meter });
        }
        bar.setTotal(event.total);
        bar.update(event.done, { event, meter });
      }
    },
    finish,
  };
}

/** What went wrong in training, and what was done about it, in a line. */
function describeFinding({ failure, phase, step, message, answer }: Finding): string {
  return `${failure} in the ${phase} phase at step ${step}: ${message}. ${answer}`;
}

function makeBar(streams: Streams, title: () => string): SingleBar {
  const { cyan, dim } = pc.createColors(wantsColor(streams));
  return new SingleBar({
    stream: streams.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 8,
    format: (_options, params, payload: { event: Progress; meter: Meter }) => {
      const width = 24;
      const filled = Math.round(Math.min(1, Math.max(0, params.progress)) * width);
      const bar = `${cyan("━".repeat(filled))}${dim("━".repeat(width - filled))}`;
      const details = payload.meter.describe(payload.event).join("  ");
      const room = Math.max(20, (streams.stderr.columns ?? 80) - width - title().length - 5);
      return `${cyan("›")} ${title()} ${bar} ${details.slice(0, room)}`;
    },
  });
}

interface Meter {
  start(): void;
  update(event: Progress): void;
  elapsed(): number;
  /** "1,240/2,600 steps", "61/s", "22 s left", the quality. */
  describe(event: Progress): string[];
}

/** Rate over the last stretch of work, so that a slow start or a validation pause does not spoil the estimate. */
function makeMeter(streams: Streams): Meter {
  let startedAt = streams.now();
  let marks: { at: number; done: number; stage: string }[] = [];
  return {
    start() {
      startedAt = streams.now();
      marks = [];
    },
    update(event) {
      if (marks.at(-1)?.stage !== event.stage || marks.at(-1)!.done > event.done) marks = [];
      marks.push({ at: streams.now(), done: event.done, stage: event.stage });
      if (marks.length > 200) marks = marks.filter((_, at) => at % 2 === 1);
    },
    elapsed: () => streams.now() - startedAt,
    describe(event) {
      const parts = [`${formatCount(event.done)}/${formatCount(event.total)} ${event.unit}`];
      const first = marks[Math.floor(marks.length / 3)];
      const newest = marks.at(-1);
      if (first !== undefined && newest !== undefined && newest.done > first.done && newest.at > first.at) {
        const rate = ((newest.done - first.done) * 1000) / (newest.at - first.at);
        parts.push(formatRate(rate), `${formatDuration((1000 * (event.total - event.done)) / rate)} left`);
      }
      if (event.quality !== undefined) parts.push(event.quality);
      return parts;
    },
  };
}
