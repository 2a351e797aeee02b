import type { DocumentWarning } from "../../shared/document-warning.ts";
import { isDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { SignatureFields } from "./earlier-signatures.ts";

/** A form of the XML Forms Architecture (ISO 32000-1 12.7.8; deprecated in ISO 32000-2). */
export function xfaKind(file: PdfFile): "none" | "static" | "dynamic" {
  const form = file.get(file.catalog, "AcroForm");
  if (!isDict(form) || file.get(form, "XFA") === null) {
    return "none";
  }
  // ISO 32000-1 table 28: /NeedsRendering: the pages are made when the file is opened; those in it are not the document.
  return file.get(file.catalog, "NeedsRendering") === true ? "dynamic" : "static";
}

/** What is told of the document itself, wherever it is signed. Throws PdfProblem. */
export function documentWarnings(file: PdfFile, fields: SignatureFields): readonly DocumentWarning[] {
  const { catalog } = file;
  const permissions = file.get(catalog, "Perms");
  const form = file.get(catalog, "AcroForm");
  const codes: DocumentWarning["code"][] = [];
  if (xfaKind(file) !== "none") {
    codes.push("xfa");
  }
  // ISO 32000-2 12.3.5.
  if (isDict(file.get(catalog, "Collection"))) {
    codes.push("portfolio");
  }
  // ISO 32000-2 12.8.2.3: usage rights, granted by a signature of their own; /UR is the form of PDF 1.5.
  if (isDict(permissions) && ["UR3", "UR"].some((key) => isDict(file.get(permissions, key)))) {
    codes.push("usage-rights");
  }
  // ISO 32000-2 table 224: readers draw all fields anew. With signature fields alone there is nothing to draw.
  const drawsFields = isDict(form) && file.get(form, "NeedAppearances") === true;
  if (drawsFields && fields.all.some(({ type }) => type !== "Sig")) {
    codes.push("unfinished-form");
  }
  return codes.map((code) => ({ code }));
}
