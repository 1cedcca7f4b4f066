import { beforeEach, describe, expect, it, vi } from "vitest";
import { comparePresets } from "../../src/facade/compare-presets.js";
import { requirePrivate } from "../../src/facade/require-private.js";
import {
  type Checkpoint,
  deserializeCheckpoint,
  type FitOptions,
  fit,
  loadModel,
  makeTable,
  type PrivacyOptions,
  type ProgressEvent,
  type SynthModel,
  sample,
  sampleWithoutCopies,
  saveModel,
  serializeCheckpoint,
  type Table,
} from "../../src/index.js";
import { learnPrivately } from "../../src/privacy/learn-privately.js";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";
import { makeRelease, publicRows } from "./private-release.js";

vi.mock("../../src/privacy/learn-privately.js", () => ({ learnPrivately: vi.fn() }));

const learn = vi.mocked(learnPrivately);
const release = makeRelease();
const tiny: FitOptions = {
  maxSteps: 3,
  settings: [
    ["model.network.width", 8],
    ["model.network.blocks", 0],
    ["model.adversarial.enabled", false],
  ],
};

/** The columns of a table whose cells nobody may read. */
function unreadable(rowCount = 600): Table {
  const forbidden = () => {
    throw new Error("somebody read a private cell");
  };
  const columns = publicRows(2).columns.map(({ name, kind, missingText }) =>
    Object.defineProperties(
      { name, kind, missingText },
      {
        codes: { get: forbidden, enumerable: false },
        values: { get: forbidden, enumerable: false },
        dictionary: { get: forbidden, enumerable: false },
      },
    ),
  );
  return { rowCount, columns } as unknown as Table;
}

/** What a request is made of options, and what is told. */
function request(privacy: PrivacyOptions, options: FitOptions = {}, rows = 600) {
  const notices: ProgressEvent[] = [];
  const onProgress = (event: ProgressEvent) => void notices.push(event);
  const asked = requirePrivate(unreadable(rows), privacy, { ...options, onProgress });
  return { asked, codes: notices.map((event) => event.kind === "notice" && event.code), notices };
}

beforeEach(() => {
  learn.mockReset();
  learn.mockResolvedValue(release);
});

describe("a fit with privacy", () => {
  it("reads no cell but by learnPrivately, and keeps what that released and its record", async () => {
    const model = await fit(unreadable(), { ...tiny, privacy: { epsilon: 1 } });
    expect(learn).toHaveBeenCalledTimes(1);
    expect(model).toMatchObject({ schema: release.schema, encoding: release.encoding, privacy: release.record });
    expect(model.schema.rowCount).toBe(612);
    const path = `${makeTemporaryFolder()}/m.synth`;
    await saveModel(model, path);
    const loaded = await loadModel(path);
    expect(loaded.privacy).toEqual(release.record);
    expect(await sample(loaded, { rows: 50 })).toEqual(await sample(model, { rows: 50 }));
  });

  it("asks for what was asked for: budget, declared schema, target; what delta is by default is told", () => {
    const { schema } = release;
    const { asked, notices } = request({ epsilon: 2 }, { target: "kind", schema }, 40_000);
    const delta = 1 / (3 * 65_536);
    expect(asked).toEqual({ privacy: { epsilon: 2, delta }, schema, target: "kind" });
    expect(notices).toEqual([
      { kind: "notice", code: "N_PRIVACY_DELTA", message: "delta is 5.09e-6; --delta changes it" },
    ]);
    const privacy = { epsilon: 2, delta: 1e-7, bounds: "public", noiseSeed: 4 } as const;
    expect(request(privacy).asked).toEqual({ privacy });
  });

  it("trains the network on rows of the release: another seed is another network of the same levels", async () => {
    const [one, same, other] = [
      await fit(publicRows(30), { ...tiny, privacy: { epsilon: 1 } }),
      await fit(unreadable(), { ...tiny, privacy: { epsilon: 1 } }),
      await fit(unreadable(), { ...tiny, privacy: { epsilon: 1 }, seed: 2 }),
    ];
    expect(same).toEqual(one);
    expect(other.generator.weights).not.toEqual(one.generator.weights);
    expect(other.encoding).toEqual(one.encoding);
  });

  it("trains a GAN as well", async () => {
    const settings = [
      ["model.generatorWidths", [8]],
      ["model.criticWidths", [8]],
      ["model.training.batchSize", 20],
    ] as const;
    const model = await fit(unreadable(), { maxSteps: 3, preset: "wgan-gp", settings, privacy: { epsilon: 1 } });
    expect(model.config.model.kind).toBe("gan");
    expect((await sample(model, { rows: 20 })).rowCount).toBe(20);
  });

  it("warns of an epsilon above 10 and of noise from a seed", () => {
    const delta = 1e-6;
    expect(request({ epsilon: 10, delta }).codes).toEqual([]);
    expect(request({ epsilon: 10.1, delta }).codes).toEqual(["N_PRIVACY_WEAK"]);
    expect(request({ epsilon: 25, delta }).codes).toEqual(["N_PRIVACY_WEAK"]);
    expect(request({ epsilon: 1, delta, noiseSeed: 0 }).codes).toEqual(["N_NOT_PRIVATE"]);
  });
});

