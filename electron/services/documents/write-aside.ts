import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { fileFailure } from "./file-failure.ts";

const BUFFER_CHARACTERS = 256 * 1024;

/**
 * Writes lines to a file that the person chose, aside and then renamed: what was there stays until the new one is whole.
 * SECURITY: readable by its owner only, until he decides otherwise.
 */
export async function writeAside(path: string, lines: Iterable<string>): Promise<Result<null, Failure>> {
  const aside = `${path}.${process.pid}.part`;
  try {
    await rm(aside, { force: true });
    // SECURITY: a new file, not what somebody else has put under this name in a shared folder.
    const file = await open(aside, "wx", 0o600);
    try {
      await writeLines(file, lines);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    return success(null);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (error instanceof Error && "syscall" in error) {
      return failed(fileFailure(error, path));
    }
    throw error;
  }
}

async function writeLines(file: FileHandle, lines: Iterable<string>): Promise<void> {
  let text = "";
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length > BUFFER_CHARACTERS) {
      await file.writeFile(text);
      text = "";
    }
  }
  await file.writeFile(text);
}
