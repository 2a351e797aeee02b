import { z } from "zod";
import { idnowDetailsSchema } from "../../../../shared/order-details.ts";
import { storedFailure as failure } from "../../flow-steps.ts";
import type { FlowState } from "../../provider.ts";

/**
 * The states of a run, as they lie in the journal. Who signs and order ids are in them; documents, codes and what IDnow
 * found out about a person never are.
 */

const id = z.string().min(1).max(255);
const milliseconds = z.number().int().min(0);
const count = z.number().int().min(0);
const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** What was sent of a document, to know its signed form by. */
const file = z.object({
  id,
  filename: z.string(),
  size: count,
  /** Of the whole document, or the digest that was sent (hash mode). */
  digest: z.string().regex(/^[0-9a-f]{64,128}$/u),
  /** Null: none was chosen, or digests are sent. */
  place: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("rectangle"), page: z.number().int().min(1), rectangle, pageBox: rectangle }),
      z.object({ kind: z.literal("field"), field: z.string() }),
    ])
    .nullable(),
});

const base = {
  order: z.object({
    documents: z.array(z.object({ id, name: z.string(), size: count.optional() })).min(1),
    language: z.enum(["EN", "FR", "NL", "DE"]),
    description: z.string().nullable(),
    details: idnowDetailsSchema,
  }),
  files: z.array(file),
  /** Whose turn it is; an index of `details.signers`. */
  signer: count,
  /** Ids of the orders that were placed, one a signer. */
  orders: z.array(id),
};

const start = z.object({ ...base, step: z.literal("start") });
/** Questions before anything is sent, one after the other. */
const ask = z.object({
  ...base,
  step: z.literal("ask"),
  questions: z.array(z.enum(["large", "disturbed", "sms-disturbed"])).min(1),
});
const prepare = z.object({ ...base, step: z.literal("prepare") });
/** The reference is in the journal before the order is placed under it. */
const ordering = z.object({
  ...base,
  step: z.literal("ordering"),
  ref: z.string().min(1).max(100),
  add: count,
  /** Nothing has been sent under this reference yet. */
  fresh: z.boolean(),
  /** How often the order has to be looked for in vain before it counts as not made. */
  looksLeft: count,
  troubles: count,
  nextAt: milliseconds,
  cancelled: z.boolean(),
  /** The order is there, but a crash has lost what was sent with it: the documents are looked at once more. */
  found: id.nullable(),
});

/** An order that is open at IDnow. */
const open = {
  ...base,
  orderId: id,
  /** Null: it is not known, only the person's e-mail has it; or there is none. */
  pageUrl: z.string().nullable(),
  deepLink: z.string().nullable(),
  page: z.enum(["none", "open", "returned", "closed"]),
  reopened: count,
  /** The person needs no identification any more: only the code is missing. */
  identified: z.boolean(),
  since: milliseconds,
  nextAt: milliseconds,
  troubles: count,
  /** Name of the last status that the person may know of. */
  status: z.string().nullable(),
  /** The attempt that was broken off and for which the page was opened again. */
  again: z.string().nullable(),
  /** How many questions for a code there were: makes the id of each its own. */
  asked: count,
};
const watch = z.object({
  ...open,
  step: z.literal("watch"),
  /** Typing the code here: "wanted" until IDnow has sent one; "confirmed": it was right. */
  code: z.enum(["on-page", "wanted", "confirmed"]),
  /** How long the history was when IDnow said that it is too early for a code. */
  tooEarlyAt: count.nullable(),
});
const requestCode = z.object({ ...open, step: z.literal("request-code"), entries: count });
const code = z.object({
  ...open,
  step: z.literal("code"),
  /** Wrong codes so far. */
  wrong: count,
  problem: failure.nullable(),
  resendFrom: milliseconds,
  /** The problem that was told of the sending of codes. */
  toldOf: z.string().nullable(),
});
const fetch = z.object({ ...base, step: z.literal("fetch"), troubles: count, damaged: count, nextAt: milliseconds });
/** Cannot go on without a word from the person. */
const paused = z.object({
  step: z.literal("paused"),
  failure,
  question: z.enum(["credentials", "fetch"]),
  back: z.discriminatedUnion("step", [ordering, watch, fetch]),
});
/** All signed documents are kept here; what is left at IDnow can be looked at and deleted. */
const finish = z.object({
  ...base,
  step: z.literal("finish"),
  /** Whose result is shown; an index of `orders`. */
  shown: count,
  asked: count,
  problem: failure.nullable(),
});
const cancel = z.object({
  ...base,
  step: z.literal("cancel"),
  orderId: id,
  /** How the run ends afterwards. */
  failure,
  troubles: count,
  nextAt: milliseconds,
});
const ended = z.object({ step: z.literal("ended"), failure: failure.nullable() });

const schema = z.discriminatedUnion("step", [
  start,
  ask,
  prepare,
  ordering,
  watch,
  requestCode,
  code,
  fetch,
  paused,
  finish,
  cancel,
  ended,
]);

export type IdnowState = z.output<typeof schema>;
export type Base = Pick<z.output<typeof start>, "order" | "files" | "signer" | "orders">;
export type Start = z.output<typeof start>;
export type Ask = z.output<typeof ask>;
export type Prepare = z.output<typeof prepare>;
export type Ordering = z.output<typeof ordering>;
export type Watch = z.output<typeof watch>;
export type RequestCode = z.output<typeof requestCode>;
export type Code = z.output<typeof code>;
export type Open = Watch | RequestCode | Code;
export type Fetch = z.output<typeof fetch>;
export type Paused = z.output<typeof paused>;
export type Finish = z.output<typeof finish>;
export type Cancel = z.output<typeof cancel>;
export type Ended = z.output<typeof ended>;
export type SentFile = z.output<typeof file>;

/** Null when the state is not one of ours (a journal written by another version). */
export function readState(state: FlowState): IdnowState | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

/** The fields that every living state shares, to build the next one from. */
export function baseOf({ order, files, signer, orders }: Base): Base {
  return { order, files, signer, orders };
}

export type OpenFields = Omit<Watch, "step" | "code" | "tooEarlyAt">;

export function openOf(state: Open): OpenFields {
  const { orderId, pageUrl, deepLink, page, reopened, identified, since, nextAt, troubles, status, again } = state;
  const fields = { orderId, pageUrl, deepLink, page, reopened, identified, since, nextAt, troubles, status, again };
  return { ...baseOf(state), ...fields, asked: state.asked };
}

export function signerOf(state: Base): Base["order"]["details"]["signers"][number] {
  const signer = state.order.details.signers[state.signer];
  if (signer === undefined) {
    throw new Error("the order has no such signer");
  }
  return signer;
}
