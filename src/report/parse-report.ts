import { fileError } from "../core/errors.js";
import { type Report, reportSchema } from "../evaluate/report-schema.js";

/**
 * The report in the text of a report.json, checked against the schema; keys that this version does not know are passed over,
 * as later versions of synth may add some. `path` is for messages. Throws E_REPORT_JSON, E_REPORT_FOREIGN, E_REPORT_VERSION,
 * E_REPORT_DAMAGED.
 */
export function parseReport(text: string, path: string): Report {
  const content = parseJson(text, path);
  const version = versionOf(content);
  if (version === undefined) {
    throw fileError("E_REPORT_FOREIGN", `${path} is no report of synth`, {
      where: path,
      hint: "give the report.json that `synth report` or `synth share` wrote",
    });
  }
  const known = reportSchema.shape.version.value;
  if (version !== known) {
    throw fileError(
      "E_REPORT_VERSION",
      `${path} is a report of version ${version}; this synth reads version ${known}`,
      {
        where: path,
        hint:
          version > known
            ? "use the version of synth that wrote it, or a newer one"
            : "audit the tables again with `synth report`",
      },
    );
  }
  const problems = (reportSchema.safeParse(content).error?.issues ?? []).filter(
    ({ code }) => code !== "unrecognized_keys",
  );
  if (problems.length > 0) {
    const paths = problems.slice(0, 5).map((issue) => issue.path.join("."));
    throw fileError("E_REPORT_DAMAGED", `${path} does not fit the report's schema at ${paths.join(", ")}`, {
      where: path,
      hint: "audit the tables again with `synth report`",
    });
  }
  return content as Report;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw fileError("E_REPORT_JSON", `${path} is not JSON`, {
      where: path,
      hint: "give the report.json that `synth report` or `synth share` wrote",
      cause,
    });
  }
}

/** The version of what looks like a report: it has a number of that name, and figures of fidelity and privacy. */
function versionOf(content: unknown): number | undefined {
  if (typeof content !== "object" || content === null) return undefined;
  if (!("version" in content && "fidelity" in content && "privacy" in content)) return undefined;
  return typeof content.version === "number" ? content.version : undefined;
}
