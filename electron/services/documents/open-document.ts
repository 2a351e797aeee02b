import { basename, dirname } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { DocumentInspection } from "../../../shared/app-state.ts";
import type { Failure, FailureCode } from "../../../shared/failure.ts";
import { openFileSource } from "../../pdf/file-source.ts";
import { openOptions, openPdf } from "../../pdf/open-pdf.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { PdfProblemCode } from "../../pdf/pdf-problem.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { openRepaired } from "../../pdf/repair.ts";
import { inspectForSigning, NOTHING_FOUND } from "../../pades/inspect-for-signing.ts";
import { lockedRefusal } from "../../pades/signing-refusal.ts";
import { readFingerprint } from "./fingerprint.ts";
import type { Fingerprint } from "./fingerprint.ts";

export interface InspectedDocument {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly fingerprint: Fingerprint;
  readonly pages: number;
  readonly inspection: DocumentInspection;
}

/** Looks at a file without loading it. A file that can be shown but not signed is opened with a refusal in its inspection. */
export async function inspectDocument(path: string, password?: string): Promise<Result<InspectedDocument, Failure>> {
  const name = basename(path);
  const fingerprint = await readFingerprint(path);
  if (!fingerprint.ok) {
    return fingerprint;
  }
  if (fingerprint.value.size === 0) {
    return failed({ code: "document.empty-file", params: { name } });
  }
  const opened = openEitherWay(path, password);
  if (!opened.ok) {
    return opened;
  }
  const file = opened.value;
  try {
    const { pages, inspection } = inspect(file, name);
    return success({ path, name, folder: basename(dirname(path)), fingerprint: fingerprint.value, pages, inspection });
  } finally {
    file.close();
  }
}

const REPAIR_FAILURES: Readonly<Partial<Record<PdfProblemCode, FailureCode>>> = {
  "not-a-pdf": "document.not-a-pdf",
  encrypted: "document.encrypted",
  "encryption-unsupported": "document.encryption-unsupported",
};

/** Opens strictly; the password is for encrypted files that do not open without. A file whose cross-reference is broken is opened by the explicit repair path and marked so. */
export function openEitherWay(path: string, password?: string): Result<PdfFile, Failure> {
  const name = basename(path);
  try {
    return success(openPdf(openFileSource(path), openOptions(password)));
  } catch (error) {
    if (!(error instanceof PdfProblem)) {
      return failed({ code: "document.not-readable", params: { name } });
    }
    if (error.code === "not-a-pdf" || error.code === "empty-file") {
      return failed({ code: "document.not-a-pdf", params: { name } });
    }
  }
  try {
    return success(openRepaired(openFileSource(path), openOptions(password)));
  } catch (error) {
    if (!(error instanceof PdfProblem)) {
      return failed({ code: "document.not-readable", params: { name } });
    }
    return failed({ code: REPAIR_FAILURES[error.code] ?? "document.damaged", params: { name } });
  }
}

function inspect(file: PdfFile, name: string): { readonly pages: number; readonly inspection: DocumentInspection } {
  const locked = lockedRefusal(file);
  if (locked !== null) {
    return { pages: 0, inspection: { ...NOTHING_FOUND, refusal: { ...locked, params: { name } } } };
  }
  try {
    const pages = file.pageCount();
    const inspection = { ...inspectForSigning(file), repaired: file.repaired };
    return { pages, inspection: { ...inspection, refusal: refusalOf(pages, inspection, name) } };
  } catch (error) {
    if (!(error instanceof PdfProblem)) {
      throw error;
    }
    return {
      pages: 0,
      inspection: {
        ...NOTHING_FOUND,
        repaired: file.repaired,
        refusal: { code: "document.damaged", params: { name } },
      },
    };
  }
}

function refusalOf(pages: number, inspection: DocumentInspection, name: string): Failure | null {
  if (pages === 0) {
    return { code: "document.no-pages", params: { name } };
  }
  // A repaired file is rewritten before its first signature; rewriting would break the signatures it has.
  if (inspection.repaired && inspection.signatures.length > 0) {
    return { code: "document.damaged-signed", params: { name } };
  }
  return inspection.refusal;
}

/** Whether an encrypted file opens with this password. "unreadable": it is not there or is no sound PDF; others tell why. */
export function lockOf(path: string, password: string | undefined): "open" | "locked" | "unreadable" {
  const opened = openEitherWay(path, password);
  if (!opened.ok) {
    return "unreadable";
  }
  try {
    const locked = lockedRefusal(opened.value)?.code === "document.encrypted";
    return locked ? "locked" : opened.value.repaired ? "unreadable" : "open";
  } finally {
    opened.value.close();
  }
}
