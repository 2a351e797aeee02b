import type { FileReport, FileVerdict, Reason } from "../../shared/verification.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import { FileChanged } from "./content-digest.ts";
import { note, toReason } from "./finding.ts";
import { WorkLimitReached } from "./work-limit.ts";

/** A report without a word about signatures: the file could not be looked through. */
export const without = (file: string, verdict: FileVerdict, ...reasons: readonly Reason[]): FileReport => ({
  file,
  verdict,
  reasons,
  signatures: [],
});

/** The strict reader refused the file. With signatures in it that is a failure of format, never "no signature". */
export function unopened(path: string, error: unknown, hits: readonly number[]): FileReport {
  if (!(error instanceof PdfProblem)) {
    throw error;
  }
  const place = error.offset === undefined ? {} : { offset: error.offset };
  const reason = { code: `pdf.${error.code}`, message: error.message, ...place };
  const [hit] = hits;
  if (hit === undefined) {
    return without(path, "UNREADABLE", reason);
  }
  const message =
    "The file has a signature, but its structure is damaged, so different programs may show different documents.";
  return without(path, "TOTAL-FAILED", { code: "format.damaged", message, offset: hit }, reason);
}

export function encrypted(path: string, hits: readonly number[], needsPassword: boolean): FileReport {
  const [hit] = hits;
  const reasons = [
    needsPassword
      ? { code: "document.encrypted", message: "The document can be read only with its password." }
      : {
          code: "document.encryption-unsupported",
          message: "The document is encrypted in a way that is not supported.",
        },
    ...(hit === undefined
      ? []
      : [toReason(note("signature.unchecked", "It has a signature that was not checked.", { offset: hit }))]),
  ];
  return without(path, hit === undefined ? "UNREADABLE" : "INDETERMINATE", ...reasons);
}

/** The file is not the one that was looked through: nothing is known about either of them. */
export const changedMeanwhile = (path: string): FileReport =>
  without(path, "INDETERMINATE", {
    code: "file.changed",
    message: "The file was changed while it was being checked.",
  });

/** Anything that is no problem of the PDF itself: no such file, no right to read it, too much work, a bug. */
export function unreadable(path: string, error: unknown, wasOpened: boolean): FileReport {
  if (error instanceof PdfProblem) {
    return without(path, "UNREADABLE", { code: `pdf.${error.code}`, message: error.message });
  }
  if (error instanceof WorkLimitReached) {
    return tooMuchWork(path);
  }
  if (error instanceof FileChanged) {
    return changedMeanwhile(path);
  }
  if (error instanceof Error && error.name === "AbortError") {
    return cancelled(path);
  }
  if (!wasOpened) {
    return without(path, "UNREADABLE", { code: "file.unreadable", message: openingMessage(error) });
  }
  if (isSystemError(error)) {
    return without(path, "UNREADABLE", { code: "file.unreadable", message: "The file cannot be read to its end." });
  }
  return without(path, "INDETERMINATE", {
    code: "verification.error",
    message: "The verification stopped because of an unexpected error.",
  });
}

export const cancelled = (path: string): FileReport =>
  without(path, "INDETERMINATE", { code: "verification.cancelled", message: "The verification was cancelled." });

export const tooMuchWork = (path: string): FileReport =>
  without(path, "INDETERMINATE", {
    code: "limit.time",
    message: "The file takes more work than any honest file of its size; checking it was stopped.",
  });

export const tooMuchMemory = (path: string): FileReport =>
  without(path, "UNREADABLE", {
    code: "limit.memory",
    message: "The file takes more memory than allowed; checking it was stopped.",
  });

/** The thread that judged the file ended by itself. */
export const workerLost = (path: string): FileReport =>
  without(path, "UNREADABLE", {
    code: "verification.error",
    message: "The verification stopped because of an unexpected error.",
  });

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

const OPENING_MESSAGES: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "There is no such file."],
  ["ENOTDIR", "There is no such file."],
  ["EACCES", "The file cannot be opened: reading it is not permitted."],
  ["EPERM", "The file cannot be opened: reading it is not permitted."],
  ["ELOOP", "The file cannot be opened: its links lead in a circle."],
  ["ENAMETOOLONG", "The file cannot be opened: its path is too long."],
]);

const openingMessage = (error: unknown): string =>
  (isSystemError(error) ? OPENING_MESSAGES.get(error.code ?? "") : undefined) ?? "The file cannot be opened.";
