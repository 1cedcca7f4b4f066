import { z } from "zod";
import { fittedConstraintsSchema } from "../constraints/transform.js";
import { tableEncodingSchema } from "../encode/table-encoding.js";
import { modelConfig } from "../gan/config.js";
import { privacyRecordSchema } from "../schema/privacy-record.js";
import { tableSchema } from "../schema/table-schema.js";

/** The format version that this program writes, and the newest it reads. */
export const MODEL_FORMAT_VERSION = 1;

const fieldSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("discrete"),
    name: z.string(),
    levels: z.number().int().positive(),
    missingLevel: z.number().int().min(0).optional(),
    copies: z
      .array(z.strictObject({ level: z.number().int().min(0), source: z.number().int().min(0) }))
      .readonly()
      .optional()
      .describe("levels that mean: follows from the number of field `source`"),
  }),
  z.strictObject({ kind: z.literal("scalar"), name: z.string() }),
]);

const logEntrySchema = z
  .object({ phase: z.string(), step: z.number() })
  .catchall(z.union([z.number(), z.string(), z.null()]));

const entrySchema = z.strictObject({
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** manifest.json of a model file: everything but the numbers of the network. Plain JSON; no training row, no clock time. */
export const manifestSchema = z.strictObject({
  format: z.literal("synth-model"),
  version: z.literal(MODEL_FORMAT_VERSION),
  producer: z.string().describe("program and version that wrote the file"),
  seed: z.number().int().min(0),
  schema: tableSchema,
  constraints: fittedConstraintsSchema.optional().describe("absent where the schema has none"),
  encoding: tableEncodingSchema,
  config: modelConfig,
  generator: z.strictObject({
    fields: z.array(fieldSchema),
    state: z.record(z.string(), z.json()).describe("what sampling needs besides the weights"),
  }),
  training: z.strictObject({
    entries: z.array(logEntrySchema).describe("what was measured at a step; null where a measure was not finite"),
    notes: z.array(z.string()).describe("one sentence a phase: how it ended and why"),
    ends: z
      .array(
        z.strictObject({
          phase: z.string(),
          steps: z.number().int(),
          budget: z.number().int(),
          kept: z.number().int().optional(),
          because: z.enum(["budget", "patience", "time", "diverged", "answer"]),
        }),
      )
      .optional()
      .describe("how each phase ended: steps of its budget, the step whose weights were kept"),
    findings: z
      .array(
        z.strictObject({
          failure: z.enum([
            "mode-collapse",
            "vanishing-gradients",
            "non-convergence",
            "critic-overfitting",
            "memorization",
          ]),
          phase: z.string(),
          step: z.number().int(),
          message: z.string(),
          evidence: z.record(z.string(), z.number()),
          answer: z.string(),
        }),
      )
      .optional()
      .describe("what went wrong while training, and what was done about it"),
    overlays: z
      .array(
        z.strictObject({
          field: z.string(),
          phase: z.string(),
          real: z.array(z.number()),
          looks: z.array(z.strictObject({ step: z.number().int(), shares: z.array(z.number()) })),
        }),
      )
      .optional()
      .describe("shares of fields' levels among drawn rows, look by look, and among real rows"),
    diverged: z
      .strictObject({ phase: z.enum(["completion", "adversarial", "gan"]), step: z.number().int() })
      .optional()
      .describe("where a loss was no number; the weights are the best before it"),
  }),
  privacy: z
    .union([privacyRecordSchema, z.strictObject({ ledger: z.array(z.never()) })])
    .describe(
      "what differential privacy was promised and what it was spent on; an empty ledger alone: none was promised",
    ),
  files: z.strictObject({ "generator.onnx": entrySchema, "weights.safetensors": entrySchema }),
});

/** What every version of the format shares: enough to say that a file is newer. */
export const manifestHeadSchema = z.looseObject({ format: z.literal("synth-model"), version: z.number().int() });

export type Manifest = z.infer<typeof manifestSchema>;
