import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePdf } from "../interop/pades/made-pdfs.ts";
import type { ProgramAnswer, ProgramOrder } from "./fault.ts";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultTry, StartPlan, Tried } from "./fault-try.ts";
import { judge } from "./judge.ts";
import { startProgram } from "./start-program.ts";

/** Signs one document as it is planned, starts the program once more without a fault, and looks at what there is. */
export async function tryFault(room: FaultRoom, plan: Pick<FaultTry, "provider" | "starts">): Promise<Tried> {
  const root = await mkdtemp(join(tmpdir(), "sealdesk-fault-"));
  try {
    const [data, work] = [join(root, "data"), join(root, "work")];
    await mkdir(data);
    await mkdir(work);
    const original = makePdf({ pages: 2 });
    const document = join(work, "contract.pdf");
    await writeFile(document, original);
    const { control } = room.sandbox;
    control.reset();
    control.setAutoApprove(true);
    const order: ProgramOrder = {
      data,
      work,
      practice: room.practice,
      verifyWorker: room.built.verifyWorker,
      fonts: room.built.fonts,
      time: room.time,
      provider: plan.provider,
      documents: [document],
      level: "B-B",
      fault: null,
    };
    const answers: (ProgramAnswer | null)[] = [];
    let calls: Readonly<Record<string, number>> = {};
    let happened = true;
    const start = async (planned: StartPlan, documents: readonly string[]): Promise<void> => {
      for (const fault of planned.calls ?? []) control.addFault(fault);
      const fault = planned.fault ?? null;
      const answer = await startProgram(room.built, root, { ...order, documents, fault });
      happened &&= answer === null || fault === null || answer.happened;
      answers.push(answer);
      control.clearFaults();
    };
    for (const [index, planned] of plan.starts.entries()) {
      await start(planned, index === 0 ? order.documents : []);
      // Calls that were done; those that a fault kept from being done are none.
      if (index === 0) calls = control.calls();
    }
    await start({}, []);
    const verdict = await judge(room, plan, { data, work, original, answers });
    return { ...verdict, happened, answers, calls };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
