import { open, stat } from "node:fs/promises";
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

/** What was on the disk when the person looked: a file that is no longer this one is not signed. */
export interface Fingerprint {
  readonly size: number;
  readonly modifiedNanoseconds: string;
  readonly inode: string;
}

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

/** Compares what is on the disk now with what was opened. */
export async function checkUnchanged(path: string, expected: Fingerprint): Promise<Failure | null> {
  const now = await readFingerprint(path);
  if (!now.ok) {
    return now.failure;
  }
  const same =
    now.value.size === expected.size &&
    now.value.modifiedNanoseconds === expected.modifiedNanoseconds &&
    now.value.inode === expected.inode;
  return same ? null : { code: "document.changed-on-disk", params: { name: basename(path) } };
}

async function readFingerprint(path: string): Promise<Result<Fingerprint, Failure>> {
  const name = basename(path);
  try {
    const facts = await stat(path, { bigint: true });
    if (!facts.isFile()) {
      return failed({ code: "document.not-readable", params: { name } });
    }
    // Opening tells at once whether the person may read it.
    await (await open(path, "r")).close();
    return success({ size: Number(facts.size), modifiedNanoseconds: String(facts.mtimeNs), inode: String(facts.ino) });
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return failed({ code: missing ? "document.not-found" : "document.not-readable", params: { name } });
  }
}
