import { dict, name } from "../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import { composeMark } from "./appearance/compose-mark.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import { viewerGeometry, writeAppearance } from "./appearance/write-appearance.ts";
import { allowsTransparency, claimsPdfA1 } from "./catalog-metadata.ts";
import { markTextOf } from "./drawn-request.ts";
import type { DrawnRequest } from "./drawn-request.ts";
import { addAnnotations, updateForm, withEntries } from "./form-update.ts";
import type { NewAnnotations } from "./form-update.ts";
import { real, textString } from "./pdf-values.ts";
import type { SignatureTarget } from "./signature-target.ts";
import { tabOrderOf, tagAnnotations } from "./tag-annotations.ts";
import type { Tagging } from "./tag-annotations.ts";
import { NO_INITIALS } from "./write-initials.ts";
import type { PlannedInitials, StampEntries } from "./write-initials.ts";

/** Print and Locked (ISO 32000-2 table 167); PDF/A asks for Print and forbids Hidden, Invisible and NoView. */
const WIDGET_FLAGS = 132;

/**
 * Writes everything around the signature dictionary: field, widget, appearance, form, the page's annotation list. The
 * answer says what must change in the catalog, which others change too.
 */
export function writeSignatureField(
  file: PdfFile,
  sink: ObjectSink,
  target: SignatureTarget,
  signature: PdfRef,
  request: DrawnRequest,
  utcOffsetMinutes: number,
  initials: PlannedInitials = NO_INITIALS,
): Readonly<Record<string, PdfObject>> {
  const drawing = writeDrawing(file, sink, target, request, utcOffsetMinutes);
  const appearance: Record<string, PdfObject> = drawing === null ? {} : { AP: dict({ N: drawing }) };
  if (target.kind === "new") {
    const field = sink.allocate();
    const { page, rectangle } = target;
    const own = rectangle === null ? [] : [{ annotation: field, page, kind: "Form" } as const];
    const tagging = request.tagged === true ? tagAnnotations(file, sink, [...own, ...initials.places]) : null;
    const seen = tagging !== null && rectangle !== null;
    sink.set(
      field,
      dict({
        Type: name("Annot"),
        Subtype: name("Widget"),
        FT: name("Sig"),
        T: textString(target.name),
        // ISO 32000-2 12.7.5.5: no width and no height makes it invisible.
        Rect: rectangleArray(target),
        F: WIDGET_FLAGS,
        P: page.ref,
        // ISO 14289-1 7.18.4: a field of a tagged document has a name that can be read aloud.
        ...(seen ? { TU: textString(fieldDescription(request.signerName)), ...tagging.annotation(0) } : {}),
        ...appearance,
        ...(request.lock === undefined || request.lock === null ? {} : { Lock: request.lock }),
        V: signature,
      }),
    );
    const hidden = request.tagged === true && rectangle === null;
    const order = hidden ? tabOrderOf(file, page) : seen ? tagging.page(page) : {};
    const stamps = initials.write((index, stamped) => stampEntries(tagging, own.length + index, stamped));
    addAnnotations(file, sink, withWidget(stamps, page, field, order));
    return updateForm(file, sink, field);
  }
  const { field, widget } = target;
  const merged = widget !== null && widget.ref.num === field.ref.num;
  sink.set(field.ref, withEntries(field.dict, { ...(merged ? appearance : {}), V: signature }));
  if (widget !== null && !merged && drawing !== null) {
    sink.set(widget.ref, withEntries(widget.dict, appearance));
  }
  const tagging = request.tagged === true ? tagAnnotations(file, sink, initials.places) : null;
  addAnnotations(
    file,
    sink,
    initials.write((index, page) => stampEntries(tagging, index, page)),
  );
  return updateForm(file, sink, null);
}

const stampEntries = (tagging: Tagging | null, index: number, page: PdfPage): StampEntries => ({
  annotation: tagging?.annotation(index) ?? {},
  page: tagging?.page(page) ?? {},
});

const fieldDescription = (signerName: string | null): string =>
  signerName === null ? "Signature" : `Signature: ${signerName}`;

/** The widget's page may carry initials too; it is written once, with both. */
function withWidget(
  initials: readonly NewAnnotations[],
  page: PdfPage,
  widget: PdfRef,
  entries: NewAnnotations["entries"] = {},
): readonly NewAnnotations[] {
  const own = initials.find((entry) => entry.page.index === page.index);
  const others = initials.filter((entry) => entry !== own);
  return [
    { page, annotations: [widget, ...(own?.annotations ?? [])], entries: { ...own?.entries, ...entries } },
    ...others,
  ];
}

function rectangleArray(target: SignatureTarget): PdfObject {
  if (target.rectangle === null) {
    return [0, 0, 0, 0];
  }
  const { x, y, width, height } = target.rectangle;
  return [real(x), real(y), real(x + width), real(y + height)];
}

/** The form XObject; null where none is needed: an invisible field outside PDF/A-1 (which wants one for every field). */
function writeDrawing(
  file: PdfFile,
  sink: ObjectSink,
  target: SignatureTarget,
  request: DrawnRequest,
  utcOffsetMinutes: number,
): PdfRef | null {
  const { rectangle } = target;
  const pdfA1 = claimsPdfA1(file);
  if (rectangle === null && !pdfA1) {
    return null;
  }
  const { appearance, markFont } = request;
  // Laid out in points, so that text is as large as on any other page; the viewer fits the drawing into the rectangle.
  const unit = target.page?.userUnit ?? 1;
  const spec = {
    width: (rectangle?.width ?? 0) * unit,
    height: (rectangle?.height ?? 0) * unit,
    rotate: target.page?.rotate ?? 0,
    transparency: allowsTransparency(file),
    cidSet: pdfA1,
  };
  if (rectangle === null || appearance === null || markFont === null) {
    return writeAppearance(sink, { ...spec, mark: null });
  }
  const font = new markFont(appearance.font);
  const { image, design, words, documentDigest } = appearance;
  const text = markTextOf(request, appearance, utcOffsetMinutes);
  const drawing = composeMark({ design, text, words, picture: image, documentDigest }, viewerGeometry(spec), font);
  const form = writeAppearance(sink, { ...spec, mark: { drawing, font, image } });
  if (font.missing.length > 0) {
    appearance.onMissingCharacters?.(font.missing);
  }
  return form;
}
