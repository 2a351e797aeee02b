import { dict, isArray, isDict, isRef, refKey } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";

/** SignaturesExist and AppendOnly (ISO 32000-2 table 225). */
const SIGNATURE_FLAGS = 3;

/** The dictionary with some entries replaced or added at its end; all others stay as they were written. */
export const withEntries = (dictionary: PdfDict, entries: Readonly<Record<string, PdfObject>>): PdfDict =>
  dict(new Map([...dictionary.entries, ...Object.entries(entries)]));

/**
 * Puts /SigFlags 3 into the form and, for a new field, the field into /Fields, whether form and list are direct,
 * indirect or absent. Only the object that holds them is written again; when that is the catalog, the answer says what
 * must change there.
 */
export function updateForm(
  file: PdfFile,
  sink: ObjectSink,
  newField: PdfRef | null,
): Readonly<Record<string, PdfObject>> {
  const entry = file.catalog.entries.get("AcroForm");
  const form = file.resolve(entry);
  if (!isDict(form)) {
    const reference = sink.allocate();
    sink.set(reference, dict({ Fields: newField === null ? [] : [newField], SigFlags: SIGNATURE_FLAGS }));
    return { AcroForm: reference };
  }
  const changes: Record<string, PdfObject> = {
    ...(newField === null ? {} : listChange(file, sink, form.entries.get("Fields"), "Fields", newField)),
    ...flagChange(file, form),
  };
  if (Object.keys(changes).length === 0) {
    return {};
  }
  const changed = withEntries(form, changes);
  const reference = lastReference(file, entry);
  if (reference === null) {
    return { AcroForm: changed };
  }
  sink.set(reference, changed);
  return {};
}

/** Writes the catalog again, once, with everything that must change in it. */
export function updateCatalog(file: PdfFile, sink: ObjectSink, changes: Readonly<Record<string, PdfObject>>): void {
  if (Object.keys(changes).length > 0) {
    sink.set(file.catalogRef, withEntries(file.catalog, changes));
  }
}

/**
 * Puts a new widget into the page's /Annots, whether that list is direct, indirect or absent. `entries`: what else is
 * to change in the page.
 */
export function addAnnotation(
  file: PdfFile,
  sink: ObjectSink,
  page: PdfPage,
  widget: PdfRef,
  entries: Readonly<Record<string, PdfObject>>,
): void {
  const entry = page.dict.entries.get("Annots");
  const list = file.resolve(entry);
  const own =
    isArray(list) && isShared(file, page, entry)
      ? { Annots: [...list, widget] }
      : listChange(file, sink, entry, "Annots", widget);
  const changes = { ...own, ...entries };
  if (Object.keys(changes).length > 0) {
    sink.set(page.ref, withEntries(page.dict, changes));
  }
}

/** Does another page show the same list? In it, the mark would stand on both. Linear in pages, for an indirect list only. */
function isShared(file: PdfFile, page: PdfPage, entry: PdfObject | undefined): boolean {
  const reference = lastReference(file, entry);
  if (reference === null) {
    return false;
  }
  for (const other of file.pages()) {
    const theirs = other.index === page.index ? null : lastReference(file, other.dict.entries.get("Annots"));
    if (theirs !== null && refKey(theirs) === refKey(reference)) {
      return true;
    }
  }
  return false;
}

/** An indirect list is written again by itself; the answer says what must change in the dictionary that holds it. */
function listChange(
  file: PdfFile,
  sink: ObjectSink,
  entry: PdfObject | undefined,
  key: string,
  added: PdfRef,
): Readonly<Record<string, PdfObject>> {
  const list = file.resolve(entry);
  if (!isArray(list)) {
    return { [key]: [added] };
  }
  const reference = lastReference(file, entry);
  if (reference === null) {
    return { [key]: [...list, added] };
  }
  sink.set(reference, [...list, added]);
  return {};
}

function flagChange(file: PdfFile, form: PdfDict): Readonly<Record<string, PdfObject>> {
  const value = file.get(form, "SigFlags");
  const flags = typeof value === "number" ? value : 0;
  return (flags & SIGNATURE_FLAGS) === SIGNATURE_FLAGS ? {} : { SigFlags: flags | SIGNATURE_FLAGS };
}

/** The reference behind which the object itself stands; null for a direct object. */
export function lastReference(file: PdfFile, object: PdfObject | undefined): PdfRef | null {
  let found: PdfRef | null = null;
  let current: PdfObject | undefined = object;
  for (let steps = 0; isRef(current) && steps < 32; steps += 1) {
    found = current;
    current = file.fetch(current);
  }
  return found;
}
