import { nameWords } from "../../schema/name-words.js";
import type { ColumnSchema } from "../../schema/table-schema.js";

/** What a column of hardly ever repeated texts holds, told by its name alone; undefined where the name does not tell. */
export function typeByName(name: string): Pick<ColumnSchema, "type" | "reason" | "generator"> | undefined {
  const words = nameWords(name);
  const has = (any: string) => any.split(" ").some((word) => words.includes(word));
  const reason = "found with noise: texts that hardly repeat; by the column's name";
  if (has("email mail")) return { type: "email", reason };
  if (has("phone telephone tel mobile fax")) return { type: "phone", reason };
  if (has("address street addr")) return { type: "address", reason };
  if (has("firstname forename") || (has("name") && has("first given")))
    return { type: "name", reason, generator: "person.firstName" };
  if (has("lastname surname") || (has("name") && has("last family")))
    return { type: "name", reason, generator: "person.lastName" };
  return has("name fullname") ? { type: "name", reason } : undefined;
}
