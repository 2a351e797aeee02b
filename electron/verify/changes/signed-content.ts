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

/**
 * What of the signed page a comment touches, if only by an edge. SECURITY: unlike a field, a comment can be one of many;
 * strips of which each leaves half a letter free cover a whole line together.
 */
export function touchedBy(comparison: Comparison, pageNumber: number, num: number, box: TextBox): Cover {
  const whole = coverOf(comparison, pageNumber, num, box);
  const content = signedContent(comparison, pageNumber);
  if (whole !== "nothing" || content?.page === undefined) {
    return whole;
  }
  const { text, pictures, marks } = content.page;
  pairs.set(comparison, (pairs.get(comparison) ?? 0) + text.length + marks.length);
  if (text.some((line) => touches(box, line, 0.15 * Math.min(line[3] - line[1], line[2] - line[0])))) {
    return "text";
  }
  if (content.annotations.some((other) => other.num !== num && touches(box, other.box, MOST_COMMON))) {
    return "annotation";
  }
  const isPictured =
    pictures.some((picture) => touches(box, picture, MOST_COMMON)) ||
    marks.some((mark) => touches(box, grown(mark, PEN), MOST_COMMON));
  return isPictured ? "picture" : "nothing";
}

/** In points: what a field reaches over its own edge, into the line around it. */
const EDGE = 1.5;

/**
 * What of the signed page a ground of a field would hide. SECURITY: a white ground takes the last digit away by half of
 * it; an image or lines under it may be a scanned or a written number.
 */
export function hiddenBy(comparison: Comparison, pageNumber: number, box: TextBox): Cover {
  const content = signedContent(comparison, pageNumber);
  if (content?.page === undefined) {
    return "unreadable";
  }
  const { text, pictures, images, marks } = content.page;
  pairs.set(comparison, (pairs.get(comparison) ?? 0) + text.length + pictures.length + marks.length);
  if (
    text.some(
      (line) => overlap(box, line, 0) > 0.2 * (line[3] - line[1]) && overlap(box, line, 1) > 0.4 * (line[3] - line[1]),
    )
  ) {
    return "text";
  }
  const inner = grown(box, -EDGE);
  const isPictured =
    images.some((image) => touches(inner, image, 0)) ||
    pictures.some((picture) => touches(inner, picture, 0) && !liesWithin(box, picture)) ||
    marks.some((mark) => touches(inner, grown(mark, PEN), 0));
  return isPictured ? "picture" : "nothing";
}

/** SECURITY: fields that share some points hide each other's first and last digits, whichever is drawn later. */
export function meetsAnnotation(comparison: Comparison, pageNumber: number, num: number, box: TextBox): boolean {
  const annotations = signedContent(comparison, pageNumber)?.annotations ?? [];
  return annotations.some((other) => other.num !== num && touches(box, other.box, MOST_COMMON));
}

const liesWithin = (box: TextBox, outer: TextBox): boolean =>
  box[0] >= outer[0] - EDGE && box[1] >= outer[1] - EDGE && box[2] <= outer[2] + EDGE && box[3] <= outer[3] + EDGE;

/** In points. */
const MOST_COMMON = 2;
const PEN = 0.5;

export const grown = ([left, bottom, right, top]: TextBox, by: number): TextBox => [
  left - by,
  bottom - by,
  right + by,
  top + by,
];

/** What both have in common is wider and higher than `most`, or than half of one of them. */
const touches = (a: TextBox, b: TextBox, most: number): boolean =>
  ([0, 1] as const).every((axis) => {
    const least = Math.min(most, 0.5 * (a[axis + 2] ?? 0) - 0.5 * a[axis], 0.5 * (b[axis + 2] ?? 0) - 0.5 * b[axis]);
    return overlap(a, b, axis) > least;
  });

/** In points: how near to a field a comment must not stand. */
const NEAR_FIELD = 6;

/** SECURITY: "9" in front of a signed "100", or "000" behind it, makes another amount without covering anything. */
export function standsBesideText(comparison: Comparison, pageNumber: number, num: number, box: TextBox): boolean {
  const content = signedContent(comparison, pageNumber);
  const adjoins = (other: TextBox, near: number): boolean => {
    const height = Math.min(other[3] - other[1], box[3] - box[1]);
    return overlap(box, other, 1) > 0.4 * height && -overlap(box, other, 0) < near;
  };
  return (
    (content?.page?.text ?? []).some((line) => adjoins(line, line[3] - line[1])) ||
    (content?.annotations ?? []).some((other) => other.num !== num && adjoins(other.box, NEAR_FIELD))
  );
}

/** The height of the highest text in the same line, nearer than that height; 0 when there is none. */
export function heightOfTextBeside(comparison: Comparison, pageNumber: number, box: TextBox): number {
  const heights = signedText(comparison, pageNumber)
    .filter((line) => overlap(box, line, 1) > 0 && -overlap(box, line, 0) < line[3] - line[1])
    .map((line) => line[3] - line[1]);
  return heights.reduce((most, height) => Math.max(most, height), 0);
}

/** Text of the signed page; empty when it cannot be read. */
export const signedText = (comparison: Comparison, pageNumber: number): readonly TextBox[] =>
  signedContent(comparison, pageNumber)?.page?.text ?? [];

/** What of it is not certain to be dark. */
export const coloredText = (comparison: Comparison, pageNumber: number): readonly TextBox[] =>
  signedContent(comparison, pageNumber)?.page?.coloredText ?? [];

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

export const overlap = (a: TextBox, b: TextBox, axis: 0 | 1): number =>
  Math.min(a[axis + 2] ?? 0, b[axis + 2] ?? 0) - Math.max(a[axis], b[axis]);

const areaOf = (box: TextBox): number => (box[2] - box[0]) * (box[3] - box[1]);
