import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePdf } from "../interop/pades/made-pdfs.ts";
import { damageFile } from "./damage.ts";
import type { DamagedFile } from "./damage.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultTry, StartPlan, Tried } from "./fault-try.ts";
import { mountSmallDisk, restoreFolder, unmount } from "./folder-faults.ts";
import { readJournal } from "./journal-facts.ts";
import { judge } from "./judge.ts";
import { startProgram } from "./start-program.ts";

type Plan = Pick<FaultTry, "provider" | "starts" | "profile" | "verdict">;

/** Signs one document as it is planned, starts the program once more without a fault, and looks at what there is. */
export async function tryFault(room: FaultRoom, plan: Plan): Promise<Tried> {
  const root = await mkdtemp(join(tmpdir(), "sealdesk-fault-"));
  const disk = join(root, "disk");
  await mkdir(disk);
  const isSmall = plan.starts.some(({ fault }) => fault?.kind === "folder" && fault.becomes === "full");
  if (isSmall) mountSmallDisk(disk);
  try {
    return await new OneTry(room, plan, root).run();
  } finally {
    if (isSmall) unmount(disk);
    await rm(root, { recursive: true, force: true });
  }
}

class OneTry {
  readonly #room: FaultRoom;
  readonly #plan: Plan;
  readonly #root: string;
  readonly #order: ProgramOrder;
  readonly #answers: (ProgramAnswer | null)[] = [];
  readonly #wrong: string[] = [];
  #calls: Readonly<Record<string, number>> = {};
  #happened = true;
  #starts = 0;

  constructor(room: FaultRoom, plan: Plan, root: string) {
    this.#room = room;
    this.#plan = plan;
    this.#root = root;
    const work = join(root, "disk", "work");
    this.#order = {
      order: "",
      data: join(root, "disk", "data"),
      work,
      practice: room.practice,
      verifyWorker: room.built.verifyWorker,
      fonts: room.built.fonts,
      time: room.time,
      provider: plan.provider,
      documents: [join(work, "contract.pdf")],
      level: "B-B",
      fault: null,
      ahead: 0,
      keychain: null,
      twice: false,
      closesAfter: null,
      hurry: null,
      twin: null,
    };
  }

  async run(): Promise<Tried> {
    const { data, work } = this.#order;
    const { control } = this.#room.sandbox;
    const original = makePdf({ pages: 2 });
    await mkdir(data);
    await mkdir(work);
    await writeFile(join(work, "contract.pdf"), original);
    control.reset();
    control.setAutoApprove(true);
    const key = this.#plan.profile === true ? await this.#room.profiles.copyTo(this.#room, data, this.#root) : null;
    for (const [index, planned] of this.#plan.starts.entries()) {
      await this.#start(planned, index === 0, key);
      // Calls that were done; those that a fault kept from being done are none.
      if (index === 0) this.#calls = control.calls();
    }
    if (!(this.#isOver() && (await isTidy(work)))) await this.#start({}, false, key);
    const found = { data, work, original, answers: this.#answers };
    const { end, code, wrong } = await judge(this.#room, this.#plan, found);
    return {
      end,
      code,
      wrong: [...this.#wrong, ...wrong],
      happened: this.#happened,
      answers: this.#answers,
      calls: this.#calls,
    };
  }

  /** The last start has ended all there was by itself: another one would find nothing to go on with. */
  #isOver(): boolean {
    const last = this.#answers.at(-1);
    return (
      last?.runs.every(({ outcome }) => outcome !== null) === true &&
      this.#plan.starts.at(-1)?.damage === undefined &&
      readJournal(this.#order.data).isOver
    );
  }

  async #start(planned: StartPlan, isFirst: boolean, key: string | null): Promise<void> {
    const { control } = this.#room.sandbox;
    const { damage, fault = null } = planned;
    const damaged = damage === undefined ? null : await damageFile(this.#order.data, damage);
    this.#happened &&= damage === undefined || damaged !== null;
    for (const call of planned.calls ?? []) control.addFault(call);
    if (planned.handshakes !== undefined) {
      control.spoilHandshakes(planned.handshakes.become, planned.handshakes.times);
    }
    planned.provider?.(control);
    const before = control.spoilt();
    const order: ProgramOrder = {
      ...this.#order,
      order: this.#orderFile(),
      documents: isFirst ? this.#order.documents : [],
      fault,
      ahead: planned.ahead ?? 0,
      keychain: key === null ? null : { path: key, locksAt: planned.locksAt ?? null },
      twice: planned.twice ?? false,
      closesAfter: planned.closesAfter ?? null,
      hurry: planned.hurry ?? null,
      twin: fault?.kind === "twin" ? this.#orderFile() : null,
    };
    if (order.twin !== null) {
      await writeFile(
        order.twin,
        JSON.stringify({ ...order, order: order.twin, documents: [], fault: null, twin: null }),
      );
    }
    const answer = await startProgram(this.#room.built, order);
    const after = control.spoilt();
    const connections = planned.handshakes ?? planned.calls?.some((call) => call.handshakes !== undefined);
    if (connections !== undefined && connections !== false) this.#happened &&= after.connections > before.connections;
    else if (planned.calls !== undefined) this.#happened &&= after.answers > before.answers;
    await this.#settle(planned, order, answer, damaged);
  }

  async #settle(
    planned: StartPlan,
    order: ProgramOrder,
    answer: ProgramAnswer | null,
    damaged: DamagedFile | null,
  ): Promise<void> {
    const { control } = this.#room.sandbox;
    const { fault } = order;
    this.#happened &&= answer === null || fault === null || answer.happened;
    if (planned.locksAt !== undefined) this.#happened &&= (answer?.keychainUses ?? 0) >= planned.locksAt;
    if (order.twin !== null) {
      const said = await readFile(`${order.twin}.said`, "utf8").catch(() => "");
      if (said !== "") this.#answers.push(JSON.parse(said) as ProgramAnswer);
    }
    this.#answers.push(answer);
    control.clearFaults();
    if (planned.provider !== undefined) this.#room.healProviders();
    if (fault?.kind === "folder" && (answer === null || answer.happened)) {
      restoreFolder({ root: this.#root, work: order.work }, fault.becomes);
    }
    if (damaged !== null) {
      this.#wrong.push(...(await damaged.complaints(answer)));
      await damaged.undo();
    }
  }

  #orderFile(): string {
    this.#starts += 1;
    return join(this.#root, `order-${this.#starts}.json`);
  }
}

/** Working files that one start had to leave are the next one's to remove. */
const isTidy = async (work: string): Promise<boolean> =>
  (await readdir(work)).every((name) => !name.startsWith(".sealdesk-"));
