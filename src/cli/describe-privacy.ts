import { makeGuarantee } from "../evaluate/contract/guarantee-schema.js";
import {
  guaranteeHeading,
  LEDGER_HEADINGS,
  ledgerRows,
  promiseSentences,
  spentSentence,
} from "../report/guarantee-words.js";
import type { PrivacyRecord } from "../schema/privacy-record.js";
import { formatTable, wrapText } from "./format-text.js";

const WIDTH = 100;

/** What a model promises, in words; what was told of the rows, as a table; what was taken as public. */
export function describePrivacy(record: PrivacyRecord | undefined): string[] {
  if (record === undefined) return NO_PROMISE;
  const guarantee = makeGuarantee(record);
  const { assumptions, target } = guarantee;
  const sentences = (texts: readonly string[], indent = "") => texts.flatMap((text) => wrapText(text, WIDTH, indent));
  return [
    `${guaranteeHeading(guarantee)}.`,
    ...sentences(promiseSentences(guarantee)),
    ...(target === undefined ? [] : [`Measured for the target column "${target}".`]),
    "",
    ...formatTable([LEDGER_HEADINGS, ...ledgerRows(guarantee)], [2]),
    ...sentences([spentSentence(guarantee)]),
    "",
    assumptions.length === 0 ? "Nothing was taken as public." : "Taken as public, and not paid for:",
    ...sentences(assumptions, "  "),
  ];
}

const NO_PROMISE = [
  "No training row is stored. No differential privacy was promised: the ledger is empty.",
  "What the rows reveal is measured, not proven: see the report that `synth share` or `synth report` writes.",
];
