import { usageError } from "../../../core/errors.js";
import { nameWords } from "../../../schema/name-words.js";
import { suggestName } from "../../../schema/suggest-name.js";

/** Columns that an outsider may know of a person, each named once, and who says so. */
export interface QuasiIdentifiers {
  readonly columns: readonly string[];
  readonly chosen: "given" | "by name";
}

/**
 * The columns that an outsider may know of a person: those given, else those of `columns` whose names have a word such as
 * age, birth, sex, zip or occupation (whole words: usage is no age), in the order of `columns`. Undefined where none is
 * given and none recognised. Throws E_EVALUATE_QUASI_IDENTIFIER for a given name that is not among `columns`.
 * @param columns names of the columns that are compared
 */
export function chooseQuasiIdentifiers(
  given: readonly string[] | undefined,
  columns: readonly string[],
): QuasiIdentifiers | undefined {
  if (given === undefined) {
    const recognised = columns.filter(isKnownOfPeople);
    return recognised.length === 0 ? undefined : { columns: recognised, chosen: "by name" };
  }
  const unknown = given.find((name) => !columns.includes(name));
  if (unknown !== undefined) {
    throw usageError("E_EVALUATE_QUASI_IDENTIFIER", `"${unknown}" is no column that can be compared`, {
      where: `quasi-identifier "${unknown}"`,
      hint: suggestName(unknown, columns),
    });
  }
  return given.length === 0 ? undefined : { columns: [...new Set(given)], chosen: "given" };
}

const KNOWN_OF_PEOPLE = new Set(
  [
    "age ages birth birthdate birthday birthyear born dob yob sex gender race ethnic ethnicity ancestry nationality",
    "nationalities citizen citizenship country zip zipcode postcode postal city town village municipality county district",
    "province region state residence marital married civil occupation profession job education educational schooling",
    "religion religious denomination language household children dependents veteran immigrant",
    "plz geschlecht geburtsdatum geburtsjahr staatsangehörigkeit wohnort familienstand beruf",
  ].flatMap((words) => words.split(" ")),
);

/** With one of these words a column tells of a thing: the age of an account, the state of an order. */
const KNOWN_OF_THINGS = new Set(
  (
    "account vehicle car machine device server product item order task ticket policy card loan company firm building " +
    "property house page file session request shipment manufacturer brand"
  ).split(" "),
);

function isKnownOfPeople(name: string): boolean {
  const words = nameWords(name).map((word) => word.replace(/\d+$/, ""));
  return words.some((word) => KNOWN_OF_PEOPLE.has(word)) && !words.some((word) => KNOWN_OF_THINGS.has(word));
}
