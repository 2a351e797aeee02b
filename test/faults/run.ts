import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxOperations } from "../../sandbox/control/faults.ts";
import type { SandboxFault, SandboxOperation } from "../../sandbox/control/faults.ts";
import { announceSandbox } from "../../sandbox/running-sandbox.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import type { Fault, Place, ProgramOrder } from "./fault.ts";
import { tryFault } from "./one-fault.ts";
import type { NetworkFault } from "./one-fault.ts";

// `npm run test:faults [-- --provider NAME] [--every N]`: puts every fault at every place where the program changes the disk, spoils
// every call of it, and prints what became of the document. `--every 4` takes every fourth place.

const PROVIDERS: readonly ProgramOrder["provider"][] = ["certificate", "itsme", "idnow", "bankid", "fourthline"];
const argument = (name: string): string | null => {
  const index = process.argv.indexOf(name);
  return index < 0 ? null : (process.argv[index + 1] ?? null);
};
const every = Number(argument("--every") ?? 1);
const only = argument("--provider");

const folder = await mkdtemp(join(tmpdir(), "sealdesk-faults-"));
const sandbox = await startSandbox({ folder });
await announceSandbox(sandbox, process.pid);
let [tried, losses] = [0, 0];
try {
  for (const provider of PROVIDERS.filter((name) => only === null || name === only)) {
    await tryAll(provider);
  }
} finally {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`\n${tried} faults tried, ${losses} losses\n`);
process.exitCode = losses === 0 ? 0 : 1;

async function tryAll(provider: ProgramOrder["provider"]): Promise<void> {
  const { places, calls, words, wrong } = await tryFault(sandbox, provider, null);
  if (words !== "signed" || wrong.length > 0) throw new Error(`without a fault: ${words} ${wrong.join("; ")}`);
  process.stdout.write(`\n## ${provider}: ${places.length} places, ${calls.length} calls\n`);
  for (const operation of sandboxOperations.filter((name) => calls.includes(name))) {
    await row(provider, "    ", operation, networkFaults(operation));
  }
  for (const [index, place] of places.entries()) {
    const at = { label: place, nth: places.slice(0, index + 1).filter((one) => one === place).length };
    if (index % every === 0) await row(provider, String(index + 1).padStart(4), place, faultsAt(at));
  }
}

async function row(
  provider: ProgramOrder["provider"],
  number: string,
  place: string,
  faults: readonly (readonly [string, Fault | NetworkFault])[],
): Promise<void> {
  const told: string[] = [];
  for (const [name, fault] of faults) {
    const { words, wrong } = await tryFault(sandbox, provider, fault);
    tried += 1;
    const bad = wrong.length > 0 || words === "LOST";
    losses += bad ? 1 : 0;
    told.push(bad ? `${name}: ${words} (${wrong.join("; ")})` : `${name}: ${words}`);
  }
  process.stdout.write(`${number}  ${place}\n        ${told.join("\n        ")}\n`);
}

function faultsAt(at: Place): readonly (readonly [string, Fault])[] {
  return [
    ["killed before", { kind: "kill", at, when: "before" }],
    ["killed after", { kind: "kill", at, when: "after" }],
    ["disk full from here on", { kind: "refuse", at, code: "ENOSPC", lasts: true }],
    ["disk error once", { kind: "refuse", at, code: "EIO", lasts: false }],
  ];
}

function networkFaults(operation: SandboxOperation): readonly (readonly [string, NetworkFault])[] {
  const spoilt = (name: string, fault: Omit<SandboxFault, "operation">): readonly [string, NetworkFault] => [
    name,
    { kind: "network", fault: { operation, ...fault } },
  ];
  return [
    spoilt("cut before the work", { drop: true }),
    spoilt("cut after the work", { drop: true, afterWork: true }),
    spoilt("cut five times", { drop: true, times: 5 }),
    spoilt("503", { status: 503, body: "" }),
    spoilt("an answer of another world", { status: 200, body: "<html>Welcome to our hotel</html>" }),
    spoilt("late by two seconds", { delayMilliseconds: 2_000 }),
  ];
}
