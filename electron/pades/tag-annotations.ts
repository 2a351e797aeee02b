import { dict, name } from "../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { textString } from "./pdf-values.ts";
import { growStructure, isTagged, readStructure } from "./structure-tree.ts";

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
  const structure = places.length === 0 ? null : readStructure(file);
  if (structure === null) {
    return null;
  }
  const elements = places.map(() => sink.allocate());
  if (!growStructure(file, sink, structure, { values: elements, kids: elements })) {
    return null;
  }
  for (const [index, element] of elements.entries()) {
    const place = places[index];
    if (place !== undefined) {
      sink.set(element, elementFor(structure.parent.ref, place));
    }
  }
  return {
    annotation: (index) => ({ StructParent: structure.first + index }),
    page: tabOrder,
  };
}

const tabOrder = (page: PdfPage): Readonly<Record<string, PdfObject>> =>
  page.dict.entries.has("Tabs") ? {} : { Tabs: name("S") };

/** An invisible field of a tagged document has nothing to read aloud, but it is an annotation of its page (ISO 14289-1 7.18.3). */
export const tabOrderOf = (file: PdfFile, page: PdfPage): Readonly<Record<string, PdfObject>> =>
  isTagged(file) ? tabOrder(page) : {};

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
