import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PlainStop } from "./say.mjs";

/**
 * Runs `work` while no other process of this checkout does the same: two `npm run sealdesk` started together must not
 * both fill node_modules. The lock is a folder (made atomically on every file system) that names its owner.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {number} [patienceMilliseconds]
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, patienceMilliseconds = 10 * 60_000) {
  const deadline = Date.now() + patienceMilliseconds;
  while (!take(folder)) {
    if (Date.now() > deadline) {
      throw new PlainStop(
        `Another sealdesk command has held ${folder} for too long. Delete that folder and try again.`,
      );
    }
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  const ownerFile = path.join(folder, "owner");
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    mkdirSync(folder);
    writeFileSync(ownerFile, String(process.pid));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  // A process that was killed leaves its lock behind.
  if (!isAlive(readOwner(ownerFile))) rmSync(folder, { recursive: true, force: true });
  return false;
}

/** @param {string} ownerFile */
function readOwner(ownerFile) {
  try {
    return Number(readFileSync(ownerFile, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} owner undefined while the owner is just writing its name: taken to be alive */
function isAlive(owner) {
  if (owner === undefined || !Number.isInteger(owner) || owner <= 0) return true;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
