import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Failure } from "../../../shared/failure.ts";

/** What was on the disk when the person looked: a file that is no longer this one is not signed. */
export interface Fingerprint {
  readonly size: number;
  readonly modifiedNanoseconds: string;
  readonly inode: string;
}

/** The fingerprint of what lies under this path now. Opening it tells at once whether the person may read it. */
export function readFingerprint(path: string): Promise<Result<Fingerprint, Failure>> {
  return withFile(path, async (_file, fingerprint) => success(fingerprint));
}

/** Compares what is on the disk now with what was opened. */
export async function checkUnchanged(path: string, expected: Fingerprint): Promise<Failure | null> {
  const now = await readFingerprint(path);
  if (!now.ok) {
    return now.failure;
  }
  return isSame(now.value, expected) ? null : changedOnDisk(path);
}

/**
 * Bytes [begin, end) of the file that was opened; one that changed meanwhile is refused. What is compared and what is
 * read is the same open file, whatever happens to its name in between.
 */
export function readUnchanged(
  path: string,
  expected: Fingerprint,
  begin: number,
  end: number,
): Promise<Result<Uint8Array, Failure>> {
  return withFile(path, async (file, now) => {
    if (!isSame(now, expected)) {
      return failed(changedOnDisk(path));
    }
    const bytes = new Uint8Array(Math.max(0, Math.min(end, expected.size) - begin));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, begin);
    return success(bytes.subarray(0, bytesRead));
  });
}

async function withFile<T>(
  path: string,
  read: (file: FileHandle, fingerprint: Fingerprint) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const name = basename(path);
  try {
    // SECURITY: opening a pipe would wait for a writer that never comes, and take one of Node's few threads with it.
    // Windows knows no such flag, and no pipes among its files.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await file.stat({ bigint: true });
      return facts.isFile()
        ? await read(file, {
            size: Number(facts.size),
            modifiedNanoseconds: String(facts.mtimeNs),
            inode: String(facts.ino),
          })
        : failed({ code: "document.not-readable", params: { name } });
    } finally {
      await file.close();
    }
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return failed({ code: missing ? "document.not-found" : "document.not-readable", params: { name } });
  }
}

function isSame(one: Fingerprint, other: Fingerprint): boolean {
  return one.size === other.size && one.modifiedNanoseconds === other.modifiedNanoseconds && one.inode === other.inode;
}

function changedOnDisk(path: string): Failure {
  return { code: "document.changed-on-disk", params: { name: basename(path) } };
}
