import type { FormField } from "../pdf/form-fields.ts";
import { isArray, isDict, isName, isString, name } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { decodeTextString } from "../pdf/text-string.ts";
import { textString } from "./pdf-values.ts";

/** Which form fields may not change any more (ISO 32000-2 tables 236 and 259). */
export interface FieldLock {
  readonly action: "All" | "Include" | "Exclude";
  /** Fully qualified names; a name stands for everything below it too. */
  readonly fields: readonly string[];
}

/** Reads /Action and /Fields of a /Lock dictionary or of FieldMDP parameters; null when there is no such dictionary. */
export function readFieldLock(file: PdfFile, object: PdfObject | undefined): FieldLock | null {
  const lock = file.resolve(object);
  if (!isDict(lock)) {
    return null;
  }
  const names = file.get(lock, "Fields");
  const fields = isArray(names)
    ? names
        .map((entry) => file.resolve(entry))
        .filter(isString)
        .map((text) => decodeTextString(text.bytes))
    : [];
  const action = file.get(lock, "Action");
  if (isName(action, "Include") || isName(action, "Exclude")) {
    return { action: action.name === "Include" ? "Include" : "Exclude", fields };
  }
  // An unknown or missing action is read as the widest lock: signing less is better than breaking a signature.
  return { action: "All", fields: [] };
}

export function locks(lock: FieldLock, field: string): boolean {
  const named = lock.fields.some((entry) => field === entry || field.startsWith(`${entry}.`));
  switch (lock.action) {
    case "All":
      return true;
    case "Include":
      return named;
    case "Exclude":
      return !named;
  }
}

/** /P of DocMDP parameters (default 2) or of a lock (no default): 1 no change, 2 filling in, 3 also annotations. */
export function readPermission(file: PdfFile, dictionary: PdfDict): 1 | 2 | 3 | null {
  const value = file.get(dictionary, "P");
  return value === 1 || value === 2 || value === 3 ? value : null;
}

/**
 * The lock that leaves nothing of the form but its signature fields to be filled in: the signer's own wish, so that
 * others can still sign. Null when the form has no other fields.
 */
export function lockOfOtherFields(fields: readonly FormField[]): FieldLock | null {
  const names = fields.filter(({ type, name: full }) => type !== "Sig" && full !== "").map(({ name: full }) => full);
  return names.length === 0 ? null : { action: "Include", fields: [...new Set(names)] };
}

/** The lock as /Lock of a field (ISO 32000-2 table 236) and, with /V, as parameters of FieldMDP (table 259) say it. */
export const lockEntries = ({ action, fields }: FieldLock): Readonly<Record<string, PdfObject>> => ({
  Action: name(action),
  ...(action === "All" ? {} : { Fields: fields.map((field) => textString(field)) }),
});