describe("a fit with privacy refuses, before anything is spent,", () => {
  const refused = async (privacy: PrivacyOptions, options: FitOptions, error: object) => {
    await expect(fit(unreadable(), { ...tiny, ...options, privacy })).rejects.toMatchObject({
      kind: "usage",
      hint: expect.stringMatching(/./),
      ...error,
    });
    expect(learn).not.toHaveBeenCalled();
  };
  const one = { epsilon: 1 };

  it.each([0, -1, 50.1, Number.NaN, Number.POSITIVE_INFINITY])("an epsilon of %d", (epsilon) =>
    refused({ epsilon }, {}, { code: "E_PRIVACY_EPSILON", where: "epsilon" }),
  );

  it.each([0, -1e-9, 1 / 1024, 0.5, 1, Number.NaN])("a delta of %d for 600 rows", (delta) =>
    refused({ ...one, delta }, {}, { code: "E_PRIVACY_DELTA", where: "delta" }),
  );

  it("bounds and seeds that there are not", async () => {
    await refused({ ...one, bounds: "open" as never }, {}, { code: "E_PRIVACY_BOUNDS", where: "bounds" });
    for (const noiseSeed of [-1, 0.5]) {
      await refused({ ...one, noiseSeed }, {}, { code: "E_PRIVACY_SEED", where: "noiseSeed" });
    }
  });

  it("a target that is no column, and says which it may be", () =>
    refused(one, { target: "kinf" }, { code: "E_USAGE_TARGET", where: "target", hint: 'did you mean "kind"?' }));

  it("what would look at the rows past the ledger: constraints, models, encodings", async () => {
    const unpaid = (options: FitOptions, where: string) =>
      refused(one, options, {
        code: "E_PRIVACY_UNPAID",
        where,
        hint: expect.stringContaining("or fit without epsilon"),
      });
    await unpaid({ findConstraints: true }, "findConstraints");
    const constraints = [{ kind: "inequality", low: "age", high: "height" }] as never;
    await unpaid({ schema: { ...release.schema, constraints } }, "schema.constraints");
    await unpaid({ settings: [["encoding.bins", 9]] }, "encoding");
    await unpaid({ config: { encoding: { minCategoryCount: 1 } } }, "encoding");
    const start = { schema: release.schema, encoding: release.encoding } as SynthModel;
    await unpaid({ warmStart: start }, "warmStart");
    await unpaid({ warmStart: { ...start, privacy: release.record } }, "warmStart");
  });

  it("more than one model for one budget, and a filter that acts on training rows", async () => {
    const presets = ["balanced", "wgan-gp"];
    const unpaid = { code: "E_PRIVACY_UNPAID", hint: expect.stringMatching(/./) };
    await expect(comparePresets(publicRows(100), { presets, privacy: one })).rejects.toMatchObject(unpaid);
    const model = await fit(unreadable(), { ...tiny, privacy: one });
    const [train, holdout] = [publicRows(100), publicRows(100)];
    await expect(sampleWithoutCopies(model, { train, holdout })).rejects.toMatchObject(unpaid);
  });
});

