import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject, type PdfRef } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";

/** Access to the objects of a file. */
export interface PageObjects {
  readonly fetch: (reference: PdfRef) => PdfObject;
  readonly resolve: (object: PdfObject | undefined) => PdfObject;
}

const INHERITED = ["MediaBox", "CropBox", "Rotate", "Resources"] as const;
type Inherited = Readonly<Partial<Record<(typeof INHERITED)[number], PdfObject>>>;

/** A node of the page tree: a page, or one with children. */
export interface PageNode {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly inherited: Inherited;
}

/** Reads a node; what its parent passes down is overridden by its own (ISO 32000-2 7.7.3.4). */
export function pageNode(objects: PageObjects, ref: PdfObject, parent: Inherited = {}): PageNode {
  if (!isRef(ref)) {
    throw pageTreeBroken("A page is not an indirect object.");
  }
  const dict = objects.fetch(ref);
  if (!isDict(dict)) {
    throw pageTreeBroken("A page is missing.");
  }
  const inherited: Record<string, PdfObject> = { ...parent };
  for (const key of INHERITED) {
    const own = dict.entries.get(key);
    if (own !== undefined && own !== null) {
      inherited[key] = own;
    }
  }
  return { ref, dict, inherited };
}

export const pageTreeBroken = (message: string): PdfProblem => new PdfProblem("page-tree-broken", message);

/** The children of an intermediate node; undefined for a page. */
export function kidsOf(dict: PdfDict, { resolve }: PageObjects): readonly PdfObject[] | undefined {
  if (isName(resolve(dict.entries.get("Type")), "Page")) {
    return undefined;
  }
  const kids = resolve(dict.entries.get("Kids"));
  return isArray(kids) ? kids : undefined;
}

/** /Count, or -1 when it is none. */
export function countOf(dict: PdfDict, { resolve }: PageObjects): number {
  const count = resolve(dict.entries.get("Count"));
  return typeof count === "number" && count >= 0 ? count : -1;
}
