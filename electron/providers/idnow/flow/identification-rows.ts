import type { IdentificationRow } from "../../../../shared/interaction.ts";
import type { Identification } from "../api/identification-answer.ts";

/** The interface's names and ours, in the order in which a person reads them. */
const FIELDS: readonly (readonly [theirs: string, ours: string])[] = [
  ["Firstname", "given-name"],
  ["Surname", "surname"],
  ["Birthname", "birth-name"],
  ["Artistname", "artist-name"],
  ["Title", "title"],
  ["Gender", "gender"],
  ["Birthdate", "birthdate"],
  ["Birthplace", "birthplace"],
  ["Nationality", "nationality"],
  ["Street", "street"],
  ["ZipCode", "zip-code"],
  ["City", "city"],
  ["Country", "country"],
  ["Email", "email"],
  ["Mobile", "mobile"],
  ["IDCard.Type", "document-type"],
  ["IDCard.CardNo", "document-number"],
  ["IDCard.CountryOfIssue", "document-country"],
  ["IDCard.PlaceOfIssue", "document-place"],
  ["IDCard.DateOfIssue", "document-issued"],
  ["IDCard.ValidUntil", "document-valid-until"],
];

const KNOWN: ReadonlySet<string> = new Set(FIELDS.map(([theirs]) => theirs));
/** Numbers that mean nothing to a person. */
const HIDDEN: ReadonlySet<string> = new Set(["IDCard.extDocumentType", "IDCard.eidRestrictedIdentifier"]);

/** What was ordered beside what was found out; facts of which neither is known are left out. */
export function identificationRows({ checked, initial }: Identification): readonly IdentificationRow[] {
  const known = FIELDS.map(([theirs, field]) => rowOf(theirs, field));
  // IDnow adds fields without notice: they are shown as it calls them.
  const others = [...new Set([...(checked?.keys() ?? []), ...(initial?.keys() ?? [])])]
    .filter((theirs) => !KNOWN.has(theirs) && !HIDDEN.has(theirs))
    .map((theirs) => rowOf(theirs, theirs));
  return [...known, ...others].filter(({ ordered, checked: found }) => ordered !== null || found !== null);

  function rowOf(theirs: string, field: string): IdentificationRow {
    return { field, ordered: initial?.get(theirs) ?? null, checked: checked?.get(theirs) ?? null };
  }
}
