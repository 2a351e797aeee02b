import { isArray, isDict, isStream, isString } from "../../pdf/objects.ts";
import type { PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { decodeTextString } from "../../pdf/text-string.ts";
import { pdfAClaim } from "../catalog-metadata.ts";
import { documentWarnings, xfaKind } from "../document-kind.ts";
import { readSignatureFields } from "../earlier-signatures.ts";
import { namesIn } from "./name-tree.ts";

/**
 * Why files cannot be put into a document without harming it or what others can say of it:
 * - "encrypted": a reader without the password could not get at them.
 * - "damaged": it cannot be continued by appending.
 * - "signed": an earlier signature would be questioned by whatever is added that is no signature.
 * - "pdfa": the part of PDF/A that it claims allows no such files.
 * - "form": its pages are made by a program when it is opened, or usage rights forbid the change.
 * - "portfolio": whatever is attached would be shown as one of its documents.
 * - "names": files of these names are attached already, or its list of files cannot be read.
 */
export type AttachmentObstacle = "encrypted" | "damaged" | "signed" | "pdfa" | "form" | "portfolio" | "names";

/** Null: nothing speaks against it. Throws PdfProblem. */
export function attachmentObstacle(file: PdfFile, names: readonly string[]): AttachmentObstacle | null {
  if (file.encrypted) {
    return "encrypted";
  }
  if (file.repaired) {
    return "damaged";
  }
  const fields = readSignatureFields(file);
  if (fields.signed.length > 0 || fields.permission !== null) {
    return "signed";
  }
  if (!allowsAttachments(file)) {
    return "pdfa";
  }
  const kinds = documentWarnings(file, fields).map(({ code }) => code);
  if (xfaKind(file) === "dynamic" || kinds.includes("usage-rights")) {
    return "form";
  }
  if (kinds.includes("portfolio")) {
    return "portfolio";
  }
  const taken = attachedNames(file);
  return taken === null || names.some((name) => taken.has(name)) ? "names" : null;
}

/**
 * ISO 19005-1 6.1.11 allows no embedded files, ISO 19005-2 6.8 and ISO 19005-4 6.9 only such as are PDF/A themselves;
 * ISO 19005-3 6.8 and the conformance level "4f" (ISO 19005-4 annex B) allow any.
 */
function allowsAttachments(file: PdfFile): boolean {
  const claim = pdfAClaim(file);
  return claim === null || claim.part === 3 || (claim.part === 4 && claim.conformance === "F");
}

/** Names by which attached files are known, in the list of files or by association; null: they cannot be read. */
function attachedNames(file: PdfFile): ReadonlySet<string> | null {
  const entry = file.get(file.catalog, "Names");
  const files = isDict(entry) ? namesIn(file, entry.entries.get("EmbeddedFiles")) : [];
  if (files === null || (entry !== null && !isDict(entry))) {
    return null;
  }
  const associated = file.get(file.catalog, "AF");
  const specifications = [...files.map(({ value }) => value), ...(isArray(associated) ? associated : [associated])];
  return new Set([
    ...files.map(({ key }) => decodeTextString(key)),
    ...specifications.flatMap((specification) => namesOf(file, specification)),
  ]);
}

function namesOf(file: PdfFile, entry: PdfObject): readonly string[] {
  const specification = file.resolve(entry);
  if (!isDict(specification) || isStream(specification)) {
    return [];
  }
  return ["F", "UF"].flatMap((key) => {
    const name = file.get(specification, key);
    return isString(name) ? [decodeTextString(name.bytes)] : [];
  });
}
