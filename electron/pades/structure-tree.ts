import { isArray, isDict } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";
import { growNumberTree, highestKey } from "./number-tree.ts";

/** Where a tagged document's structure goes on. */
export interface DocumentStructure {
  readonly root: Element;
  /** Of new elements. */
  readonly parent: Element;
  /** The first free key of the parent tree. */
  readonly first: number;
}

interface Element {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

/** Null when the document is not tagged. Throws PdfProblem. */
export function readStructure(file: PdfFile): DocumentStructure | null {
  const root = structureRoot(file);
  return root === null
    ? null
    : {
        root,
        parent: soleElement(file, root.dict) ?? root,
        first: Math.max(nextKey(file, root.dict), 0),
      };
}

/**
 * Adds elements below the structure's parent, and entries to the parent tree under `first` and the keys that follow.
 * False when the structure cannot be continued; nothing was written then. Throws PdfProblem.
 */
export function growStructure(
  file: PdfFile,
  sink: ObjectSink,
  { root, parent, first }: DocumentStructure,
  added: { readonly values: readonly PdfObject[]; readonly kids: readonly PdfRef[] },
): boolean {
  const parentTree = growNumberTree(file, sink, root.dict.entries.get("ParentTree"), { first, values: added.values });
  if (parentTree === null) {
    return false;
  }
  const kids = kidsChange(file, sink, parent.dict, added.kids);
  const rootChanges = { ...parentTree, ParentTreeNextKey: first + added.values.length };
  if (parent.ref.num === root.ref.num) {
    sink.set(root.ref, withEntries(root.dict, { ...rootChanges, ...kids }));
  } else {
    sink.set(root.ref, withEntries(root.dict, rootChanges));
    if (Object.keys(kids).length > 0) {
      sink.set(parent.ref, withEntries(parent.dict, kids));
    }
  }
  return true;
}

/** Reads nothing but what a document says of itself as a whole. Throws PdfProblem. */
export const isTagged = (file: PdfFile): boolean => structureRoot(file) !== null;

/** ISO 32000-2 14.7.1: a tagged document says so and has a structure tree. */
function structureRoot(file: PdfFile): Element | null {
  const mark = file.get(file.catalog, "MarkInfo");
  const entry = file.catalog.entries.get("StructTreeRoot");
  const tree = file.resolve(entry);
  const ref = lastReference(file, entry);
  const tagged = isDict(mark) && file.get(mark, "Marked") === true;
  return tagged && isDict(tree) && ref !== null ? { ref, dict: tree } : null;
}

/** /ParentTreeNextKey is optional and may be stale; a key that is in use would take another object's place. */
function nextKey(file: PdfFile, root: PdfDict): number {
  const declared = file.get(root, "ParentTreeNextKey");
  const used = highestKey(file, root.entries.get("ParentTree")) + 1;
  return typeof declared === "number" && Number.isSafeInteger(declared) ? Math.max(declared, used) : used;
}

/** The one element below the root (usually /Document), so that there stays one. */
function soleElement(file: PdfFile, root: PdfDict): Element | null {
  const entry = root.entries.get("K");
  const kids = file.resolve(entry);
  const only = isArray(kids) ? (kids.length === 1 ? kids[0] : undefined) : entry;
  const element = file.resolve(only);
  const ref = lastReference(file, only);
  // ISO 32000-2 table 355: an element has a type; what stands for content has none.
  return isDict(element) && element.entries.has("S") && ref !== null ? { ref, dict: element } : null;
}

/** A single kid need not stand in a list (ISO 32000-2 table 355). */
function kidsChange(
  file: PdfFile,
  sink: ObjectSink,
  parent: PdfDict,
  elements: readonly PdfRef[],
): Readonly<Record<string, PdfObject>> {
  const entry = parent.entries.get("K");
  const kids = file.resolve(entry);
  if (!isArray(kids)) {
    return { K: entry === undefined || kids === null ? [...elements] : [entry, ...elements] };
  }
  const reference = lastReference(file, entry);
  if (reference === null) {
    return { K: [...kids, ...elements] };
  }
  sink.set(reference, [...kids, ...elements]);
  return {};
}
