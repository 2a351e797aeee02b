import { z } from "zod";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { storedFailure } from "../flow-steps.ts";
import type { FlowState } from "../provider.ts";

/** The states of a run, as they lie in the journal. Session ids and certificates, no secrets. */

const id = z.string().min(1).max(255);
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .transform((text) => text as Sha256Hex);
const milliseconds = z.number().int().min(0);

const base = {
  order: z.object({
    documents: z.array(z.object({ id, name: z.string() })).min(1),
    language: z.enum(["EN", "FR", "NL", "DE"]),
    description: z.string().nullable(),
    policy: z.string().nullable(),
    commitmentType: z.string().nullable(),
    signerRole: z.string().nullable(),
    knownPerson: z.string().nullable(),
  }),
  /** Ids of the documents whose values have been handed over. */
  done: z.array(id),
  /** How many documents the next approval covers at the most. */
  batch: z.number().int().min(1),
  /** Sessions started so far, of both kinds: makes the ids of interactions unique. */
  sessions: z.number().int().min(0),
};

const signer = z.object({ chain: z.array(z.string()).min(1), userCode: id });
const digests = z.array(z.object({ id, sha256 })).min(1);

/** A session in which the person does something at itsme, and we ask again and again. */
const poll = z.object({
  session: id,
  pageUrl: z.string(),
  page: z.enum(["open", "returned", "closed"]),
  /** How many times the page has been asked for again. */
  reopened: z.number().int().min(0),
  deadline: milliseconds,
  nextAt: milliseconds,
  /** Failed attempts in a row. */
  troubles: z.number().int().min(0),
});

const identifyStart = z.object({ ...base, step: z.literal("identify-start"), useKnownPerson: z.boolean() });
const identifyPoll = z.object({ ...base, step: z.literal("identify-poll"), poll });
const needDigests = z.object({ ...base, step: z.literal("need-digests"), signer });
const confirm = z.object({
  ...base,
  step: z.literal("confirm"),
  signer,
  digests,
  why: z.enum(["next-approval", "single-approvals"]),
});
const signStart = z.object({
  ...base,
  step: z.literal("sign-start"),
  signer,
  digests,
  requestId: id,
  attempts: z.number().int().min(0),
  nextAt: milliseconds,
});
const signPoll = z.object({
  ...base,
  step: z.literal("sign-poll"),
  signer,
  digests,
  requestId: id,
  /** The documents of this session. */
  round: z.array(id).min(1),
  poll,
});
const delivered = z.object({ ...base, step: z.literal("delivered"), signer, digests });
/** No answer in time, or no way to ask for one: the approval may still be there, and the person says whether to ask again. */
const paused = z.object({ step: z.literal("paused"), back: signPoll, failure: storedFailure });
const ended = z.object({ step: z.literal("ended"), failure: storedFailure.nullable() });

const schema = z.discriminatedUnion("step", [
  identifyStart,
  identifyPoll,
  needDigests,
  confirm,
  signStart,
  signPoll,
  delivered,
  paused,
  ended,
]);

export type ItsmeState = z.output<typeof schema>;
export type IdentifyStart = z.output<typeof identifyStart>;
export type IdentifyPoll = z.output<typeof identifyPoll>;
export type NeedDigests = z.output<typeof needDigests>;
export type Confirm = z.output<typeof confirm>;
export type SignStart = z.output<typeof signStart>;
export type SignPoll = z.output<typeof signPoll>;
export type Delivered = z.output<typeof delivered>;
export type Paused = z.output<typeof paused>;
export type Ended = z.output<typeof ended>;
export type Poll = z.output<typeof poll>;

/** Null when the state is not one of ours (a journal written by another version). */
export function readState(state: FlowState): ItsmeState | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

/** The fields every living state shares, to build the next one from. */
export function baseOf(
  state: Exclude<ItsmeState, Paused | Ended>,
): Pick<IdentifyStart, "order" | "done" | "batch" | "sessions"> {
  const { order, done, batch, sessions } = state;
  return { order, done, batch, sessions };
}
