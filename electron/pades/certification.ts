import { CERTIFICATIONS } from "../../shared/certification.ts";
import type { Certification } from "../../shared/certification.ts";
import type { Failure } from "../../shared/failure.ts";
import { dict, isDict, name } from "../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { ObjectSink } from "./appearance/object-sink.ts";
import type { SignatureFields } from "./earlier-signatures.ts";
import { lastReference, withEntries } from "./form-update.ts";

/** /P of the DocMDP transform parameters. */
export function certificationLevel(certification: Certification): 1 | 2 | 3 {
  return ([1, 2, 3] as const)[CERTIFICATIONS.indexOf(certification)] ?? 1;
}

/**
 * Why a signature cannot certify this document; null when it can. ISO 32000-2 12.8.2.2.1: the certification signature is
 * the only one of its kind and the first signed field. A document timestamp is the value of a signature field too
 * (12.8.5), so that one before it also comes too early.
 */
export function certifyRefusal(fields: SignatureFields): Failure | null {
  if (fields.certification === null && fields.signed.length === 0) {
    return null;
  }
  const isTimestamp = fields.signed.length > 0 && fields.signed.every((signature) => signature.timestamp);
  return { code: isTimestamp ? "document.certify-after-timestamp" : "document.certify-not-first" };
}

/** The signature reference that makes a signature a certification (ISO 32000-2 tables 256 and 257). */
export const certificationReference = (certification: Certification): PdfDict =>
  dict({
    Type: name("SigRef"),
    TransformMethod: name("DocMDP"),
    TransformParams: dict({ Type: name("TransformParams"), P: certificationLevel(certification), V: name("1.2") }),
    DigestMethod: name("SHA256"),
  });

/**
 * /Perms /DocMDP (ISO 32000-2 12.8.6) names the certifying signature. Answers what must change in the catalog: nothing
 * when the dictionary is an object of its own, which is written again with its other entries.
 */
export function permissionsChange(
  file: PdfFile,
  sink: ObjectSink,
  signature: PdfRef,
): Readonly<Record<string, PdfObject>> {
  const entry = file.catalog.entries.get("Perms");
  const permissions = file.resolve(entry);
  const changed = isDict(permissions) ? withEntries(permissions, { DocMDP: signature }) : dict({ DocMDP: signature });
  const reference = isDict(permissions) ? lastReference(file, entry) : null;
  if (reference === null) {
    return { Perms: changed };
  }
  sink.set(reference, changed);
  return {};
}
