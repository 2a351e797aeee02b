import { dict, isArray, isDict, isName, isRef, name, numberOf } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { lastReference, withEntries } from "./form-update.ts";
import { textString } from "./pdf-values.ts";

/** Hangs new annotations into the structure tree of a tagged document. */
export interface StructureTags {
  /** Entries that the annotation itself needs; none in a document that is not tagged. */
  readonly tag: (annotation: PdfRef, page: PdfPage, kind: "Form" | "Annot") => Readonly<Record<string, PdfObject>>;
  /** Writes the tree's own objects; call once, after the last `tag`. */
  readonly finish: () => void;
}

export const NO_TAGS: StructureTags = { tag: () => ({}), finish: () => undefined };

/** What a screen reader says, where the drawing cannot be read (ISO 14289-1 7.18.1). */
const ALTERNATIVES = { Form: "Signature", Annot: "Initials" } as const;

/**
 * ISO 32000-2 14.7.5.4: an annotation names its place in the parent tree by /StructParent, and a structure element refers
 * back to it. Only for the first signature of a document: to an earlier one a changed tree is a change.
 */
export function structureTags(file: PdfFile, sink: ObjectSink, alreadySigned: boolean): StructureTags {
  const marked = file.get(file.catalog, "MarkInfo");
  const rootRef = lastReference(file, file.catalog.entries.get("StructTreeRoot"));
  const root = rootRef === null ? null : file.fetch(rootRef);
  if (alreadySigned || !isDict(marked) || file.get(marked, "Marked") !== true || rootRef === null || !isDict(root)) {
    return NO_TAGS;
  }
  const parent = parentFor(file, rootRef, root);
  const first = nextKey(file, root);
  const elements: PdfRef[] = [];
  return {
    tag: (annotation, page, kind) => {
      const element = sink.allocate();
      const content = dict({ Type: name("OBJR"), Obj: annotation, Pg: page.ref });
      sink.set(
        element,
        dict({
          Type: name("StructElem"),
          S: name(kind),
          P: parent.ref,
          Pg: page.ref,
          Alt: textString(ALTERNATIVES[kind]),
          K: content,
        }),
      );
      elements.push(element);
      return { StructParent: first + elements.length - 1 };
    },
    finish: () => {
      if (elements.length === 0) {
        return;
      }
      const next = first + elements.length;
      const tree = grownTree(file, sink, root, first, elements);
      const rootChanges = { ...tree, ParentTreeNextKey: next };
      const grown = { K: [...kidsOf(file, parent.dict), ...elements] };
      if (parent.ref.num === rootRef.num) {
        sink.set(rootRef, withEntries(root, { ...rootChanges, ...grown }));
        return;
      }
      sink.set(rootRef, withEntries(root, rootChanges));
      sink.set(parent.ref, withEntries(parent.dict, grown));
    },
  };
}

interface Element {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

/** The document's one top element, when it has one; else the root itself. */
function parentFor(file: PdfFile, rootRef: PdfRef, root: PdfDict): Element {
  const [only, ...others] = kidsOf(file, root);
  const top = isRef(only) && others.length === 0 ? file.fetch(only) : null;
  const isDocument = isDict(top) && isName(file.get(top, "S"), "Document");
  return isRef(only) && isDict(top) && isDocument ? { ref: only, dict: top } : { ref: rootRef, dict: root };
}

/** /K is absent, one kid or a list of them (ISO 32000-2 tables 354 and 355). */
function kidsOf(file: PdfFile, element: PdfDict): readonly PdfObject[] {
  const entry = element.entries.get("K");
  const kids = file.resolve(entry);
  return isArray(kids) ? kids : entry === undefined || kids === null ? [] : [entry];
}

/** The first free key, whatever /ParentTreeNextKey says. */
function nextKey(file: PdfFile, root: PdfDict): number {
  const stated = numberOf(file.get(root, "ParentTreeNextKey")) ?? 0;
  const tree = file.get(root, "ParentTree");
  const highest = isDict(tree) ? highestKey(file, tree) : -1;
  return Math.max(Math.trunc(stated), highest + 1, 0);
}

const DEEPEST_TREE = 32;

function highestKey(file: PdfFile, node: PdfDict, depth = 0): number {
  const numbers = file.get(node, "Nums");
  const kids = file.get(node, "Kids");
  const own = isArray(numbers) ? numbers.filter((_, index) => index % 2 === 0).map((key) => keyOf(file, key)) : [];
  const last = isArray(kids) ? kids.map((kid) => file.resolve(kid)).filter(isDict) : [];
  // Keys ascend (ISO 32000-2 7.9.7), so the last kid has the highest; /Limits are not believed.
  const below = last.length === 0 || depth > DEEPEST_TREE ? [] : [highestKey(file, last.at(-1) ?? node, depth + 1)];
  return [...own, ...below].reduce((highest, key) => Math.max(highest, key), -1);
}

const keyOf = (file: PdfFile, key: PdfObject): number => numberOf(file.resolve(key)) ?? -1;

/** The parent tree with new entries at its end: in its only leaf, or as a leaf of their own. */
function grownTree(
  file: PdfFile,
  sink: ObjectSink,
  root: PdfDict,
  first: number,
  elements: readonly PdfRef[],
): Readonly<Record<string, PdfObject>> {
  const added = elements.flatMap((element, index): PdfObject[] => [first + index, element]);
  const entry = root.entries.get("ParentTree");
  const tree = file.resolve(entry);
  if (!isDict(tree)) {
    return { ParentTree: dict({ Nums: added }) };
  }
  const kids = file.get(tree, "Kids");
  const numbers = file.get(tree, "Nums");
  const changed = isArray(kids)
    ? withEntries(tree, { Kids: [...kids, leaf(sink, first, elements.length, added)] })
    : withEntries(tree, { Nums: [...(isArray(numbers) ? numbers : []), ...added] });
  const reference = lastReference(file, entry);
  if (reference === null) {
    return { ParentTree: changed };
  }
  sink.set(reference, changed);
  return {};
}

function leaf(sink: ObjectSink, first: number, count: number, numbers: PdfObject[]): PdfRef {
  const reference = sink.allocate();
  sink.set(reference, dict({ Limits: [first, first + count - 1], Nums: numbers }));
  return reference;
}
