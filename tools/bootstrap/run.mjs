#!/usr/bin/env node
// The way in for every npm script. Plain JavaScript without dependencies: it runs on whatever Node is there (16 or later),
// brings what the asked command needs, and then starts it. It speaks on standard error only.
import { runCommand } from "./commands.mjs";
import { PlainStop, say } from "./say.mjs";

const [name, ...args] = process.argv.slice(2);
try {
  process.exitCode = await runCommand(name, args);
} catch (error) {
  say(reasonOf(error));
  // Whoever reads the last line of `npm test` finds one, whatever happened.
  if (name === "test") process.stdout.write("\n0 passed, 1 failed\n");
  process.exitCode = error instanceof PlainStop ? error.exitCode : 1;
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof PlainStop) return error.message;
  const { code, path, stack } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
    return `${path ?? "a file"} cannot be written (${code}). Sealdesk keeps what it fetches inside its own folder.`;
  }
  if (code === "ENOSPC") return "The disk is full. Sealdesk needs about 1 GB for itself and what it fetches.";
  return stack ?? String(error);
}