describe("checkpoints of a fit with privacy", () => {
  const privacy: PrivacyOptions = { epsilon: 1, delta: 1e-6 };

  async function keepAll(options: FitOptions = {}, table = unreadable()): Promise<Checkpoint[]> {
    const kept: Uint8Array[] = [];
    const keep = async (checkpoint: Checkpoint) => void kept.push(serializeCheckpoint(checkpoint));
    await fit(table, { ...tiny, ...options, privacy, checkpoints: { isDue: () => true, keep } });
    return kept.map(deserializeCheckpoint);
  }

  it("hold the release from the first on: from each the same model comes, and nothing is spent again", async () => {
    const whole = await fit(unreadable(), { ...tiny, privacy });
    const kept = await keepAll();
    expect(kept.map(({ phase }) => phase)).toEqual(["private", "completion", "completion", "completion"]);
    learn.mockReset();
    for (const from of kept) {
      const again: Checkpoint[] = [];
      const checkpoints = { from, isDue: () => true, keep: async (one: Checkpoint) => void again.push(one) };
      expect(await fit(unreadable(), { ...tiny, privacy, checkpoints })).toEqual(whole);
      expect(again.every(({ phase }) => phase === "completion")).toBe(true);
    }
    expect(learn).not.toHaveBeenCalled();
  });

  it("are kept at once, though none is due: what was spent is not spent again", async () => {
    const kept: string[] = [];
    const keep = async ({ phase }: Checkpoint) => void kept.push(phase);
    await fit(unreadable(), { ...tiny, privacy, checkpoints: { isDue: () => false, keep } });
    expect(kept).toEqual(["private"]);
  });

  it("are refused where budget, bounds, noise, target, schema or the columns are others", async () => {
    const [from] = await keepAll();
    const differs = async (message: string, changed: PrivacyOptions, options: FitOptions = {}, table = unreadable()) =>
      expect(
        fit(table, {
          ...tiny,
          ...options,
          privacy: changed,
          checkpoints: { from, isDue: () => false, keep: async () => {} },
        }),
      ).rejects.toMatchObject({ code: "E_RESUME_DIFFERS", message: expect.stringContaining(message) });
    await differs("epsilon was 1, now it is 2", { ...privacy, epsilon: 2 });
    await differs("delta was 0.000001, now it is 0.00001", { ...privacy, delta: 1e-5 });
    await differs("bounds was private, now it is public", { ...privacy, bounds: "public" });
    await differs("noise seed was none, now it is 3", { ...privacy, noiseSeed: 3 });
    await differs("target was none, now it is kind", privacy, { target: "kind" });
    await differs("columns of the table or their schema", privacy, { schema: release.schema });
    const fewer = { ...unreadable(), columns: unreadable().columns.slice(1) };
    await differs("columns of the table or their schema", privacy, {}, fewer);
    await expect(
      fit(publicRows(100), { ...tiny, checkpoints: { from, isDue: () => false, keep: async () => {} } }),
    ).rejects.toMatchObject({
      code: "E_RESUME_DIFFERS",
      message: expect.stringContaining("epsilon was 1, now it is nothing"),
    });
  });

  it("tell of the rows nothing but what was released: those of other cells are the same", async () => {
    const others = makeTable(publicRows(590).columns);
    expect((await keepAll({}, others)).map(serializeCheckpoint)).toEqual((await keepAll()).map(serializeCheckpoint));
  });
});
