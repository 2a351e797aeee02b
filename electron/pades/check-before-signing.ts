import type { DocumentWarning } from "../../shared/document-warning.ts";
import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { certifyRefusal } from "./certification.ts";
import { coveredPlaces } from "./covered-places.ts";
import { documentWarnings } from "./document-kind.ts";
import { readSignatureFields } from "./earlier-signatures.ts";
import type { SignatureFields } from "./earlier-signatures.ts";
import { seedWishes } from "./seed-values.ts";
import type { PrepareRequest } from "./signature-request.ts";
import { chooseTarget } from "./signature-target.ts";
import type { SignatureTarget, TargetRequest } from "./signature-target.ts";
import { documentRefusal, lockedRefusal } from "./signing-refusal.ts";

export type SigningIntent = TargetRequest & Pick<PrepareRequest, "lockFields">;

export interface SigningDecision {
  readonly fields: SignatureFields;
  readonly target: SignatureTarget;
}

/** Whether and where this document can be signed as wanted, or why not. Throws PdfProblem. */
export function decideSigning(file: PdfFile, intent: SigningIntent): Result<SigningDecision, Failure> {
  const locked = lockedRefusal(file);
  if (locked !== null) {
    return failed(locked);
  }
  const fields = readSignatureFields(file);
  const refusal = documentRefusal(file, fields) ?? (intent.certification === undefined ? null : certifyRefusal(fields));
  if (refusal !== null) {
    return failed(refusal);
  }
  const target = chooseTarget(file, fields, intent);
  if (!target.ok) {
    return target;
  }
  const covering = coveringRefusal(file, fields, target.value);
  return covering === null ? success({ fields, target: target.value }) : failed(covering);
}

/**
 * The same decision before anything is written and anybody is asked, with what the person should know. Throws PdfProblem.
 */
export function checkBeforeSigning(file: PdfFile, intent: SigningIntent): Result<readonly DocumentWarning[], Failure> {
  const decision = decideSigning(file, intent);
  if (!decision.ok) {
    return decision;
  }
  const { fields, target } = decision.value;
  return success([
    ...documentWarnings(file, fields),
    ...coveredPlaces(file, fields, target),
    ...fieldWarnings(file, target, intent),
  ]);
}

/** After a certification, a mark over the certified signature's own hides who certified ("sneaky signature", 2021). */
function coveringRefusal(file: PdfFile, fields: SignatureFields, target: SignatureTarget): Failure | null {
  if (fields.permission === null) {
    return null;
  }
  const covered = coveredPlaces(file, fields, target).find(({ code }) => code === "covers-signature");
  const field = covered?.params?.["field"];
  return field === undefined ? null : { code: "document.covers-certified", params: { field } };
}

function fieldWarnings(file: PdfFile, target: SignatureTarget, intent: SigningIntent): readonly DocumentWarning[] {
  if (target.kind === "new") {
    return [];
  }
  const { name: field } = target;
  const url = seedWishes(file, target.field.dict)?.timestampUrl ?? null;
  const keepsLock = intent.lockFields === true && file.get(target.field.dict, "Lock") !== null;
  return [
    ...(url === null ? [] : [{ code: "field-timestamp-service" as const, params: { field, url } }]),
    ...(keepsLock ? [{ code: "field-keeps-its-lock" as const, params: { field } }] : []),
  ];
}
