import type { Report } from "../report-schema.js";
import { type Figure, figureSchema } from "./figure-schema.js";

/** The figure of a report at a path of keys such as "fidelity.c2st.holdout"; undefined where the report has none there. */
export function figureAt(report: Report, path: string): Figure | undefined {
  let place: unknown = report;
  for (const key of path.split(".")) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Readonly<Record<string, unknown>>)[key];
  }
  return figureSchema.safeParse(place).data;
}
