import { dict, isArray, isDict, name, ref } from "../../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { deflatedStream } from "../appearance/deflated-stream.ts";
import type { MarkFont } from "../appearance/mark-font.ts";
import type { ObjectSink } from "../appearance/object-sink.ts";
import { claimsPdfA1 } from "../catalog-metadata.ts";
import { lastReference, withEntries } from "../form-update.ts";
import { real, textString } from "../pdf-values.ts";
import { growStructure, readStructure } from "../structure-tree.ts";
import type { DocumentStructure } from "../structure-tree.ts";
import { drawTextPage, tagOf } from "./draw-text-page.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "./text-page.ts";
import type { TextBlock, TextPage } from "./text-page.ts";

/**
 * Adds a page of text behind the last one. In a tagged document it becomes a section of its structure. False, with nothing
 * written, when the document is tagged and its structure cannot be continued: a page that screen readers do not find would
 * take from it what it claims to be. Throws PdfProblem.
 */
export function appendTextPage(file: PdfFile, sink: ObjectSink, page: TextPage, font: MarkFont): boolean {
  const structure = readStructure(file);
  const reference = sink.allocate();
  if (structure !== null && !tagPage(file, sink, structure, page.blocks, reference)) {
    return false;
  }
  const { content, resources } = drawTextPage(sink, page, font, {
    tagged: structure !== null,
    cidSet: claimsPdfA1(file),
  });
  const stream = sink.allocate();
  sink.set(stream, deflatedStream({}, new TextEncoder().encode(content)));
  const box = [0, 0, real(PAGE_WIDTH), real(PAGE_HEIGHT)];
  sink.set(
    reference,
    dict({
      Type: name("Page"),
      Parent: addToTree(file, sink, reference),
      // All that a page may inherit is its own (ISO 32000-2 7.7.3.4).
      MediaBox: box,
      CropBox: box,
      Rotate: 0,
      Resources: resources,
      Contents: stream,
      ...(structure === null ? {} : { StructParents: structure.first, Tabs: name("S") }),
    }),
  );
  return true;
}

/** As the last child of the root: only that object changes. Gives the root. */
function addToTree(file: PdfFile, sink: ObjectSink, page: PdfRef): PdfRef {
  const entry = file.catalog.entries.get("Pages");
  const root = lastReference(file, entry);
  const node = file.resolve(entry);
  const kids = isDict(node) ? file.get(node, "Kids") : null;
  if (root === null || !isDict(node) || !isArray(kids)) {
    throw new PdfProblem("page-tree-broken", "The page tree has no root to add a page to.");
  }
  const now = [...kids, page];
  const list = lastReference(file, node.entries.get("Kids"));
  if (list !== null) {
    sink.set(list, now);
  }
  sink.set(root, withEntries(node, { Count: file.pageCount() + 1, ...(list === null ? { Kids: now } : {}) }));
  return root;
}

/** A section with an element for each block; the page's entry in the parent tree lists them by identifier. */
function tagPage(
  file: PdfFile,
  sink: ObjectSink,
  structure: DocumentStructure,
  blocks: readonly TextBlock[],
  page: PdfRef,
): boolean {
  const section = sink.allocate();
  const elements = blocks.map(() => sink.allocate());
  if (!growStructure(file, sink, structure, { values: [elements], kids: [section] })) {
    return false;
  }
  sink.set(
    section,
    dict({ Type: name("StructElem"), S: name("Sect"), P: structure.parent.ref, Pg: page, K: elements }),
  );
  for (const [index, { kind, language }] of blocks.entries()) {
    const element: PdfObject = dict({
      Type: name("StructElem"),
      S: name(tagOf(kind)),
      P: section,
      Pg: page,
      Lang: textString(language),
      K: index,
    });
    sink.set(elements[index] ?? ref(0), element);
  }
  return true;
}
