import type { Failure, FailureCode } from "../../shared/failure.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { PdfProblemCode } from "../pdf/pdf-problem.ts";

const CODES: Readonly<Partial<Record<PdfProblemCode, FailureCode>>> = {
  "empty-file": "document.empty-file",
  "not-a-pdf": "document.not-a-pdf",
  encrypted: "document.encrypted",
  "encryption-unsupported": "document.encryption-unsupported",
};

/** What reading the document met, as a failure. What is neither malformed input nor a system error is a bug and goes on. */
export function readFailure(error: unknown): Failure {
  if (error instanceof PdfProblem) {
    return { code: CODES[error.code] ?? "document.damaged" };
  }
  if (error instanceof Error && "code" in error && "syscall" in error) {
    return { code: error.code === "ENOENT" ? "document.not-found" : "document.not-readable" };
  }
  throw error;
}
