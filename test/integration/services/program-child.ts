import { createApplication } from "../../../electron/services/application/application.ts";
import type { AuditEvent } from "../../../electron/storage/audit/audit-entry.ts";
import { AuditLog } from "../../../electron/storage/audit/audit-log.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import { barePorts } from "./bare-ports.ts";

// The program without its window, as a process of its own: signs what it is told to with itsme, or goes on with what is in
// the journal, and prints how its runs ended. The sandbox plays the person.

export interface ChildOrder {
  readonly data: string;
  readonly practice: string;
  /** Empty: only what an earlier start left undone. */
  readonly documents: readonly string[];
  /** The process is ended as by a power cut when it is about to write an entry of this kind into the audit trail. */
  readonly dieBefore?: string;
}

const TIME_LIMIT_MILLISECONDS = 15_000;

const order = JSON.parse(process.argv[2] ?? "{}") as ChildOrder;
const append = Reflect.get<AuditLog, "append">(AuditLog.prototype, "append");
AuditLog.prototype.append = function dieOrAppend(event: AuditEvent) {
  if (event.kind === order.dieBefore) {
    process.kill(process.pid, "SIGKILL");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  return append.call(this, event);
};
const practice = await connectPractice(order.practice, { announced: false });
const program = createApplication(barePorts(order.data, practice));
if (order.documents.length > 0) {
  const { opened } = await program.openFiles(order.documents);
  const reviewed = await program.handlers["signing.review"]({
    request: {
      provider: "itsme",
      documents: [...opened],
      placement: { kind: "invisible" },
      level: "B-T",
      language: "EN",
    },
  });
  if (!reviewed.ok) throw new Error(reviewed.failure.code);
  await program.handlers["signing.start"]({ review: reviewed.value.review });
} else {
  await program.resume();
}
const deadline = Date.now() + TIME_LIMIT_MILLISECONDS;
const isAtWork = (): boolean => program.state.current.transactions.some(({ outcome }) => outcome === null);
while (isAtWork() && Date.now() < deadline) {
  await new Promise((settle) => setTimeout(settle, 20));
}
const outcomes = program.state.current.transactions.map(({ outcome }) => outcome);
await program.close();
process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
