import { execFileSync } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";

/** A folder that nobody may write to, also not the system's administrator; false when this computer cannot make one. */
export async function makeReadOnly(folder: string): Promise<boolean> {
  await mkdir(folder);
  if (process.getuid?.() === 0) {
    return mount(folder, "ro");
  }
  await chmod(folder, 0o555);
  return process.platform !== "win32";
}

/** A folder on a disk of this size; false when this computer cannot make one (it takes an administrator on Linux). */
export async function makeSmallDisk(folder: string, bytes: number): Promise<boolean> {
  await mkdir(folder);
  return mount(folder, `size=${bytes}`);
}

export function unmount(folder: string): void {
  try {
    execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
  } catch {
    // It was never mounted.
  }
}

function mount(folder: string, options: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return false;
  }
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "sealdesk-test", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
