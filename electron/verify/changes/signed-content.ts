import { isArray, isDict, isName, isRef, numberOf, type PdfDict, type PdfObject } from "../../pdf/objects.ts";
import { numbersOf } from "../drawing/numbers.ts";
import { type PageContent, pageContent, type TextBox } from "../drawing/page-content.ts";
import type { Comparison } from "./comparison.ts";

/** What stands on a page of the signed revision, where something later could lie over it. */
interface SignedContent {
  /** Undefined when the page cannot be read. */
  readonly page: PageContent | undefined;
  readonly annotations: readonly { readonly num: number; readonly box: TextBox }[];
}

const known = new WeakMap<Comparison, Map<number, SignedContent>>();

/** Reads a page once; only pages on which something changed are asked for. */
function signedContent(comparison: Comparison, pageNumber: number): SignedContent | undefined {
  const ofComparison = known.get(comparison) ?? new Map<number, SignedContent>();
  known.set(comparison, ofComparison);
  const page = comparison.valueBefore(pageNumber);
  if (!isDict(page)) {
    return undefined;
  }
  const content = ofComparison.get(pageNumber) ?? {
    page: pageContent(comparison.old, page, inheritedResources(comparison, page)),
    annotations: annotationBoxes(comparison, page),
  };
  ofComparison.set(pageNumber, content);
  return content;
}

/** SECURITY: a /Parent chain can run in a circle. */
const MAXIMUM_PARENTS = 50;

function inheritedResources({ old }: Comparison, page: PdfDict): PdfObject {
  let node: PdfObject = page;
  for (let depth = 0; isDict(node) && depth < MAXIMUM_PARENTS; depth += 1) {
    const resources = old.get(node, "Resources");
    if (resources !== null) {
      return resources;
    }
    node = old.get(node, "Parent");
  }
  return null;
}

const HIDDEN = 2;

function annotationBoxes({ old }: Comparison, page: PdfDict): SignedContent["annotations"] {
  const list = old.get(page, "Annots");
  return (isArray(list) ? list : []).flatMap((item) => {
    const annotation = old.resolve(item);
    if (!isDict(annotation) || ["Popup", "Link"].some((kind) => isName(old.get(annotation, "Subtype"), kind))) {
      return [];
    }
    const flags = numberOf(old.get(annotation, "F")) ?? 0;
    const box = boxOf(numbersOf(old, annotation.entries.get("Rect")));
    return box === undefined || (flags & HIDDEN) !== 0 ? [] : [{ num: isRef(item) ? item.num : -1, box }];
  });
}

export function boxOf(numbers: readonly (number | undefined)[]): TextBox | undefined {
  const [a, b, c, d] = numbers;
  return a === undefined || b === undefined || c === undefined || d === undefined || numbers.length !== 4
    ? undefined
    : [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

export type Cover = "nothing" | "text" | "picture" | "annotation" | "unreadable";

/** SECURITY: fields times texts of a page; honest forms stay far below. */
const MOST_PAIRS = 30_000_000;
const pairs = new WeakMap<Comparison, number>();

/** What of the signed page lies under a box. */
export function coverOf(comparison: Comparison, pageNumber: number, num: number, box: TextBox): Cover {
  const content = signedContent(comparison, pageNumber);
  if (content?.page === undefined) {
    return "unreadable";
  }
  const { text, pictures } = content.page;
  const spent = (pairs.get(comparison) ?? 0) + text.length + pictures.length + content.annotations.length;
  pairs.set(comparison, spent);
  if (spent > MOST_PAIRS) {
    return "unreadable";
  }
  if (text.some((line) => liesOverText(box, line))) {
    return "text";
  }
  if (content.annotations.some((other) => other.num !== num && liesOverBox(box, other.box))) {
    return "annotation";
  }
  return pictures.some((picture) => liesOverBox(box, picture)) ? "picture" : "nothing";
}

/** A letter or more of a text lies under the box; lines that only touch it do not. */
function liesOverText(box: TextBox, text: TextBox): boolean {
  const height = text[3] - text[1];
  return overlap(box, text, 0) > 0.5 * Math.min(height, text[2] - text[0]) && overlap(box, text, 1) > 0.4 * height;
}

/** More than a quarter of the smaller one is common to both. */
function liesOverBox(a: TextBox, b: TextBox): boolean {
  const common = Math.max(0, overlap(a, b, 0)) * Math.max(0, overlap(a, b, 1));
  return common > 0.25 * Math.min(areaOf(a), areaOf(b));
}

const overlap = (a: TextBox, b: TextBox, axis: 0 | 1): number =>
  Math.min(a[axis + 2] ?? 0, b[axis + 2] ?? 0) - Math.max(a[axis], b[axis]);

const areaOf = (box: TextBox): number => (box[2] - box[0]) * (box[3] - box[1]);
