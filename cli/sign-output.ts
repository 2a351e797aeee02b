import { existsSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Failure } from "../shared/failure.ts";
import { fileFailure } from "../electron/services/documents/file-failure.ts";
import { UsageError } from "./exit-status.ts";

/** Where the results go; both null: beside each original. */
export interface SignOutput {
  readonly folder: string | null;
  readonly file: string | null;
}

/** `--out`: an existing folder, a name that ends in a slash, or with one input the file itself. */
export function outputOf(out: string | null, inputs: number): SignOutput {
  if (out === null) {
    return { folder: null, file: null };
  }
  const path = resolve(out);
  const isFolder = /[/\\]$/u.test(out) || (existsSync(path) && statSync(path).isDirectory());
  if (isFolder || !out.toLowerCase().endsWith(".pdf")) {
    return { folder: path, file: null };
  }
  if (inputs !== 1) {
    throw new UsageError("--out names a file, but there are several inputs: name a folder");
  }
  return { folder: null, file: path };
}

/** Makes the folder that `--out` asks for. Null: it is there. */
export async function makeOutputFolder({ folder, file }: SignOutput): Promise<Failure | null> {
  const wanted = folder ?? (file === null ? null : dirname(file));
  if (wanted === null) {
    return null;
  }
  try {
    await mkdir(wanted, { recursive: true });
    return null;
  } catch (error) {
    return fileFailure(error, wanted);
  }
}
