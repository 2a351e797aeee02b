import { basename } from "node:path";
import type { Failure, FailureCode } from "../../../shared/failure.ts";

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: "output.disk-full",
  EDQUOT: "output.disk-full",
  EEXIST: "output.name-taken",
  EROFS: "output.folder-read-only",
  EACCES: "output.folder-read-only",
  EPERM: "output.folder-read-only",
  ENOENT: "output.folder-missing",
  ENOTDIR: "output.folder-missing",
};

/** What an error of the file system means for writing a result. Only the file's name is told, never its folder. */
export function fileFailure(error: unknown, path: string): Failure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return { code: CODES[code] ?? "output.not-writable", params: { name: basename(path), system: code } };
}
