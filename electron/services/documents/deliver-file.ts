import { chmod, link, open, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Failure } from "../../../shared/failure.ts";
import { fileFailure } from "./file-failure.ts";

/** The calls that give a file its name; a test brings file systems that have no hard links or no room. */
export interface DeliveryFiles {
  readonly link: typeof link;
  readonly rename: typeof rename;
}

/**
 * Gives a checked, staged file its final name without ever replacing a file, and makes both the bytes and the name
 * durable. `output.name-taken` when the name exists; the staged file then stays where it is. The result may be read
 * and written by those who may read and write the original.
 */
export async function deliverFile(
  stagedPath: string,
  outputPath: string,
  originalPath: string,
  files: DeliveryFiles = { link, rename },
): Promise<Result<null, Failure>> {
  try {
    await takePermissions(stagedPath, originalPath);
    await syncFile(stagedPath);
    await moveWithoutReplacing(stagedPath, outputPath, files);
    await syncFolder(dirname(outputPath));
    return success(null);
  } catch (error) {
    return failed(fileFailure(error, outputPath));
  }
}

/** A result is no program and always its owner's to change; where the original is gone, only the owner may read it. */
async function takePermissions(stagedPath: string, originalPath: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const original = await stat(originalPath).catch(() => null);
  if (original !== null) {
    await chmod(stagedPath, (original.mode & 0o666) | 0o600);
  }
}

/** A hard link fails when the name exists, in one step, which a rename does not. */
async function moveWithoutReplacing(from: string, to: string, files: DeliveryFiles): Promise<void> {
  try {
    await files.link(from, to);
  } catch (error) {
    if (isCode(error, "EEXIST")) {
      throw error;
    }
    await reserveAndRename(from, to, files);
    return;
  }
  await unlink(from);
}

/** No hard links here (FAT, some network folders): reserve the name first, then replace our own empty file. */
async function reserveAndRename(from: string, to: string, files: DeliveryFiles): Promise<void> {
  const reservation = await open(to, "wx", 0o600);
  await reservation.close();
  try {
    await files.rename(from, to);
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
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
