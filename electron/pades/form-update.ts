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

export interface NewAnnotations {
  readonly page: PdfPage;
  readonly annotations: readonly PdfRef[];
  /** What else is to change in the page. */
  readonly entries?: Readonly<Record<string, PdfObject>>;
}

/**
 * Puts new annotations into their pages' /Annots, whether that list is direct, indirect or absent. Each page comes once;
 * linear in the pages given.
 */
export function addAnnotations(file: PdfFile, sink: ObjectSink, additions: Iterable<NewAnnotations>): void {
  let shared: ReadonlySet<string> | null = null;
  for (const { page, annotations, entries = {} } of additions) {
    const entry = page.dict.entries.get("Annots");
    const reference = lastReference(file, entry);
    const list = file.resolve(entry);
    const now = [...(isArray(list) ? list : []), ...annotations];
    if (reference !== null) {
      shared ??= sharedLists(file);
    }
    // Written into a list that another page shows too, the mark would stand on both pages.
    const isOwn = reference !== null && isArray(list) && shared?.has(refKey(reference)) !== true;
    if (isOwn) {
      sink.set(reference, now);
    }
    const changes = { ...(isOwn ? {} : { Annots: now }), ...entries };
    if (Object.keys(changes).length > 0) {
      sink.set(page.ref, withEntries(page.dict, changes));
    }
  }
}

/** Lists of annotations that several pages point to. Linear in the pages; asked only where a list is indirect. */
function sharedLists(file: PdfFile): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const page of file.pages()) {
    const reference = lastReference(file, page.dict.entries.get("Annots"));
    const key = reference === null ? null : refKey(reference);
    if (key !== null) {
      (seen.has(key) ? shared : seen).add(key);
    }
  }
  return shared;
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
