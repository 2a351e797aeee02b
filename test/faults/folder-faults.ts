import { execFileSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { closeSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FolderChange } from "./fault.ts";

const MOMENT_MILLISECONDS = 300;
const BLOCK_BYTES = 4096;

export interface FaultFolders {
  /** All of a try. */
  readonly root: string;
  /** The document and its result. */
  readonly work: string;
}

const away = ({ root }: FaultFolders): string => join(root, "away");
const filler = ({ root }: FaultFolders): string => join(root, "disk", "filler");

export function changeFolder(folders: FaultFolders, change: FolderChange): void {
  switch (change) {
    case "gone":
      renameSync(folders.work, away(folders));
      return;
    case "gone for a moment":
      renameSync(folders.work, away(folders));
      setTimeout(() => renameSync(away(folders), folders.work), MOMENT_MILLISECONDS);
      return;
    case "read-only":
      // A mount of its own over the folder, because a file system is not made read-only while a file is being written.
      execFileSync("mount", ["--bind", folders.work, folders.work]);
      execFileSync("mount", ["-o", "remount,bind,ro", folders.work]);
      return;
    case "full":
      fill(filler(folders));
  }
}

/** Undoes it, before the program starts again. */
export function restoreFolder(folders: FaultFolders, change: FolderChange): void {
  switch (change) {
    case "gone":
    case "gone for a moment":
      restoreName(folders);
      return;
    case "read-only":
      execFileSync("umount", ["-l", folders.work]);
      return;
    case "full":
      rmSync(filler(folders));
  }
}

/** A small disk with everything of a try on it. */
export const mountSmallDisk = (folder: string): void => {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "sealdesk-faults", folder]);
};

export const unmount = (folder: string): void => {
  execFileSync("umount", ["-l", folder]);
};

function restoreName(folders: FaultFolders): void {
  try {
    renameSync(away(folders), folders.work);
  } catch (error) {
    // It was gone for a moment only, and is back.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** To the last byte: blocks first, then single bytes. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const size of [BLOCK_BYTES, 1]) fillWith(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function fillWith(file: number, block: Uint8Array): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

/** Mounting is root's, and in many containers nobody's. */
export function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-mount-"));
  try {
    mountSmallDisk(folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
