import { dict, isArray, isDict, name } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";
import { growNumberTree, highestKey } from "./number-tree.ts";
import { textString } from "./pdf-values.ts";

/** A new annotation and the page that shows it. */
export interface AnnotationPlace {
  readonly annotation: PdfRef;
  readonly page: PdfPage;
  readonly kind: "Form" | "Annot";
}

/** What must be said elsewhere when annotations become part of the structure. */
export interface Tagging {
  /** /StructParent of each annotation (ISO 32000-2 14.7.5.4), in the order of the places. */
  readonly annotation: (index: number) => Readonly<Record<string, PdfObject>>;
  /** ISO 14289-1 7.18.3: on a page with annotations, the tabulator follows the structure. */
  readonly page: (page: PdfPage) => Readonly<Record<string, PdfObject>>;
}

/**
 * Makes visible annotations part of a tagged document's structure (ISO 32000-2 14.7.5.3, 14.8.4.7.2): an element with an
 * object reference for each, and an entry in the parent tree. Null when the document is not tagged, or its structure
 * cannot be continued; it is left alone then. Throws PdfProblem.
 */
export function tagAnnotations(file: PdfFile, sink: ObjectSink, places: readonly AnnotationPlace[]): Tagging | null {
  const root = places.length === 0 ? null : structureRoot(file);
  if (root === null) {
    return null;
  }
  const first = Math.max(nextKey(file, root.dict), 0);
  const parent = soleElement(file, root.dict) ?? root;
  const elements = places.map(() => sink.allocate());
  const parentTree = growNumberTree(file, sink, root.dict.entries.get("ParentTree"), { first, values: elements });
  if (parentTree === null) {
    return null;
  }
  for (const [index, element] of elements.entries()) {
    const place = places[index];
    if (place !== undefined) {
      sink.set(element, elementFor(parent.ref, place));
    }
  }
  const kids = kidsChange(file, sink, parent.dict, elements);
  const rootChanges = { ...parentTree, ParentTreeNextKey: first + elements.length };
  if (parent.ref.num === root.ref.num) {
    sink.set(root.ref, withEntries(root.dict, { ...rootChanges, ...kids }));
  } else {
    sink.set(root.ref, withEntries(root.dict, rootChanges));
    if (Object.keys(kids).length > 0) {
      sink.set(parent.ref, withEntries(parent.dict, kids));
    }
  }
  return {
    annotation: (index) => ({ StructParent: first + index }),
    page: tabOrder,
  };
}

const tabOrder = (page: PdfPage): Readonly<Record<string, PdfObject>> =>
  page.dict.entries.has("Tabs") ? {} : { Tabs: name("S") };

/** An invisible field of a tagged document has nothing to read aloud, but it is an annotation of its page (ISO 14289-1 7.18.3). */
export const tabOrderOf = (file: PdfFile, page: PdfPage): Readonly<Record<string, PdfObject>> =>
  structureRoot(file) === null ? {} : tabOrder(page);

interface Element {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

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

/** Initials have a description; a field has its own name that can be read aloud (ISO 14289-1 7.18.1, 7.18.4). */
const elementFor = (parent: PdfRef, { annotation, page, kind }: AnnotationPlace): PdfObject =>
  dict({
    Type: name("StructElem"),
    S: name(kind),
    P: parent,
    Pg: page.ref,
    ...(kind === "Annot" ? { Alt: textString("Initials") } : {}),
    K: dict({ Type: name("OBJR"), Obj: annotation, Pg: page.ref }),
  });

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
