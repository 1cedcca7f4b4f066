import type { Figure } from "../../evaluate/report-schema.js";
import { formatCount } from "../format.js";

/** A share as people of so many: 18 of 1,000; "fewer than 1" for what would round to none. */
export function formatPeople(share: number | undefined, of = 1000): string {
  if (share === undefined) return "an unknown number";
  const people = share * of;
  if (people > 0 && people < 0.5) return "fewer than 1";
  return formatCount(Math.round(people));
}

/** The same with its interval: "18 (3 to 30)". */
export function formatPeopleRange({ value, low, high }: Figure, of = 1000): string {
  const people = formatPeople(value, of);
  if (low === undefined || high === undefined) return people;
  return `${people} (${formatPeople(low, of)} to ${formatPeople(high, of)})`;
}
