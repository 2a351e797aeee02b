import type { Failure, FailureCode } from "../../shared/failure.ts";

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: "output.disk-full",
  EDQUOT: "output.disk-full",
  EROFS: "output.folder-read-only",
  EACCES: "output.folder-read-only",
  EPERM: "output.folder-read-only",
  ENOENT: "output.folder-missing",
  ENOTDIR: "output.folder-missing",
};

/** A system error met while writing the staged file, as a failure. What is no system error is a bug and goes on. */
export function writeFailure(error: unknown): Failure {
  if (error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error) {
    return { code: CODES[error.code] ?? "output.not-writable" };
  }
  throw error;
}
