import type { InitialsDesign } from "../../shared/mark-design.ts";
import { pagesIn, parsePageRanges } from "../../shared/page-ranges.ts";
import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { dict, name } from "../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { AppearanceRequest } from "./appearance/appearance-request.ts";
import { composeInitials } from "./appearance/compose-mark.ts";
import type { MarkFont } from "./appearance/mark-font.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { viewerGeometry, writeAppearance } from "./appearance/write-appearance.ts";
import { allowsTransparency, claimsPdfA1 } from "./catalog-metadata.ts";
import { markTextOf } from "./drawn-request.ts";
import type { DrawnRequest } from "./drawn-request.ts";
import type { NewAnnotations } from "./form-update.ts";
import { pdfDate, real, textString } from "./pdf-values.ts";
import type { AnnotationPlace } from "./tag-annotations.ts";

/** Print, ReadOnly, Locked and LockedContents (ISO 32000-2 table 167): a stamp that nobody moves by accident. */
const STAMP_FLAGS = 4 | 64 | 128 | 512;

/** Stamps that have their object numbers but are not written yet: the structure tree must know them first. */
export interface PlannedInitials {
  readonly places: readonly AnnotationPlace[];
  /** Writes them; what each annotation and its page must say besides comes from the structure tree. */
  readonly write: (entriesOf: (index: number, page: PdfPage) => StampEntries) => readonly NewAnnotations[];
}

export interface StampEntries {
  readonly annotation: Readonly<Record<string, PdfObject>>;
  readonly page: Readonly<Record<string, PdfObject>>;
}

export const NO_INITIALS: PlannedInitials = { places: [], write: () => [] };

/**
 * The initials for the chosen pages, as annotations of the same revision, so that the one signature covers them. Linear
 * in the pages that are touched; all stamps of one orientation share one drawing.
 *
 * Not as further widgets of the signature field: "signature fields shall never refer to more than one annotation"
 * (ISO 32000-2 12.7.5.5). See docs/decisions/016.
 */
export function planInitials(
  file: PdfFile,
  sink: ObjectSink,
  request: DrawnRequest,
  utcOffsetMinutes: number,
): PlannedInitials {
  const { appearance, markFont } = request;
  const initials = appearance?.initials ?? null;
  if (appearance === null || initials === null || markFont === null) {
    return NO_INITIALS;
  }
  const draw = sharedDrawings(file, sink, request, { ...appearance, initials }, markFont, utcOffsetMinutes);
  const ranges = parsePageRanges(initials.design.pages) ?? [];
  const places = pagesIn(ranges, file.pageCount()).map(
    (number) => ({ annotation: sink.allocate(), page: file.page(number - 1), kind: "Annot" }) as const,
  );
  return {
    places,
    write: (entriesOf) =>
      places.map(({ annotation, page }, index) => {
        const entries = entriesOf(index, page);
        sink.set(annotation, stamp(request, initials.design, page, utcOffsetMinutes, draw(page.rotate), entries));
        return { page, annotations: [annotation], entries: entries.page };
      }),
  };
}

function stamp(
  request: DrawnRequest,
  design: InitialsDesign,
  page: PdfPage,
  utcOffsetMinutes: number,
  drawing: PdfRef,
  entries: StampEntries,
): PdfObject {
  const { x, y, width, height } = cornerRectangle(design, page);
  const { signerName, claimedTime } = request;
  return dict({
    Type: name("Annot"),
    Subtype: name("Stamp"),
    Rect: [real(x), real(y), real(x + width), real(y + height)],
    F: STAMP_FLAGS,
    P: page.ref,
    M: textString(pdfDate(claimedTime, utcOffsetMinutes)),
    ...(signerName === null || signerName === "" ? {} : { T: textString(signerName) }),
    // What a screen reader says instead of the drawing (PDF/UA, ISO 14289-1 7.18.1).
    Contents: textString("Initials"),
    ...entries.annotation,
    AP: dict({ N: drawing }),
  });
}

/** One form XObject for each page rotation that occurs. */
function sharedDrawings(
  file: PdfFile,
  sink: ObjectSink,
  request: DrawnRequest,
  appearance: AppearanceRequest & { readonly initials: NonNullable<AppearanceRequest["initials"]> },
  markFont: typeof MarkFont,
  utcOffsetMinutes: number,
): (rotate: PdfPage["rotate"]) => PdfRef {
  const { design, image } = appearance.initials;
  const known = new Map<PdfPage["rotate"], PdfRef>();
  const environment = { transparency: allowsTransparency(file), cidSet: claimsPdfA1(file) };
  return (rotate) => {
    const earlier = known.get(rotate);
    if (earlier !== undefined) {
      return earlier;
    }
    const sideways = rotate % 180 !== 0;
    const size = sideways
      ? { width: design.height, height: design.width }
      : { width: design.width, height: design.height };
    const spec = { ...size, rotate, ...environment };
    const font = new markFont(appearance.font);
    const text = markTextOf(request, appearance, utcOffsetMinutes);
    const parts = { design, text, words: appearance.words, picture: image };
    const drawing = composeInitials(parts, viewerGeometry(spec), font);
    const form = writeAppearance(sink, { ...spec, mark: { drawing, font, image } });
    if (font.missing.length > 0) {
      appearance.onMissingCharacters?.(font.missing);
    }
    known.set(rotate, form);
    return form;
  };
}

/**
 * The corner as the reader sees the page: after /Rotate, within the crop box, lengths in points whatever the UserUnit.
 * On a page that is too small for it the stamp is as large as the page.
 */
function cornerRectangle(
  design: InitialsDesign,
  page: Pick<PdfPage, "cropBox" | "rotate" | "userUnit">,
): UserSpaceRectangle {
  const [left, bottom, right, top] = page.cropBox;
  const sideways = page.rotate % 180 !== 0;
  const seen = sideways ? { width: top - bottom, height: right - left } : { width: right - left, height: top - bottom };
  const inUnits = (points: number): number => points / page.userUnit;
  const width = Math.min(inUnits(design.width), seen.width);
  const height = Math.min(inUnits(design.height), seen.height);
  const margin = inUnits(design.margin);
  const fromLeft = design.corner.endsWith("left") ? margin : seen.width - margin - width;
  const fromBottom = design.corner.startsWith("bottom") ? margin : seen.height - margin - height;
  const x = Math.min(Math.max(0, fromLeft), seen.width - width);
  const y = Math.min(Math.max(0, fromBottom), seen.height - height);
  // The inverse of turning the page clockwise by /Rotate (ISO 32000-2 table 31).
  switch (page.rotate) {
    case 0:
      return { x: left + x, y: bottom + y, width, height };
    case 90:
      return { x: right - y - height, y: bottom + x, width: height, height: width };
    case 180:
      return { x: right - x - width, y: top - y - height, width, height };
    case 270:
      return { x: left + y, y: top - x - width, width: height, height: width };
  }
}
