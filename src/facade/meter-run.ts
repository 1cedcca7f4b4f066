import type { OnProgress, ProgressEvent } from "../core/progress.js";
import type { TrainedRun } from "../evaluate/contract/trained-presets-schema.js";
import type { TrainingLog } from "../gan/trained-generator.js";

/** Clocks that only go forward, in milliseconds. The library has none of its own: it draws and computes without the time. */
export interface Clock {
  /** On the wall, e.g. performance.now. */
  readonly wallMs: () => number;
  /** Of the processor, all threads of this process. */
  readonly cpuMs: () => number;
}

/** What a training leaves in the comparison, whichever way it ended. */
type Measured = Pick<TrainedRun, "steps" | "seconds" | "cpuSeconds" | "curve" | "findings" | "notes">;

export interface RunMeter {
  /** Passes events on and notes what they measure, and when. */
  readonly onProgress: OnProgress;
  /** What was measured, with the training's log where there is one. */
  end(log: TrainingLog | undefined): Measured;
}

type Entry = Extract<ProgressEvent, { kind: "measure" }>["entry"];

/** Notes what training tells from now on: what drawn rows were like, step by step over all phases, and when. */
export function meterRun(clock: Clock | undefined, onProgress: OnProgress | undefined): RunMeter {
  const [wall, cpu] = [clock?.wallMs(), clock?.cpuMs()];
  const curve: TrainedRun["curve"] = [];
  const findings: TrainedRun["findings"] = [];
  const notes: string[] = [];
  const secondsSince = (then: number | undefined, now: number | undefined) =>
    then === undefined || now === undefined ? undefined : Number(((now - then) / 1000).toFixed(2));
  const count = countSteps();
  return {
    onProgress(event) {
      if (event.kind === "measure") {
        const step = count(event.entry);
        const seconds = secondsSince(wall, clock?.wallMs());
        const measures = errorsOf(event.entry);
        if (measures !== undefined) curve.push({ step, ...(seconds === undefined ? {} : { seconds }), ...measures });
      } else if (event.kind === "finding") {
        const { failure, phase, step, message, answer } = event.finding;
        findings.push({ failure, phase, step, message, answer });
      } else if (event.kind === "note") notes.push(event.note);
      onProgress?.(event);
    },
    end(log) {
      const [seconds, cpuSeconds] = [secondsSince(wall, clock?.wallMs()), secondsSince(cpu, clock?.cpuMs())];
      return {
        ...(log?.ends === undefined ? {} : { steps: log.ends.reduce((sum, { steps }) => sum + steps, 0) }),
        ...(seconds === undefined ? {} : { seconds }),
        ...(cpuSeconds === undefined ? {} : { cpuSeconds }),
        curve,
        findings,
        notes,
      };
    },
  };
}

/** The step over all phases of each entry: a phase goes on where the one before it ended. */
function countSteps(): (entry: Entry) => number {
  let before = 0;
  let last = 0;
  let phase: string | undefined;
  return (entry) => {
    if (entry.phase !== phase) before = last;
    phase = entry.phase;
    last = Math.max(last, before + entry.step);
    return before + entry.step;
  };
}

/** What drawn rows were like at a look that compared them with as many real ones: without those, a measure is another one. */
function errorsOf(entry: Entry) {
  if (typeof entry.pairFloor !== "number") return undefined;
  const finite = (name: string) => {
    const value = entry[name];
    return typeof value === "number" && Number.isFinite(value) ? { [name]: value } : {};
  };
  return { ...finite("shapeError"), ...finite("pairError"), ...finite("pairFloor") };
}
