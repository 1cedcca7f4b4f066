import { parentPort, workerData } from "node:worker_threads";
import { assertDefined } from "../core/errors.js";
import { packError } from "../core/packed-error.js";
import { type AuditJob, type AuditPart, runAuditPart } from "./audit-parts.js";
import type { AuditReply } from "./run-audit.js";

/** Runs the parts of an audit that it is sent, one after the other, and sends what they find; ends when it is terminated. */
const port = assertDefined(parentPort, "the port of a worker");
const job = workerData as AuditJob;
const reply = (message: AuditReply): void => port.postMessage(message);

port.on("message", (part: AuditPart) => {
  runAuditPart(part, job, { onProgress: (event) => reply({ kind: "progress", event }) }).then(
    (result) => reply({ kind: "result", result }),
    (error: unknown) => reply({ kind: "error", error: packError(error, "E_EVALUATE_WORKER") }),
  );
});
