import { isArray, isDict, type PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { nameOf, textOf } from "./pdf-text.ts";

/** What a signature allows to happen after it. */
export interface Permissions {
  /** /P of DocMDP (ISO 32000-2 table 257) when the signature certifies the document. */
  readonly certification: 1 | 2 | 3 | undefined;
  readonly locks: readonly FieldLock[];
}

/** FieldMDP or a field's /Lock (ISO 32000-2 tables 236 and 259). */
export interface FieldLock {
  readonly action: "All" | "Include" | "Exclude";
  readonly fields: readonly string[];
}

/** Reads the transforms of a signature dictionary, in the state of the file that it signed. */
export function permissionsOf(file: PdfFile, signature: PdfDict, field: PdfDict | undefined): Permissions {
  const references = file.get(signature, "Reference");
  let certification: Permissions["certification"];
  const locks: FieldLock[] = [];
  for (const item of isArray(references) ? references : []) {
    const reference = file.resolve(item);
    if (!isDict(reference)) {
      continue;
    }
    const method = nameOf(file.get(reference, "TransformMethod"));
    const parameters = file.get(reference, "TransformParams");
    if (method === "DocMDP") {
      certification = levelOf(isDict(parameters) ? file.get(parameters, "P") : undefined);
    } else if (method === "FieldMDP" && isDict(parameters)) {
      locks.push(...lockOf(file, parameters));
    }
  }
  const lock = field === undefined ? null : file.get(field, "Lock");
  if (isDict(lock)) {
    locks.push(...lockOf(file, lock));
    // ISO 32000-2 table 236: /P of the lock dictionary restricts the document like DocMDP does.
    const level = file.get(lock, "P");
    certification = level === null ? certification : stricter(certification, levelOf(level));
  }
  return { certification, locks };
}

/** ISO 32000-2 table 257: 2 is the default; anything unknown is read as the strictest. */
function levelOf(value: unknown): 1 | 2 | 3 {
  if (value === undefined || value === null) {
    return 2;
  }
  return value === 2 || value === 3 ? value : 1;
}

export function stricter(
  a: Permissions["certification"],
  b: Permissions["certification"],
): Permissions["certification"] {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return a < b ? a : b;
}

function lockOf(file: PdfFile, parameters: PdfDict): readonly FieldLock[] {
  const action = nameOf(file.get(parameters, "Action"));
  const list = file.get(parameters, "Fields");
  const fields = (isArray(list) ? list : []).flatMap((item) => textOf(file.resolve(item)) ?? []);
  return action === "All" || action === "Include" || action === "Exclude" ? [{ action, fields }] : [];
}

/** A field name in a lock stands for the field and everything below it. */
export function isLocked(locks: readonly FieldLock[], field: string): boolean {
  const listed = (lock: FieldLock): boolean =>
    lock.fields.some((name) => field === name || field.startsWith(`${name}.`));
  return locks.some((lock) => {
    switch (lock.action) {
      case "All":
        return true;
      case "Include":
        return listed(lock);
      case "Exclude":
        return !listed(lock);
    }
    return false;
  });
}
