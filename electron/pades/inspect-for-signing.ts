import type { DocumentInspection } from "../../shared/app-state.ts";
import type { FormField } from "../pdf/form-fields.ts";
import { isString } from "../pdf/objects.ts";
import type { PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { findSigner } from "../pki/check-signer-info.ts";
import { parseSignedData } from "../pki/cms-signed-data.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { nameValue } from "../pki/name.ts";
import { OID } from "../pki/oids.ts";
import { personName } from "./appearance/person-name.ts";
import { readSignatureFields } from "./earlier-signatures.ts";
import { documentWarnings } from "./document-kind.ts";
import { seedWishes } from "./seed-values.ts";
import { rectangleOf } from "./signature-target.ts";
import { documentRefusal, lockedRefusal } from "./signing-refusal.ts";

/** Hidden and NoView (ISO 32000-2 table 167). */
const NOT_SHOWN = 2 | 32;

/**
 * What the signer should know before signing. Pages count from 1. Nothing is judged here: the signers' names are what
 * the signatures say, verified or not. Throws PdfProblem for a file whose form or pages cannot be read.
 */
export function inspectForSigning(file: PdfFile): DocumentInspection {
  const locked = lockedRefusal(file);
  if (locked !== null) {
    return { ...NOTHING_FOUND, repaired: file.repaired, refusal: locked };
  }
  const fields = readSignatureFields(file);
  return {
    signatures: fields.signed.map(({ field, dictionary }) => ({
      field: field.name,
      signer: signerOf(file, dictionary),
    })),
    emptyFields: fields.empty.map((field) => describeEmpty(file, field)),
    certification: fields.certification,
    refusal: documentRefusal(file, fields),
    repaired: file.repaired,
    warnings: documentWarnings(file, fields),
  };
}

/** What is known of a document of which nothing could be read. */
export const NOTHING_FOUND: DocumentInspection = {
  signatures: [],
  emptyFields: [],
  certification: null,
  refusal: null,
  repaired: false,
  warnings: [],
};

function describeEmpty(file: PdfFile, field: FormField): DocumentInspection["emptyFields"][number] {
  const [widget] = field.widgets;
  const wishes = seedWishes(file, field.dict);
  const asks = {
    reasons: wishes?.reasons ?? null,
    reasonRequired: wishes?.reasonRequired ?? false,
    certification: wishes?.certification ?? null,
  };
  if (widget === undefined) {
    return { name: field.name, page: null, visible: false, ...asks };
  }
  const flags = file.get(widget.dict, "F");
  const shown = typeof flags !== "number" || (flags & NOT_SHOWN) === 0;
  return {
    name: field.name,
    page: widget.page === null ? null : widget.page + 1,
    visible: shown && rectangleOf(file, widget.dict) !== null,
    ...asks,
  };
}

/** Common name of the signer as the CMS names it, without any national number; null when it cannot be read. */
function signerOf(file: PdfFile, signature: PdfDict): string | null {
  const contents = file.get(signature, "Contents");
  if (!isString(contents)) {
    return null;
  }
  try {
    const cms = parseSignedData(contents.bytes);
    const [info] = cms.signerInfos;
    const signer = info === undefined ? undefined : findSigner(cms, info);
    if (signer === undefined) {
      return null;
    }
    const name = personName({
      commonName: nameValue(signer.subject, OID.commonName) ?? null,
      serialNumber: nameValue(signer.subject, OID.serialNumber) ?? null,
    });
    return name === "" ? null : name;
  } catch (error) {
    // Somebody else's broken signature: the verifier will say what is wrong with it.
    if (error instanceof DerProblem) {
      return null;
    }
    throw error;
  }
}
