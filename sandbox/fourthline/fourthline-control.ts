import { statusAt } from "../pki/revocations.ts";
import type { CertificateStatus, Revocations } from "../pki/revocations.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { identified } from "./persons.ts";
import type { PersonDetails } from "./persons.ts";
import type { FourthlineFlaws, FourthlineSettings } from "./settings.ts";
import type { WorkflowStatus } from "./statuses.ts";
import { current } from "./workflow.ts";
import type { StatusEntry, Workflow } from "./workflow.ts";
import type { MovedTo, WorkflowEvent } from "./workflow-events.ts";

/** A workflow as the control operations show it. */
export interface WorkflowSummary {
  readonly id: string;
  readonly clientId: string;
  readonly reference: string;
  readonly flow: Workflow["flow"];
  readonly status: WorkflowStatus;
  readonly statusCode: number;
  readonly mobile: string | null;
  readonly documents: readonly { readonly id: string; readonly title: string; readonly fileName: string }[];
  readonly history: readonly StatusEntry[];
}

/** A passcode on the practice phone. */
export interface PasscodeMessage {
  readonly to: string;
  readonly text: string;
  readonly passcode: string;
  /** The signature that it is for. */
  readonly signature: string | null;
  readonly at: number;
}

/** What can be done to the practice Fourthline. Operations name what does not exist or does not fit by throwing a RangeError. */
export interface FourthlineControl {
  signatures(): readonly WorkflowSummary[];
  setSettings(change: Partial<FourthlineSettings>): void;
  setFlaws(change: Partial<FourthlineFlaws>): void;
  /** Whom this identifier of the customer's stands for; `extracted`: what the pending flow signs with. */
  setPerson(reference: string, confirmed: PersonDetails, extracted?: PersonDetails): void;
  /** Gives a signature its next status at once, as far as that one can follow. */
  move(signature: string, to: MovedTo, code?: number): WorkflowSummary;
  /** An error now; after `recoversAfterMilliseconds` it goes back, or never (null). */
  fail(signature: string, code: number, recoversAfterMilliseconds: number | null): WorkflowSummary;
  /** Ends an error: the status before comes back. */
  recover(signature: string): WorkflowSummary;
  /** Pending flow: ends the identity check. */
  finishVerification(signature: string, outcome: "match" | "mismatch"): WorkflowSummary;
  /** Newest first. */
  messages(): readonly PasscodeMessage[];
  /** All access tokens have expired now. */
  expireTokens(): void;
  /** What OCSP and CRL say of the certificate that signed. */
  setCertificateStatus(signature: string, status: CertificateStatus["kind"]): Promise<void>;
}

export function fourthlineControl(room: FourthlineRoom, revocations: Revocations): FourthlineControl {
  const { workflows } = room;
  const found = (id: string): Workflow => {
    const workflow = workflows.byId(id);
    if (workflow === null) throw new RangeError("no such signature");
    return workflow;
  };
  const apply = (id: string, event: WorkflowEvent): WorkflowSummary => {
    const { status } = current(found(id));
    const next = workflows.apply(id, event);
    const wish = event.do === "move" ? `become ${event.to}` : event.do;
    if (next === null) throw new RangeError(`the status is ${status}: it cannot ${wish}`);
    return summary(next);
  };
  return {
    signatures: () => workflows.list().map(summary),
    setSettings(change) {
      room.settings = { ...room.settings, ...change };
    },
    setFlaws(change) {
      room.flaws = { ...room.flaws, ...change };
    },
    setPerson(reference, confirmed, extracted) {
      room.persons.set(reference, extracted === undefined ? identified(confirmed) : { confirmed, extracted });
    },
    move: (id, to, code) => apply(id, { do: "move", to, ...(code === undefined ? {} : { code }) }),
    fail: (id, code, wait) =>
      apply(id, { do: "fail", code, recoverAt: wait === null ? null : room.clock.now() + wait }),
    recover: (id) => apply(id, { do: "recover" }),
    finishVerification(id, outcome) {
      if (current(found(id)).status !== "pending_verification") throw new RangeError("no check is going on");
      return apply(id, { do: "move", to: outcome === "match" ? "signed" : "invalid_signature" });
    },
    messages: () =>
      room.inbox.list().map(({ to, text, tan, order, at }) => ({ to, text, passcode: tan, signature: order, at })),
    expireTokens: () => room.tokens.expire(),
    async setCertificateStatus(id, status) {
      const signer = await room.signatures.signer(found(id));
      if (signer === null) throw new RangeError("nothing is signed yet");
      await revocations.set(signer.serialHex, statusAt(status, room.clock.now()));
    },
  };
}

function summary(workflow: Workflow): WorkflowSummary {
  const { id, clientId, reference, flow, mobile, documents, history } = workflow;
  const { status, code } = current(workflow);
  return {
    id,
    clientId,
    reference,
    flow,
    status,
    statusCode: code,
    mobile,
    documents: documents.map((document) => ({ id: document.id, title: document.title, fileName: document.fileName })),
    history,
  };
}
