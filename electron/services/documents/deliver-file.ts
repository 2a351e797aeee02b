import { link, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Failure } from "../../../shared/failure.ts";
import { fileFailure } from "./file-failure.ts";

/**
 * Gives a checked, staged file its final name without ever replacing a file, and makes both the bytes and the name
 * durable. `output.name-taken` when the name exists; the staged file then stays where it is.
 */
export async function deliverFile(stagedPath: string, outputPath: string): Promise<Result<null, Failure>> {
  try {
    await syncFile(stagedPath);
    await moveWithoutReplacing(stagedPath, outputPath);
    await syncFolder(dirname(outputPath));
    return success(null);
  } catch (error) {
    return failed(fileFailure(error, outputPath));
  }
}

/** A hard link fails when the name exists, in one step, which a rename does not. */
async function moveWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isCode(error, "EEXIST")) {
      throw error;
    }
    // No hard links here (FAT, some network folders): reserve the name first, then replace our own empty file.
    const reservation = await open(to, "wx");
    await reservation.close();
    await rename(from, to);
    return;
  }
  await unlink(from);
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows has no folder sync; its rename is journalled. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
