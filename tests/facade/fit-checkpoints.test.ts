import { describe, expect, it } from "vitest";
import {
  type Checkpoint,
  deserializeCheckpoint,
  type FitOptions,
  fit,
  makeTable,
  type ProgressEvent,
  serializeCheckpoint,
  type Table,
} from "../../src/index.js";

const table = (rows: number): Table =>
  makeTable(
    ["a", "b", "c"].map((name, column) => ({
      name,
      kind: "text" as const,
      codes: Int32Array.from({ length: rows }, (_, row) => (row * (column + 3)) % 4),
      dictionary: ["w", "x", "y", "z"],
      missingText: "",
    })),
  );
const tiny: FitOptions = {
  maxSteps: 4,
  settings: [
    ["model.network.width", 8],
    ["model.adversarial.enabled", false],
  ],
};

/** A checkpoint of a fit after two steps. */
async function keepSecond(): Promise<Checkpoint> {
  const kept: Uint8Array[] = [];
  const keep = async (checkpoint: Checkpoint) => void kept.push(serializeCheckpoint(checkpoint));
  await fit(table(60), { ...tiny, checkpoints: { isDue: () => true, keep } });
  expect(kept).toHaveLength(4);
  return deserializeCheckpoint(kept[1]!);
}

describe("a fit with checkpoints", () => {
  it("goes on from one and comes to the same model; of another table, seed or setting it is refused", async () => {
    const from = await keepSecond();
    const resume = (rows: number, more: FitOptions = {}) =>
      fit(table(rows), { ...tiny, ...more, checkpoints: { from, isDue: () => false, keep: async () => {} } });
    expect(await resume(60)).toEqual(await fit(table(60), tiny));
    const differs = (message: string) => ({
      kind: "usage",
      code: "E_RESUME_DIFFERS",
      message: expect.stringContaining(message),
    });
    await expect(resume(61)).rejects.toMatchObject(differs("the table, its schema or its holdout is another"));
    await expect(resume(60, { seed: 2 })).rejects.toMatchObject(differs("seed was 1, now it is 2"));
    await expect(resume(60, { maxSteps: 5 })).rejects.toMatchObject(differs("steps was 4, now it is 5"));
    const settings = [...tiny.settings!, ["model.completion.batchSize", 9]] as const;
    await expect(resume(60, { settings })).rejects.toMatchObject(
      differs("model.completion.batchSize was 500, now it is 9"),
    );
  });

  it("holds no cell of the table", async () => {
    const bytes = Buffer.from(serializeCheckpoint(await keepSecond())).toString("latin1");
    expect(bytes).not.toMatch(/"[wxyz]"/);
  });

  it("is given one more where it is interrupted between two steps", async () => {
    const controller = new AbortController();
    const kept: Checkpoint[] = [];
    const checkpoints = { isDue: () => false, keep: async (checkpoint: Checkpoint) => void kept.push(checkpoint) };
    const onProgress = ({ kind }: ProgressEvent) => kind === "progress" && controller.abort();
    const fitting = fit(table(60), { ...tiny, signal: controller.signal, onProgress, checkpoints });
    await expect(fitting).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    expect(kept.map(({ phase }) => phase)).toEqual(["completion"]);
  });
});
