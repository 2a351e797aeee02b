import type { AutoApprove } from "../shared-room.ts";
import type { FourthlineSettings, StepResult } from "./settings.ts";
import { deadlines, softDeadlines } from "./statuses.ts";
import { current } from "./workflow.ts";
import type { Workflow, WorkKind } from "./workflow.ts";
import type { WorkflowEvent } from "./workflow-events.ts";

export interface DueEvent {
  readonly event: WorkflowEvent;
  readonly at: number;
}

/** What time is not enough to know. */
export interface Surroundings {
  readonly settings: FourthlineSettings;
  readonly autoApprove: AutoApprove | null;
  /** Whether the identity check of this person has ended: the certificate then says what it found. */
  readonly checked: boolean;
  newPasscode(): string;
}

/** What time alone, Fourthline's own work or the played person does next to a workflow; null when nothing is due. */
export function dueEvent(workflow: Workflow, now: number, around: Surroundings): DueEvent | null {
  const candidates = [workDone, checkEnded, mended, playedPerson, deadlinePassed].map((next) => next(workflow, around));
  const [first] = candidates.filter((due) => due !== null).toSorted((one, other) => one.at - other.at);
  return first === undefined || first.at > now ? null : { event: first.event(), at: first.at };
}

/** The event is made only when it happens: a passcode is a new one each time. */
interface Candidate {
  readonly at: number;
  readonly event: () => WorkflowEvent;
}

type Next = (workflow: Workflow, around: Surroundings) => Candidate | null;

/** Whether what can be done in this status comes too late: "you receive a 422 error". */
export function isExpired(workflow: Workflow, now: number, settings: FourthlineSettings): boolean {
  const { status, at } = current(workflow);
  const life = softDeadlines[status];
  return life !== undefined && now >= at + life * settings.timeFactor;
}

const workDone: Next = (workflow, around) => {
  const { work } = workflow;
  if (work === null) return null;
  // Who plays the person waits for nothing: the program never sees the moment between.
  const pause = around.autoApprove === null ? around.settings.workMilliseconds : 0;
  const at = work.since + pause;
  return { at, event: () => resultOf(workflow, work.kind, at, around) };
};

function resultOf(workflow: Workflow, kind: WorkKind, at: number, around: Surroundings): WorkflowEvent {
  const step = stepOf(kind, around.settings);
  if (step.result === "kyc_required") return { do: "move", to: "kyc_required", code: step.code };
  if (step.result === "selfie_required" && kind === "number") return { do: "move", to: step.result, code: step.code };
  if (step.result === "error" && !workflow.mended.includes(kind)) {
    const wait = step.recoversAfterMilliseconds;
    return { do: "fail", code: step.code, recoverAt: wait === null ? null : at + wait };
  }
  switch (kind) {
    case "creation":
      return { do: "move", to: "pending" };
    case "number":
    case "selfie":
      return { do: "move", to: "user_consent_required" };
    case "approval":
      return { do: "send-passcode", passcode: around.newPasscode() };
    case "confirmation":
      // "On the reattempt, the certificate uses the confirmed details and Fourthline countersigns at the end of the flow."
      return { do: "move", to: workflow.flow === "completed" || around.checked ? "signed" : "pending_verification" };
  }
}

function stepOf(kind: WorkKind, settings: FourthlineSettings): StepResult {
  switch (kind) {
    case "creation":
      return settings.atCreation;
    case "number":
      return settings.afterNumber;
    case "selfie":
      return settings.afterSelfie;
    case "approval":
      return settings.afterApproval;
    case "confirmation":
      return settings.afterConfirmation;
  }
}

const checkEnded: Next = (workflow, { settings }) => {
  const { status, at } = current(workflow);
  if (status !== "pending_verification" || settings.verificationMilliseconds === null) return null;
  const to = settings.verification === "match" ? "signed" : "invalid_signature";
  return { at: at + settings.verificationMilliseconds, event: () => ({ do: "move", to }) };
};

const mended: Next = ({ recoverAt }) =>
  recoverAt === null ? null : { at: recoverAt, event: () => ({ do: "recover" }) };

/** Only the phone is played: reading and accepting the conditions happens in the program. */
const playedPerson: Next = (workflow, { autoApprove }) => {
  const { passcode, work } = workflow;
  const asked = current(workflow).status === "confirmation_required" && passcode !== null && work === null;
  if (!asked || autoApprove === null) return null;
  return { at: passcode.sentAt + autoApprove.afterMilliseconds, event: () => ({ do: "confirm" }) };
};

const deadlinePassed: Next = (workflow, { settings }) => {
  const { status, at } = current(workflow);
  const life = deadlines[status];
  if (life === undefined) return null;
  return { at: at + life * settings.timeFactor, event: () => ({ do: "fail", code: 0, recoverAt: null }) };
};
