import { usualSettings } from "../../../../sandbox/fourthline/settings.ts";
import type { Surroundings } from "../../../../sandbox/fourthline/due-events.ts";
import type { Workflow } from "../../../../sandbox/fourthline/workflow.ts";
import { after } from "../../../../sandbox/fourthline/workflow-events.ts";
import type { WorkflowEvent } from "../../../../sandbox/fourthline/workflow-events.ts";

export function madeWorkflow(flow: Workflow["flow"] = "completed"): Workflow {
  return {
    id: "3f0f1a5e-6f0c-4a9f-8a63-0d6f4f2f9a11",
    clientId: "8a4b3c0e-0f3b-4a55-9f0a-6f7d3c1b2a90",
    verificationId: "5d3f1a0c-2a5e-4f3e-9f5b-9b6f3b1f7a20",
    reference: "customer-4711",
    flow,
    history: [{ status: "new", code: 0, at: 0 }],
    work: { kind: "creation", since: 0 },
    recoverAt: null,
    mended: [],
    documents: [],
    mobile: null,
    passcodeLanguage: "en",
    passcode: null,
    wrongPasscodes: 0,
    signedAt: null,
    countersignedAt: null,
  };
}

/** The workflow after all of them, each a millisecond after the one before. */
export function play(workflow: Workflow, events: readonly WorkflowEvent[]): Workflow {
  return events.reduce((current, event, index) => {
    const next = after(current, event, index + 1);
    if (next === null) throw new Error(`${event.do} does not fit ${current.history.at(-1)?.status}`);
    return next;
  }, workflow);
}

const document = {
  id: "c1c7f1f2-5a1b-4b58-8e7a-0a4b7f3b0d01",
  title: "Contract",
  fileName: "a.pdf",
  bytes: new Uint8Array(),
};
const eligible: WorkflowEvent = { do: "move", to: "pending" };
const toConsent: readonly WorkflowEvent[] = [
  eligible,
  { do: "upload-documents", documents: [document] },
  { do: "upload-number", mobile: "+31612345678" },
  { do: "move", to: "user_consent_required" },
];
const toCode: readonly WorkflowEvent[] = [
  ...toConsent,
  { do: "approve", passcodeLanguage: "en" },
  { do: "send-passcode", passcode: "123456" },
];

/** How each status comes about. */
export const ways = {
  new: [],
  pending: [eligible],
  selfie_required: [...toConsent.slice(0, 3), { do: "move", to: "selfie_required", code: 3105 }],
  kyc_required: [{ do: "move", to: "kyc_required", code: 1021 }],
  user_consent_required: toConsent,
  confirmation_required: toCode,
  pending_verification: [...toCode, { do: "confirm" }, { do: "move", to: "pending_verification" }],
  signed: [...toCode, { do: "confirm" }, { do: "move", to: "signed" }],
  invalid_signature: [
    ...toCode,
    { do: "confirm" },
    { do: "move", to: "pending_verification" },
    { do: "move", to: "invalid_signature" },
  ],
  error: [{ do: "fail", code: 1, recoverAt: null }],
} as const satisfies Readonly<Record<string, readonly WorkflowEvent[]>>;

/** Fourthline's work takes no time, and nothing else is due for a long while. */
export function surroundings(change: Partial<Surroundings["settings"]> = {}): Surroundings {
  return {
    settings: { ...usualSettings, workMilliseconds: 0, ...change },
    autoApprove: null,
    checked: false,
    newPasscode: () => "654321",
  };
}
