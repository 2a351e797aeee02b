import { constants } from "node:fs";
import { chmod, copyFile, open, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { readFully, writeFully } from "./file-bytes.ts";

const BUFFER = 512 * 1024;
/** One is being read, one hashed and written, and one may still be on its way to the disk. */
const BUFFERS = 3;

export interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Gets every byte of the copy in order, when the bytes are copied one by one. They are only valid during the call. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/**
 * Copies a file for work on it. Where the file system can share blocks (a reflink), nothing is read and `onBytes` is
 * never called: "shared". Elsewhere the bytes pass through `onBytes` on their way: "passed"; so a digest costs no second
 * reading. Constant memory. Fails when the target exists. An aborted copy is removed; the promise is then rejected with
 * the signal's reason.
 */
export async function stageCopy(
  sourcePath: string,
  stagedPath: string,
  options: CopyOptions = {},
): Promise<"shared" | "passed"> {
  const { signal, onBytes } = options;
  signal?.throwIfAborted();
  try {
    const how = (await share(sourcePath, stagedPath)) ?? (await pass(sourcePath, stagedPath, signal, onBytes));
    // The copy takes the mode along; a read-only original must not make the copy unusable.
    const { mode } = await stat(stagedPath);
    await chmod(stagedPath, (mode & 0o777) | 0o600);
    // A system call cannot be interrupted; what it made is taken back.
    signal?.throwIfAborted();
    return how;
  } catch (error) {
    // Half a copy (a full disk) is taken back; what was there before is not ours.
    if (!hasCode(error, "EEXIST")) {
      await rm(stagedPath, { force: true });
    }
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Null: this file system cannot, or not between these two places. */
async function share(sourcePath: string, stagedPath: string): Promise<"shared" | null> {
  try {
    await copyFile(sourcePath, stagedPath, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return "shared";
  } catch (error) {
    if (hasCode(error, "EEXIST")) {
      throw error;
    }
    // Every system has its own code for "not supported"; a real trouble shows itself again at once.
    await rm(stagedPath, { force: true });
    return null;
  }
}

async function pass(
  sourcePath: string,
  stagedPath: string,
  signal: AbortSignal | undefined,
  onBytes: CopyOptions["onBytes"],
): Promise<"passed"> {
  const source = await open(sourcePath, "r");
  try {
    const { mode } = await source.stat();
    const staged = await open(stagedPath, "wx", mode & 0o777);
    try {
      await copyBytes(source, staged, signal, onBytes);
    } finally {
      await staged.close();
    }
  } finally {
    await source.close();
  }
  return "passed";
}

/** While one part is hashed here, it is being written and the next is being read. */
async function copyBytes(
  source: FileHandle,
  staged: FileHandle,
  signal: AbortSignal | undefined,
  onBytes: CopyOptions["onBytes"],
): Promise<void> {
  const buffers = Array.from({ length: BUFFERS }, () => new Uint8Array(BUFFER));
  const writing: Promise<void>[] = buffers.map(() => Promise.resolve());
  let reading: Promise<number> | undefined;
  const readNext = async (index: number, offset: number): Promise<number> => {
    await writing[index % BUFFERS];
    return readFully(source, buffers[index % BUFFERS] ?? new Uint8Array(0), offset);
  };
  try {
    reading = readNext(0, 0);
    for (let index = 0, offset = 0; ; index += 1) {
      const filled: number = await reading;
      signal?.throwIfAborted();
      const ready = (buffers[index % BUFFERS] ?? new Uint8Array(0)).subarray(0, filled);
      reading = filled < BUFFER ? undefined : readNext(index + 1, offset + filled);
      const write = writeFully(staged, ready, offset);
      // A full disk is reported when the buffer is wanted again, and until then nobody waits for it.
      write.catch(() => undefined);
      writing[index % BUFFERS] = write;
      onBytes?.(ready);
      offset += filled;
      if (reading === undefined) {
        break;
      }
    }
    await Promise.all(writing);
  } finally {
    // What goes on must not meet a closed file.
    await Promise.allSettled([reading, ...writing]);
  }
}
