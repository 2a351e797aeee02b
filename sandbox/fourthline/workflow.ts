import type { WorkflowStatus } from "./statuses.ts";

/** Fourthline's own step that is going on behind a status. */
export type WorkKind = "creation" | "number" | "selfie" | "approval" | "confirmation";

export interface SentDocument {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface StatusEntry {
  readonly status: WorkflowStatus;
  readonly code: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The workflow of one signature. Its id is also the signature's. */
export interface Workflow {
  readonly id: string;
  readonly clientId: string;
  readonly verificationId: string;
  /** The customer's own identifier of the person. */
  readonly reference: string;
  readonly flow: "completed" | "pending";
  /** Oldest first; the last one is the status. */
  readonly history: readonly [StatusEntry, ...StatusEntry[]];
  readonly work: { readonly kind: WorkKind; readonly since: number } | null;
  /** After an error: when it goes back to the status before; null: it stays. */
  readonly recoverAt: number | null;
  /** Steps that failed once and recovered: they pass the second time. */
  readonly mended: readonly WorkKind[];
  readonly documents: readonly SentDocument[];
  readonly mobile: string | null;
  readonly passcodeLanguage: string;
  readonly passcode: { readonly value: string; readonly sentAt: number } | null;
  readonly wrongPasscodes: number;
  readonly signedAt: number | null;
  /** Pending flow: when the check found that the data are right. */
  readonly countersignedAt: number | null;
}

export function current(workflow: Workflow): StatusEntry {
  return workflow.history.at(-1) ?? workflow.history[0];
}
