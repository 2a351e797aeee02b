import type { DocumentWarning } from "../../shared/document-warning.ts";
import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { isArray, isDict, isName, isRef, refKey } from "../pdf/objects.ts";
import type { PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { SignatureFields } from "./earlier-signatures.ts";
import { rectangleOf } from "./signature-target.ts";
import type { SignatureTarget } from "./signature-target.ts";

/** Hidden and NoView (ISO 32000-2 table 167). */
const NOT_SHOWN = 2 | 32;
/** Points. Marks that are put edge to edge touch each other; that is not covering. */
const TOUCHING = 0.5;
/** SECURITY: a page can have a hundred thousand annotations; nobody needs each of them told. */
const MOST_WARNINGS = 10;

/** What the new mark would be drawn over: fields, earlier signatures' marks, annotations. Linear in the page's annotations. */
export function coveredPlaces(
  file: PdfFile,
  fields: SignatureFields,
  target: SignatureTarget,
): readonly DocumentWarning[] {
  const { page, rectangle } = target;
  const annotations = page === null ? null : file.get(page.dict, "Annots");
  if (page === null || rectangle === null || !isArray(annotations)) {
    return [];
  }
  const own = target.kind === "existing" ? new Set(target.field.widgets.map(({ ref }) => refKey(ref))) : new Set();
  const owners = ownersOf(fields);
  const warnings = new Map<string, DocumentWarning>();
  for (const entry of annotations) {
    const annotation = file.resolve(entry);
    const isOwn = isRef(entry) && own.has(refKey(entry));
    if (isOwn || !isDict(annotation) || !isShown(file, annotation) || !overlaps(file, annotation, rectangle)) {
      continue;
    }
    const owner = isRef(entry) ? owners.get(refKey(entry)) : undefined;
    const warning: DocumentWarning = owner ?? { code: "covers-annotation", params: { page: page.index + 1 } };
    warnings.set(JSON.stringify(warning), warning);
    if (warnings.size === MOST_WARNINGS) {
      break;
    }
  }
  return [...warnings.values()];
}

/** The widgets of all fields, with what covering them means. */
function ownersOf(fields: SignatureFields): ReadonlyMap<string, DocumentWarning> {
  const signed = new Set(fields.signed.map(({ field }) => field.name));
  return new Map(
    fields.all.flatMap((field) => {
      const code = signed.has(field.name) ? "covers-signature" : "covers-field";
      const warning: DocumentWarning = { code, params: { field: field.name } };
      return field.widgets.map(({ ref }) => [refKey(ref), warning] as const);
    }),
  );
}

function isShown(file: PdfFile, annotation: PdfDict): boolean {
  const flags = file.get(annotation, "F");
  // ISO 32000-2 12.5.6.14: a pop-up is only there while somebody reads a comment.
  return (typeof flags !== "number" || (flags & NOT_SHOWN) === 0) && !isName(file.get(annotation, "Subtype"), "Popup");
}

function overlaps(file: PdfFile, annotation: PdfDict, mark: UserSpaceRectangle): boolean {
  const other = rectangleOf(file, annotation);
  return (
    other !== null &&
    Math.min(mark.x + mark.width, other.x + other.width) - Math.max(mark.x, other.x) > TOUCHING &&
    Math.min(mark.y + mark.height, other.y + other.height) - Math.max(mark.y, other.y) > TOUCHING
  );
}
