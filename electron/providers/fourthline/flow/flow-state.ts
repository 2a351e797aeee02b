import { z } from "zod";
import { fourthlineDetailsSchema } from "../../../../shared/order-details.ts";
import { storedFailure as failure } from "../../flow-steps.ts";
import type { FlowState } from "../../provider.ts";

/**
 * The states of a run, as they lie in the journal. Who signs and ids of Fourthline are in them; documents, passcodes and pictures
 * never are, and the phone number only until Fourthline has it.
 */

const id = z.string().min(1).max(255);
const milliseconds = z.number().int().min(0);
const count = z.number().int().min(0);

/** What was sent of a document, to know its signed form by. */
const file = z.object({
  id,
  /** Unique in the workflow: the only thing by which the details speak of it. */
  title: z.string(),
  size: count,
  digest: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Fourthline's id, once it has told. */
  documentId: id.nullable(),
});

const { signer, reference, flow } = fourthlineDetailsSchema.shape;

const base = {
  order: z.object({
    documents: z.array(z.object({ id, name: z.string() })).min(1),
    language: z.enum(["EN", "FR", "NL", "DE"]),
    signer: signer.omit({ mobile: true }),
    reference,
    flow,
  }),
  /** SECURITY: null as soon as Fourthline has it. */
  mobile: signer.shape.mobile,
  /** Workflows of this run before this one. */
  round: count,
  troubles: count,
  nextAt: milliseconds,
};

/** A workflow is to be made. */
const start = z.object({ ...base, step: z.literal("start"), uploads: count });

/** A workflow that is open at Fourthline. */
const open = {
  ...base,
  workflowId: id,
  /** How often the documents were to be sent in this run. */
  uploads: count,
  /** Empty: not sent yet. */
  files: z.array(file),
  /** Enough of the number to know the phone by; null: Fourthline has none yet. */
  sentTo: z.string().nullable(),
  /** What the person agreed to last, to ask for another passcode by. */
  agreed: z.array(id).nullable(),
  digits: z.object({ minimum: count, maximum: count }).nullable(),
  /** Wrong passcodes so far. */
  wrong: count,
  /** A passcode was sent: what comes after it may be a signature. */
  confirmed: z.boolean(),
  /** The identification was still being processed when the person signed. */
  wasPending: z.boolean(),
  /** When the person could approve, and type the passcode, from; for the time that is left. */
  consentFrom: milliseconds.nullable(),
  codeFrom: milliseconds.nullable(),
  /** Fourthline's ids of approvals and confirmations, for its support. */
  attempts: z.array(z.string().max(100)),
  /** Makes the id of each question its own. */
  asked: count,
};

/** Waits for Fourthline. */
const watch = z.object({
  ...open,
  step: z.literal("watch"),
  /** What was done last. */
  after: z.enum(["nothing", "number", "selfie", "approval", "new-code", "confirmation", "error", "verification"]),
  /** How that call ended: an answer, none, or 409 and 422. */
  ended: z.enum(["answered", "lost", "refused"]),
  /** The service's own words for a refusal. */
  text: z.string().nullable(),
  /** Since when. */
  since: milliseconds,
  /** Name of a status that nobody knows; null: all is as expected. */
  unknown: z.string().nullable(),
});
/** `sent`: the documents are asked for, and may have gone out. */
const upload = z.object({ ...open, step: z.literal("upload"), sent: z.boolean() });
const number = z.object({ ...open, step: z.literal("number"), problem: failure.nullable() });
const selfie = z.object({ ...open, step: z.literal("selfie"), since: milliseconds, problem: failure.nullable() });
const consent = z.object({ ...open, step: z.literal("consent"), problem: failure.nullable() });
/** On its way; `again`: only for another passcode. */
const approve = z.object({ ...open, step: z.literal("approve"), again: z.boolean() });
const code = z.object({
  ...open,
  step: z.literal("code"),
  problem: failure.nullable(),
  resendFrom: milliseconds,
});
const confirm = z.object({ ...open, step: z.literal("confirm") });
const fetch = z.object({
  ...open,
  step: z.literal("fetch"),
  fetched: z.array(id),
  damaged: count,
  /** What was wrong with one of them; the others are delivered all the same. */
  problem: failure.nullable(),
});
/** All documents are here; whether there is a contract with InfoCert. */
const contract = z.object({
  ...open,
  step: z.literal("contract"),
  isSaved: z.boolean(),
  problem: failure.nullable(),
});
/** Cannot go on without a word from the person. */
const paused = z.object({
  step: z.literal("paused"),
  failure,
  question: z.enum(["credentials", "fetch", "verification"]),
  asked: count,
  back: z.discriminatedUnion("step", [watch, fetch]),
});
/** This workflow is lost, and another one would do: shall there be one? */
const again = z.object({ ...base, step: z.literal("again"), failure, asked: count });
const ended = z.object({ step: z.literal("ended"), failure: failure.nullable() });

const schema = z.discriminatedUnion("step", [
  start,
  watch,
  upload,
  number,
  selfie,
  consent,
  approve,
  code,
  confirm,
  fetch,
  contract,
  paused,
  again,
  ended,
]);

export type FourthlineState = z.output<typeof schema>;
export type Start = z.output<typeof start>;
export type Watch = z.output<typeof watch>;
export type Upload = z.output<typeof upload>;
export type NumberState = z.output<typeof number>;
export type Selfie = z.output<typeof selfie>;
export type Consent = z.output<typeof consent>;
export type Approve = z.output<typeof approve>;
export type Code = z.output<typeof code>;
export type Confirm = z.output<typeof confirm>;
export type Fetch = z.output<typeof fetch>;
export type Contract = z.output<typeof contract>;
export type Paused = z.output<typeof paused>;
export type Again = z.output<typeof again>;
export type Ended = z.output<typeof ended>;
export type SentFile = z.output<typeof file>;
export type Base = Pick<Start, "order" | "mobile" | "round" | "troubles" | "nextAt">;
export type Open = Omit<Upload, "step" | "sent">;

/** Null when the state is not one of ours (a journal written by another version). */
export function readState(state: FlowState): FourthlineState | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

export function baseOf({ order, mobile, round }: Base): Base {
  return { order, mobile, round, troubles: 0, nextAt: 0 };
}

/** The fields that every state of an open workflow shares, to build the next one from; troubles are over. */
export function openOf(state: Open): Open {
  const { workflowId, uploads, files, sentTo, agreed, digits, wrong, confirmed, wasPending } = state;
  const { consentFrom, codeFrom, attempts, asked } = state;
  const rest = { workflowId, uploads, files, sentTo, agreed, digits, wrong, confirmed, wasPending };
  return { ...baseOf(state), ...rest, consentFrom, codeFrom, attempts, asked };
}
