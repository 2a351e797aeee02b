import type { Failure } from "../../shared/failure.ts";
import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { FormField } from "../pdf/form-fields.ts";
import { isArray, numberOf } from "../pdf/objects.ts";
import type { PdfDict, PdfRef } from "../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../pdf/pdf-file.ts";
import type { SignatureFields } from "./earlier-signatures.ts";
import { checkSeedValues } from "./seed-values.ts";
import type { PrepareRequest } from "./signature-request.ts";
import { lockRefusal, newMarkRefusal } from "./signing-refusal.ts";

/** Where the signature goes. A rectangle of null is an invisible signature. */
export type SignatureTarget =
  | {
      readonly kind: "new";
      readonly name: string;
      readonly page: PdfPage;
      readonly rectangle: UserSpaceRectangle | null;
    }
  | {
      readonly kind: "existing";
      readonly name: string;
      readonly field: FormField;
      /** The widget; the field itself when the two are merged. Null: a field without a widget. */
      readonly widget: { readonly ref: PdfRef; readonly dict: PdfDict } | null;
      readonly page: PdfPage | null;
      readonly rectangle: UserSpaceRectangle | null;
    };

/** What decides about the target. `chain` "later": the signer is not known yet. */
export type TargetRequest = Pick<
  PrepareRequest,
  "placement" | "fieldName" | "reason" | "timestamped" | "digests" | "certification"
> & { readonly chain?: readonly Uint8Array[] | "later" };

/** Turns the person's choice into a target, or says why it cannot be. Throws PdfProblem. */
export function chooseTarget(
  file: PdfFile,
  fields: SignatureFields,
  request: TargetRequest,
): Result<SignatureTarget, Failure> {
  const { placement } = request;
  switch (placement.kind) {
    case "field":
      return existingField(file, fields, placement.field, request);
    case "invisible":
      return newField(file, fields, request.fieldName, 1, null);
    case "rectangle":
      return newField(file, fields, request.fieldName, placement.page, placement.rectangle);
  }
}

function newField(
  file: PdfFile,
  fields: SignatureFields,
  wanted: string | undefined,
  pageNumber: number,
  rectangle: UserSpaceRectangle | null,
): Result<SignatureTarget, Failure> {
  // A field "Signature1.Name" makes "Signature1" a parent that a new field must not repeat.
  const taken = new Set(fields.all.map((field) => field.name.split(".")[0] ?? field.name));
  // A partial name holds no full stop (ISO 32000-2 12.7.4.2).
  if (wanted !== undefined && (taken.has(wanted) || wanted === "" || wanted.includes("."))) {
    return failed({ code: "document.field-name-taken", params: { field: wanted } });
  }
  // ISO 32000-2 table 22: new fields need more permission than filling in those that are there.
  if (file.encryption?.permissions.createFields === false) {
    return failed({ code: "document.signing-not-permitted" });
  }
  const name = wanted ?? freeName(fields, taken);
  const locked = lockRefusal(fields, name) ?? (rectangle === null ? null : newMarkRefusal(fields));
  if (locked !== null) {
    return failed(locked);
  }
  const misplaced = placeRefusal(file, pageNumber, rectangle);
  return misplaced === null
    ? success({ kind: "new", name, page: file.page(pageNumber - 1), rectangle })
    : failed(misplaced);
}

/** Why nothing can be drawn there: no such page, or no part of it would be seen. Throws PdfProblem. */
export function placeRefusal(file: PdfFile, pageNumber: number, rectangle: UserSpaceRectangle | null): Failure | null {
  const pages = file.pageCount();
  if (!Number.isInteger(pageNumber) || pageNumber < 1 || pageNumber > pages) {
    return { code: "document.no-such-page", params: { page: pageNumber, pages } };
  }
  return rectangle !== null && !meets(rectangle, file.page(pageNumber - 1).cropBox)
    ? { code: "document.place-outside-page", params: { page: pageNumber } }
    : null;
}

/** "Signature<n>", the first that is neither taken nor locked by an earlier signature. */
function freeName(fields: SignatureFields, taken: ReadonlySet<string>): string {
  const numbers = Array.from({ length: taken.size + 1 }, (_, index) => index + 1);
  const free = numbers.map((number) => `Signature${number}`).filter((name) => !taken.has(name));
  return free.find((name) => lockRefusal(fields, name) === null) ?? free[0] ?? "Signature1";
}

/** Do the rectangle and the visible part of the page share any area? */
function meets(rectangle: UserSpaceRectangle, [left, bottom, right, top]: PdfPage["cropBox"]): boolean {
  const { x, y, width, height } = rectangle;
  return width > 0 && height > 0 && x < right && x + width > left && y < top && y + height > bottom;
}

function existingField(
  file: PdfFile,
  fields: SignatureFields,
  name: string,
  request: TargetRequest,
): Result<SignatureTarget, Failure> {
  if (fields.signed.some((signature) => signature.field.name === name)) {
    return failed({ code: "document.field-already-signed", params: { field: name } });
  }
  const field = fields.empty.find((candidate) => candidate.name === name);
  if (field === undefined) {
    return failed({ code: "document.no-such-field", params: { field: name } });
  }
  const refusal =
    lockRefusal(fields, name) ??
    checkSeedValues(file, field.dict, {
      reason: request.reason,
      timestamped: request.timestamped ?? false,
      digests: request.digests ?? ["SHA-256"],
      certification: request.certification ?? null,
      chain: request.chain ?? [],
    });
  if (refusal !== null) {
    return failed(refusal);
  }
  const [widget] = field.widgets;
  const pageIndex = widget?.page ?? null;
  return success({
    kind: "existing",
    name,
    field,
    widget: widget ?? null,
    page: pageIndex === null ? null : file.page(pageIndex),
    rectangle: widget === undefined ? null : rectangleOf(file, widget.dict),
  });
}

/** /Rect as a rectangle; null when it has no area (ISO 32000-2 12.7.5.5: an invisible signature) or is broken. */
export function rectangleOf(file: PdfFile, widget: PdfDict): UserSpaceRectangle | null {
  const rect = file.get(widget, "Rect");
  if (!isArray(rect)) {
    return null;
  }
  const [x1, y1, x2, y2] = rect.map((entry) => numberOf(file.resolve(entry)));
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
    return null;
  }
  const [width, height] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  return width === 0 || height === 0 ? null : { x: Math.min(x1, x2), y: Math.min(y1, y2), width, height };
}
