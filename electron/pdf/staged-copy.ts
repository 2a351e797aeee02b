import { constants } from "node:fs";
import { chmod, copyFile, rm, stat } from "node:fs/promises";

/**
 * Copies a file for work on it. The file system does the copying (a reflink where it can share blocks, otherwise
 * `copy_file_range` or its like), so the size does not matter for memory. Fails when the target exists. An aborted
 * copy is removed; the promise is then rejected with the signal's reason.
 */
export async function stageCopy(
  sourcePath: string,
  stagedPath: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  signal?.throwIfAborted();
  try {
    await copyFile(sourcePath, stagedPath, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  } catch (error) {
    // Half a copy (a full disk) is taken back; what was there before is not ours.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      await rm(stagedPath, { force: true });
    }
    throw error;
  }
  // The copy takes the mode along; a read-only original must not make the copy unusable.
  const { mode } = await stat(stagedPath);
  await chmod(stagedPath, (mode & 0o777) | 0o600);
  // The system call cannot be interrupted; what it made is taken back.
  if (signal?.aborted === true) {
    await rm(stagedPath, { force: true });
    signal.throwIfAborted();
  }
}
