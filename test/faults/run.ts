import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { buildProgram } from "./build-program.ts";
import type { FaultedProvider } from "./fault.ts";
import { openFaultRoom } from "./fault-room.ts";
import type { FaultRoom } from "./fault-room.ts";
import { FAULT_KINDS, lossesOf } from "./fault-try.ts";
import type { FaultTry, Tried } from "./fault-try.ts";
import { planCalls } from "./plan-calls.ts";
import { planPlaces } from "./plan-places.ts";
import { tryFault } from "./try-fault.ts";

// `npm run test:faults`: puts every fault at every place where a signing run changes the disk, spoils every call of it, and
// prints what became of the document. docs/faults.md says what is injected and what an outcome means.

const PROVIDERS: readonly FaultedProvider[] = ["certificate", "itsme", "idnow", "bankid", "fourthline"];

const { values } = parseArgs({
  options: {
    provider: { type: "string", multiple: true },
    fault: { type: "string", multiple: true },
    every: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
  },
});
const every = Number(values.every);
const providers = PROVIDERS.filter((name) => values.provider?.includes(name) ?? true);
const kinds = FAULT_KINDS.filter((name) => values.fault?.includes(name) ?? true);

const began = performance.now();
const built = await buildProgram();
const rooms = await Promise.all(Array.from({ length: Number(values.jobs) }, () => openFaultRoom(built)));
let [tried, losses, missed] = [0, 0, 0];
try {
  for (const provider of providers) await tryAll(provider);
} finally {
  await Promise.all(rooms.map((room) => room.close()));
  await built.remove();
}
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `\n${tried} faults tried in ${Math.round(seconds)} s, ${missed} of them did not come to pass, ${losses} losses\n`,
);
process.exitCode = losses === 0 ? 0 : 1;

async function tryAll(provider: FaultedProvider): Promise<void> {
  const [room] = rooms;
  if (room === undefined) throw new Error("no job");
  const plain = await tryFault(room, { provider, starts: [{}] });
  if (plain.end !== "signed" || plain.wrong.length > 0) {
    throw new Error(`${provider} without a fault: ${plain.end} ${plain.code ?? ""} ${plain.wrong.join("; ")}`);
  }
  const places = plain.answers[0]?.places ?? [];
  const tries = [...planPlaces(provider, places), ...planCalls(provider, plain.calls)]
    .filter(({ kind }) => kinds.includes(kind))
    // On a diagonal, so that every fault is among them.
    .filter((_, index) => (index + Math.floor(index / every)) % every === 0);
  process.stdout.write(`\n## ${provider}: ${places.length} places, ${Object.keys(plain.calls).length} calls\n`);
  const waiting = tries.values();
  await Promise.all(rooms.map((one) => work(one, waiting)));
}

async function work(room: FaultRoom, waiting: IterableIterator<FaultTry>): Promise<void> {
  for (const plan of waiting) {
    const outcome = await tryFault(room, plan).catch((error: unknown) => String(error));
    tried += 1;
    say(plan, outcome);
  }
}

function say(plan: FaultTry, outcome: Tried | string): void {
  const wrong = typeof outcome === "string" ? [outcome] : lossesOf(plan, outcome);
  const isMissed = typeof outcome !== "string" && !outcome.happened;
  losses += wrong.length > 0 ? 1 : 0;
  missed += isMissed ? 1 : 0;
  const end = typeof outcome === "string" ? "" : `${outcome.end}${isMissed ? " (did not come to pass)" : ""}`;
  const said = wrong.length > 0 ? `LOSS: ${wrong.join("; ")}` : end;
  process.stdout.write(`${plan.provider} | ${plan.step} | ${plan.fault} → ${said}\n`);
}
