#!/usr/bin/env node
// The way in for every npm script. Plain JavaScript without dependencies: it runs on whatever Node is there (16 or later),
// brings what the asked command needs, and then starts it. It speaks on standard error only.
import { runCommand } from "./commands.mjs";
import { PlainStop, say } from "./say.mjs";

const [name, ...args] = process.argv.slice(2);
try {
  process.exitCode = await runCommand(name, args);
} catch (error) {
  if (!(error instanceof PlainStop)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
