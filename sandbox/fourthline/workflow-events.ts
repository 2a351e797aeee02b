import { transitions } from "./statuses.ts";
import type { WorkflowStatus } from "./statuses.ts";
import { current } from "./workflow.ts";
import type { SentDocument, Workflow, WorkKind } from "./workflow.ts";

/** What happens to a workflow. What does not fit its status changes nothing and gives null. */
export type WorkflowEvent =
  | { readonly do: "upload-documents"; readonly documents: readonly SentDocument[] }
  | { readonly do: "upload-number"; readonly mobile: string }
  | { readonly do: "upload-selfie" }
  | { readonly do: "approve"; readonly passcodeLanguage: string }
  /** The approval is through: the passcode goes out, a further time when it was approved again. */
  | { readonly do: "send-passcode"; readonly passcode: string }
  | { readonly do: "wrong-passcode" }
  /** The right passcode came. */
  | { readonly do: "confirm" }
  | { readonly do: "move"; readonly to: MovedTo; readonly code?: number }
  /** Null: it does not recover. */
  | { readonly do: "fail"; readonly code: number; readonly recoverAt: number | null }
  | { readonly do: "recover" };

/** The statuses that no other event leads to. */
export type MovedTo = Exclude<WorkflowStatus, "new" | "error" | "confirmation_required">;

/** The workflow after the event at this time, or null when its status does not allow it. */
export function after(workflow: Workflow, event: WorkflowEvent, now: number): Workflow | null {
  const { status } = current(workflow);
  switch (event.do) {
    case "upload-documents":
      if (status !== "pending" || workflow.mobile !== null) return null;
      return { ...workflow, documents: [...workflow.documents, ...event.documents] };
    case "upload-number":
      // Also a second time, while the first one is being looked at: the last number counts.
      return status === "pending" ? working({ ...workflow, mobile: event.mobile }, "number", now) : null;
    case "upload-selfie":
      return status === "selfie_required" && workflow.work === null ? working(workflow, "selfie", now) : null;
    case "approve": {
      const open = status === "user_consent_required" || status === "confirmation_required";
      if (!open || workflow.work !== null) return null;
      return working({ ...workflow, passcodeLanguage: event.passcodeLanguage }, "approval", now);
    }
    case "send-passcode": {
      const sent = { ...workflow, work: null, passcode: { value: event.passcode, sentAt: now } };
      if (status === "confirmation_required") return sent;
      return status === "user_consent_required" ? moved(sent, "confirmation_required", 0, now) : null;
    }
    case "wrong-passcode":
      return status === "confirmation_required" ? { ...workflow, wrongPasscodes: workflow.wrongPasscodes + 1 } : null;
    case "confirm":
      return status === "confirmation_required" && workflow.work === null
        ? working(workflow, "confirmation", now)
        : null;
    case "move":
      return status === "error" ? null : signedWhenMoved(workflow, event.to, event.code ?? 0, now);
    case "fail": {
      const failed = moved(workflow, "error", event.code, now);
      if (failed === null) return null;
      const mended = workflow.work === null ? workflow.mended : [...workflow.mended, workflow.work.kind];
      return { ...failed, mended, recoverAt: event.recoverAt };
    }
    case "recover":
      return recovered(workflow, now);
  }
}

function working(workflow: Workflow, kind: WorkKind, now: number): Workflow {
  return { ...workflow, work: { kind, since: now } };
}

function moved(workflow: Workflow, to: WorkflowStatus, code: number, now: number): Workflow | null {
  if (!transitions[current(workflow).status].includes(to)) return null;
  return { ...workflow, work: null, recoverAt: null, history: [...workflow.history, { status: to, code, at: now }] };
}

/** Notes when the person signed and when the check made it binding. */
function signedWhenMoved(workflow: Workflow, to: WorkflowStatus, code: number, now: number): Workflow | null {
  const next = moved(workflow, to, code, now);
  if (next === null) return null;
  const signedAt = to === "signed" || to === "pending_verification" ? (workflow.signedAt ?? now) : workflow.signedAt;
  return { ...next, signedAt, countersignedAt: to === "signed" && workflow.flow === "pending" ? now : null };
}

/** "If the system can recover after the error, the status changes to a previous status." */
function recovered(workflow: Workflow, now: number): Workflow | null {
  if (current(workflow).status !== "error") return null;
  const before = workflow.history.findLast(({ status }) => status !== "error");
  const next = before === undefined ? null : moved(workflow, before.status, 0, now);
  if (next === null || before === undefined) return null;
  // What Fourthline does by itself goes on by itself; what the person or the customer did is to be done again.
  if (before.status === "new") return working(next, "creation", now);
  return before.status === "pending" && next.mobile !== null ? working(next, "number", now) : next;
}
