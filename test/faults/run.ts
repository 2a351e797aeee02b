import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { buildProgram } from "./build-program.ts";
import type { FaultedProvider } from "./fault.ts";
import { openFaultRoom } from "./fault-room.ts";
import type { FaultRoom } from "./fault-room.ts";
import { FAULT_KINDS, lossesOf } from "./fault-try.ts";
import type { FaultTry, Tried } from "./fault-try.ts";
import { FaultTable } from "./fault-table.ts";
import { mayMount } from "./folder-faults.ts";
import { planAll } from "./plan-all.ts";
import { tryFault } from "./try-fault.ts";

// `npm run test:faults`: puts every fault at every place of a signing run with every provider, starts the program again, and
// prints what became of the document. docs/faults.md says what is injected and what an end means.

const PROVIDERS: readonly FaultedProvider[] = ["certificate", "itsme", "idnow", "bankid", "fourthline"];

/** Its multiples are spread evenly over any interval. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

const { values } = parseArgs({
  options: {
    provider: { type: "string", multiple: true },
    fault: { type: "string", multiple: true },
    every: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    table: { type: "string" },
  },
});
const every = Number(values.every);
const providers = PROVIDERS.filter((name) => values.provider?.includes(name) ?? true);
const kinds = FAULT_KINDS.filter((name) => values.fault?.includes(name) ?? true);
if (providers.length === 0 || kinds.length === 0) {
  throw new Error(`providers are ${PROVIDERS.join(", ")}; faults are ${FAULT_KINDS.join(", ")}`);
}

const began = performance.now();
const mounts = mayMount();
if (!mounts) {
  process.stdout.write(
    "not allowed to mount here: no read-only folder and no full disk, only what is refused instead\n",
  );
}
const built = await buildProgram();
const rooms = await Promise.all(Array.from({ length: Number(values.jobs) }, () => openFaultRoom(built)));
const table = new FaultTable();
let planned = 0;
let stopping = false;
// What was tried by then is told.
process.on("SIGINT", () => {
  stopping = true;
});
try {
  const tries = await planRun();
  planned = tries.length;
  const waiting = tries.values();
  await Promise.all(rooms.map((room) => work(room, waiting)));
} finally {
  await Promise.all(rooms.map((room) => room.close()));
  await built.remove();
}
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`\n${table.summary()} in ${seconds} s\n`);
if (values.table !== undefined) {
  await table.writeTo(values.table, { seconds, jobs: rooms.length, every, planned, date: new Date() });
}
process.exitCode = table.losses === 0 ? 0 : 1;

/** For all providers at once, in an order in which any beginning of it is spread over everything. */
async function planRun(): Promise<readonly FaultTry[]> {
  const waiting = providers.values();
  const plans = new Map<FaultedProvider, readonly FaultTry[]>();
  await Promise.all(
    rooms.map(async (room) => {
      for (const provider of waiting) {
        const all = (await planAll(room, provider, { mayMount: mounts })).filter(({ kind }) => kinds.includes(kind));
        process.stdout.write(`${provider}: ${all.length} tries\n`);
        plans.set(provider, all);
      }
    }),
  );
  const tries = providers.flatMap((provider) => plans.get(provider) ?? []);
  return tries
    .map((one, index) => ({ one, at: (index * GOLDEN) % 1 }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ one }) => one)
    .slice(0, Math.ceil(tries.length / every));
}

async function work(room: FaultRoom, waiting: IterableIterator<FaultTry>): Promise<void> {
  for (const plan of waiting) {
    if (stopping) return;
    const outcome = await tryFault(room, plan).catch((error: unknown) => String(error));
    say(plan, outcome);
  }
}

function say(plan: FaultTry, outcome: Tried | string): void {
  const wrong = typeof outcome === "string" ? [outcome] : lossesOf(plan, outcome);
  const isMissed = typeof outcome !== "string" && !outcome.happened;
  const end = typeof outcome === "string" ? "broken" : outcome.end;
  const code = typeof outcome === "string" ? null : outcome.code;
  table.add({ plan, end, code, wrong, isMissed });
  const said = wrong.length > 0 ? `LOSS: ${wrong.join("; ")}` : [end, code ?? ""].join(" ").trim();
  const missed = isMissed ? " (did not come to pass)" : "";
  process.stdout.write(`${plan.provider} | ${plan.kind} | ${plan.step} | ${plan.fault} → ${said}${missed}\n`);
}
