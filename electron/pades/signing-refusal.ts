import type { Failure } from "../../shared/failure.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { xfaKind } from "./document-kind.ts";
import type { SignatureFields } from "./earlier-signatures.ts";
import { locks } from "./field-lock.ts";

/** Why an encrypted document cannot even be read: it needs a password, or something that this program does not have. */
export function lockedRefusal({ encryption }: PdfFile): Failure | null {
  if (encryption === null || encryption.authenticated !== null) {
    return null;
  }
  return { code: encryption.handler === "standard" ? "document.encrypted" : "document.encryption-unsupported" };
}

/** ISO 32000-2 table 22: signing is filling in a field, and without an empty one also making it. */
function permitsSigning({ encryption }: PdfFile, fields: SignatureFields): boolean {
  const permissions = encryption?.permissions;
  return permissions === undefined || (permissions.fillForms && (permissions.createFields || fields.empty.length > 0));
}

/** Why this document cannot be signed at all, whatever field is chosen; null when it can. */
export function documentRefusal(file: PdfFile, fields: SignatureFields): Failure | null {
  if (file.repaired && fields.signed.length > 0) {
    return { code: "document.damaged-signed" };
  }
  if (file.pageCount() === 0) {
    return { code: "document.no-pages" };
  }
  if (!permitsSigning(file, fields)) {
    return { code: "document.signing-not-permitted" };
  }
  // What the window shows is only the page that says "please wait"; nobody can sign what nobody has seen.
  if (xfaKind(file) === "dynamic") {
    return { code: "document.dynamic-form" };
  }
  // ISO 32000-2 table 257: level 1 allows no change at all; 2 and 3 allow signing.
  if (fields.certification === 1) {
    return { code: "document.certified-no-changes" };
  }
  const closing = fields.signed.find((signature) => signature.lockPermission === 1 || signature.lock?.action === "All");
  return closing === undefined ? null : { code: "document.locked-by-signature", params: { field: closing.field.name } };
}

/**
 * Why this field may not be signed because an earlier signature locks it. A new field is judged by the name it would
 * get: a verifier that finds a locked field changed calls the earlier signature broken.
 */
export function lockRefusal(fields: SignatureFields, name: string): Failure | null {
  const locking = fields.signed.find((signature) => signature.lock !== null && locks(signature.lock, name));
  return locking === undefined ? null : { code: "document.locked-by-signature", params: { field: locking.field.name } };
}

/**
 * Why a new visible field may not be added. Certification (also by the /P of a lock) levels 2 and 3 allow signing, but a mark that is drawn over a
 * certified page is the "sneaky signature" attack to every careful verifier (pdf-insecurity.org 2021), so it would
 * break the certification. An invisible signature and an existing field stay possible.
 */
export function newMarkRefusal(fields: SignatureFields): Failure | null {
  if (fields.permission === null) {
    return null;
  }
  const certifying = fields.signed.find(
    (signature) => signature.certification !== null || signature.lockPermission !== null,
  );
  return { code: "document.certified-no-new-mark", params: { field: certifying?.field.name ?? "" } };
}
