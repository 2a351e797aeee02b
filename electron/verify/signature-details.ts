import type { ChainMember, SignatureDetails, SignaturePermissions } from "../../shared/verification.ts";
import { isDict, type PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { Certificate } from "../pki/certificate.ts";
import { displayName } from "../pki/name.ts";
import { validatePath } from "../pki/path.ts";
import type { FoundSignature } from "./find-signatures.ts";
import type { LocatedSignature } from "./locate-signature.ts";
import { permissionsOf } from "./permissions.ts";
import type { JudgedSignature } from "./verify-signature.ts";

/** SECURITY: nobody reads more, and a hostile lock has a hundred thousand names. */
const MOST_FIELDS = 100;

/** What a person may want to see of a signature beyond its verdict; it changes no verdict. */
export function signatureDetails(
  { found, coverage, range, objectOffset }: LocatedSignature,
  { path, valueRight }: Pick<JudgedSignature, "path" | "valueRight">,
  file: PdfFile,
): SignatureDetails {
  // SECURITY: nobody signed what a wrong value stands over, so it is never shown as somebody's version.
  const isWhole = valueRight && coverage?.revision !== undefined && coverage.kind !== "partial";
  return {
    signedEnd: isWhole ? (range?.end ?? null) : null,
    object: found.holder?.num ?? null,
    offset: objectOffset ?? null,
    permits: permits(found, file.atRevision(coverage?.revision ?? file.revisions.length - 1)),
    chain: path === undefined ? [] : validatePath(path).chain.map(member),
  };
}

/** Read from the revision that was signed, as `later-changes.ts` does. */
function permits(found: FoundSignature, signed: PdfFile): SignaturePermissions {
  try {
    const { certification, locks } = permissionsOf(signed, found.dict, fieldDict(signed, found));
    return {
      certification: certification ?? null,
      locks: locks.map(({ action, fields }) => ({ action, fields: fields.slice(0, MOST_FIELDS) })),
    };
  } catch (error) {
    if (error instanceof PdfProblem) {
      return { certification: null, locks: [] };
    }
    throw error;
  }
}

const member = ({ subject, issuer, notBefore, notAfter, serialNumber }: Certificate): ChainMember => ({
  subject: displayName(subject),
  issuer: displayName(issuer),
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
  serialNumber: serialNumber.toString(16),
});

export function fieldDict(file: PdfFile, { fieldRef }: FoundSignature): PdfDict | undefined {
  try {
    const field = fieldRef === undefined ? null : file.fetch(fieldRef);
    return isDict(field) ? field : undefined;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}
