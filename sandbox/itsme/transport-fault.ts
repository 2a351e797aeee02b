import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import type { ItsmeSession } from "./session-store.ts";

const slowMilliseconds = 5000;

/** What the telephone number chosen by the person does to a status answer on its way. */
export async function withTransportFault(
  room: ItsmeRoom,
  session: ItsmeSession,
  work: () => Promise<WebAnswer>,
): Promise<WebAnswer> {
  // Before the person has typed a number nothing is known to go wrong.
  switch (session.account?.answers.transport ?? "normal") {
    case "normal":
      return work();
    case "error-once":
      if (session.faultSpent) return work();
      room.sessions.spendFault(session.id);
      return internalError();
    case "error-always-when-signing":
      return session.kind === "signing" ? internalError() : work();
    case "slow":
      return { ...(await work()), delayMilliseconds: slowMilliseconds };
    case "dropped-once":
      if (session.faultSpent) return work();
      room.sessions.spendFault(session.id);
      return { kind: "drop" };
  }
}

function internalError(): WebAnswer {
  return jsonAnswer(500, { status: "NOK", statusReason: "UNKNOWN" });
}
