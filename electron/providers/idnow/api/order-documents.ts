import { z } from "zod";
import { base64, pageNumber, points, someText, text, whole } from "./field-types.ts";

/** The most that we send in one file; the manual names no limit, and no real one is near this. */
const MAXIMUM_FILE_BYTES = 100 * 1_048_576;

const filename = someText(50);

const position = {
  /** PDF points from the page's lower left corner. */
  SignaturePosX: points.optional(),
  SignaturePosY: points.optional(),
  SignatureWidth: points.optional(),
  SignatureHeight: points.optional(),
  SignaturePage: pageNumber.optional(),
  SignatureFieldName: someText(1000).optional(),
};

/** Manual 3.1.4, Stamping: Namirial only. */
export const stampSchema = z
  .strictObject({
    Page: pageNumber.optional(),
    PosX: points.optional(),
    PosY: points.optional(),
    /** Stamped at every hit. */
    Tag: someText(1000).optional(),
    OffsetPosX: whole.optional(),
    OffsetPosY: whole.optional(),
    Width: points.optional(),
    Height: points.optional(),
    /** With [DATE], [TIME], [DT], [SIGNEE]. */
    Content: text(500).optional(),
  })
  .refine(({ Tag, PosX, PosY }) => Tag === undefined || (PosX === undefined && PosY === undefined), {
    error: "either Tag or PosX and PosY",
    path: ["Tag"],
  })
  .refine(
    ({ Tag, OffsetPosX, OffsetPosY }) => Tag !== undefined || (OffsetPosX === undefined && OffsetPosY === undefined),
    { error: "only with Tag", path: ["OffsetPosX"] },
  );

interface Placed {
  readonly SignaturePosX?: number | undefined;
  readonly SignaturePosY?: number | undefined;
  readonly SignatureWidth?: number | undefined;
  readonly SignatureHeight?: number | undefined;
  readonly SignatureFieldName?: string | undefined;
  readonly SignatureTag?: string | undefined;
}

const hasPosition = (place: Placed): boolean => place.SignaturePosX !== undefined || place.SignaturePosY !== undefined;

/** Position, field and tag exclude each other; a size needs a position. */
function checkPlace(place: Placed, context: z.RefinementCtx): void {
  const ways = [hasPosition(place), place.SignatureFieldName !== undefined, place.SignatureTag !== undefined];
  if (ways.filter(Boolean).length > 1) {
    const path = [place.SignatureFieldName === undefined ? "SignatureTag" : "SignatureFieldName"];
    context.addIssue({ code: "custom", message: "only one of position, field and tag", path });
  }
  const hasSize = place.SignatureWidth !== undefined || place.SignatureHeight !== undefined;
  if (hasSize && !hasPosition(place)) {
    context.addIssue({
      code: "custom",
      message: "only with SignaturePosX and SignaturePosY",
      path: ["SignatureWidth"],
    });
  }
}

export const eSignPdfSchema = z
  .strictObject({
    Data: base64(MAXIMUM_FILE_BYTES),
    Filename: filename,
    ...position,
    /** Must occur exactly once in the document. */
    SignatureTag: someText(1000).optional(),
    SignatureOffsetPosX: whole.optional(),
    SignatureOffsetPosY: whole.optional(),
    Stamping: z.array(stampSchema).optional(),
  })
  .superRefine((document, context) => {
    checkPlace(document, context);
    const hasOffset = document.SignatureOffsetPosX !== undefined || document.SignatureOffsetPosY !== undefined;
    if (hasOffset && document.SignatureTag === undefined) {
      context.addIssue({ code: "custom", message: "only with SignatureTag", path: ["SignatureOffsetPosX"] });
    }
  });

/** `Hash`: the algorithm is not documented, so SHA-256, SHA-384 and SHA-512 pass here. */
export const eSignHashSchema = z.strictObject({ Hash: base64(64), Filename: filename });

export const signParametersSchema = z
  .strictObject({ Filename: filename, ...position })
  .superRefine((place, context) => checkPlace(place, context));

/** One object or an array of them; names are keys, so each may stand once. */
export const oneOrMore = <Schema extends z.ZodType<{ readonly Filename: string }>>(schema: Schema) =>
  z.union([schema, z.array(schema).min(1, "at least one").superRefine(checkNames)]);

function checkNames(documents: readonly { readonly Filename: string }[], context: z.RefinementCtx): void {
  documents.forEach(({ Filename }, index) => {
    if (documents.findIndex((other) => other.Filename === Filename) !== index) {
      context.addIssue({ code: "custom", message: "each file name only once", path: [index, "Filename"] });
    }
  });
}
