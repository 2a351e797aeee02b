import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createApplication } from "../../electron/services/application/application.ts";
import type { Application } from "../../electron/services/application/application.ts";
import { DETAILS } from "./signer-details.ts";
import { jumpingClock } from "./fast-clock.ts";
import { faultPorts, fileKeychain } from "./fault-ports.ts";
import { faultTrigger } from "./fault-trigger.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";
import { watchPlaces } from "./places.ts";
import { sayYes } from "./pretend-person.ts";

// The program without its window, as a process of its own that a fault may end: signs what it is told to, or finishes what an
// earlier start left undone, with a person who says yes to everything. Prints a ProgramAnswer.

const TIME_LIMIT_MILLISECONDS = 60_000;

const order = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as ProgramOrder;
const root = dirname(order.order);
const clock = jumpingClock(order.time, order.ahead);
const keychain = order.keychain === null ? null : fileKeychain(order.keychain);
if (order.hurry !== null) hurry(order.hurry);
const twins: Promise<unknown>[] = [];
const trigger = faultTrigger(order.fault, { clock, folders: { root, work: order.work }, startTwin });
const show = (label: string): void => {
  trigger.at(label, () => undefined);
};
await watchPlaces(trigger, root);
// Whatever goes on with an earlier run can also fail while the program is only just starting.
if (order.documents.length === 0) trigger.begin();
const application = createApplication(faultPorts(order, clock, keychain, show));
const person = sayYes(application, { data: order.data, twice: order.twice, show });
const refused = order.documents.length > 0 ? await begin(application) : await resume(application);
await untilEnded(application);
const { app, documents, providers, transactions: runs } = application.state.current;
const answer: ProgramAnswer = {
  places: trigger.places,
  happened: trigger.happened(),
  keychainUses: keychain?.uses() ?? 0,
  refused,
  runs: runs.map(({ interaction, outcome }) => ({
    question:
      interaction === null || interaction.kind === "waiting" ? null : `${interaction.kind} ${interaction.message}`,
    outcome:
      outcome === null ? null : { kind: outcome.kind, code: outcome.kind === "failed" ? outcome.failure.code : null },
    items: documents.map(({ state }) => ("failure" in state ? `${state.kind} ${state.failure.code}` : state.kind)),
  })),
  notices: [
    ...app.notices.map(({ code }) => code),
    ...providers.flatMap(({ id, problem }) => (id === order.provider && problem !== null ? [problem.code] : [])),
  ],
};
await application.close();
await Promise.all(twins);
process.stdout.write(JSON.stringify(answer), () => process.exit(0));

/** Code of why it was not started; null: it was. */
async function begin(program: Application): Promise<string | null> {
  const { provider, level } = order;
  if (provider === "certificate") {
    await program.handlers["settings.change"]({ provider });
    await program.handlers["certificate.usePractice"]({});
  }
  const { opened } = await program.openFiles(order.documents);
  const details = DETAILS[provider];
  const reviewed = await program.handlers["signing.review"]({
    request: {
      provider,
      documents: [...opened],
      placement: { kind: "invisible" },
      level,
      language: "EN",
      ...(details === undefined ? {} : { details }),
    },
  });
  if (!reviewed.ok) return reviewed.failure.code;
  trigger.begin();
  const starting = Array.from({ length: order.twice ? 2 : 1 }, () =>
    program.handlers["signing.start"]({ review: reviewed.value.review }),
  );
  const [started] = await Promise.all(starting);
  return started === undefined || started.ok ? null : started.failure.code;
}

async function resume(program: Application): Promise<null> {
  show("started");
  await program.resume();
  return null;
}

async function untilEnded(program: Application): Promise<void> {
  const began = Date.now();
  const limit = order.closesAfter ?? TIME_LIMIT_MILLISECONDS;
  while (Date.now() - began < limit) {
    const { transactions } = program.state.current;
    if (transactions.every(({ id, outcome }) => outcome !== null || person.leavesOpen(id))) return;
    await new Promise((settle) => setTimeout(settle, 20));
  }
}

/** The other instance writes what it says beside its order. */
function startTwin(): void {
  if (order.twin === null) throw new Error("nobody ordered a second instance");
  const said = openSync(`${order.twin}.said`, "w");
  const child = spawn(process.execPath, [process.argv[1] ?? "", order.twin], { stdio: ["ignore", said, "inherit"] });
  twins.push(once(child, "close"));
}

/** Time limits of calls go by as many times faster. */
function hurry(times: number): void {
  const original = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => original(Math.ceil(milliseconds / times));
}
