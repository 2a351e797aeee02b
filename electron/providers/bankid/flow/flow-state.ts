import { z } from "zod";

import { BANKID_FORMATS, BANKID_LANGUAGES } from "../../../../shared/bankid-text.ts";
import { storedFailure as failure } from "../../flow-steps.ts";
import type { FlowState } from "../../provider.ts";

/**
 * The states of a run, as they lie in the journal. SECURITY: tokens and the secret of the QR code are in none of them; an
 * order that outlives the program can be asked about, but its code cannot be shown again.
 */

const id = z.string().min(1).max(255);
const milliseconds = z.number().int().min(0);
const count = z.number().int().min(0);

const documents = z.array(z.object({ id, name: z.string() })).min(1);
/** What is signed, exactly. */
const texts = z.object({ visibleText: z.string(), hiddenData: z.string() });

/** What was chosen for this run; the usual choices of a profile may be others by the time it goes on. */
const wishes = z.object({
  /** Twelve digits: who has to sign; null: whoever does. */
  personalNumber: z.string().nullable(),
  language: z.enum(BANKID_LANGUAGES),
  format: z.enum(BANKID_FORMATS),
  /** How an order begins. */
  start: z.enum(["qr", "autostart"]),
});

const start = z.object({
  step: z.literal("start"),
  documents,
  wishes,
  /** What the person confirmed; null: nobody was asked. */
  confirmedText: z.string().nullable(),
});
const base = {
  wishes,
  /** Ids of the documents that the texts name. */
  signed: z.array(id).min(1),
  texts,
  /** Orders placed so far. */
  orders: count,
  /** When the first one was placed; 0: none was. */
  firstAt: milliseconds,
};
const place = z.object({ ...base, step: z.literal("place") });
/** In the journal before the order is placed: found there after a crash, nobody knows whether it was. */
const placing = z.object({ ...base, step: z.literal("placing") });
const collect = z.object({
  ...base,
  step: z.literal("collect"),
  reference: id,
  placedAt: milliseconds,
  nextAt: milliseconds,
  method: z.enum(["qr", "autostart"]),
  /** How often the way to start was changed: makes the ids of interactions unique. */
  changes: count,
  /** When the app on this computer was opened last. */
  openedAt: milliseconds,
  /** BankID's last hint; null: none yet. */
  hint: z.string().nullable(),
  /** Why the code is shown again; null: it never was away. */
  problem: failure.nullable(),
  /** Calls that failed in a row, and since when. */
  troubles: count,
  troubledSince: milliseconds,
});
/** The answer is kept before it is judged: it can be had from BankID for three minutes only. */
const judge = z.object({
  ...base,
  step: z.literal("judge"),
  evidence: z.object({ signature: z.string(), ocspResponse: z.string() }),
});
/** Somebody may have signed, and Sealdesk cannot ask or judge now: the person says whether to try again. */
const paused = z.object({
  step: z.literal("paused"),
  back: z.discriminatedUnion("step", [collect, judge]),
  failure,
  /** When it stopped. */
  since: milliseconds,
});
const delivered = z.object({ step: z.literal("delivered") });
const ended = z.object({ step: z.literal("ended"), failure: failure.nullable() });

const schema = z.discriminatedUnion("step", [start, place, placing, collect, judge, paused, delivered, ended]);

export type BankIdState = z.output<typeof schema>;
export type Start = z.output<typeof start>;
export type Place = z.output<typeof place>;
export type Placing = z.output<typeof placing>;
export type Collect = z.output<typeof collect>;
export type Judge = z.output<typeof judge>;
export type Paused = z.output<typeof paused>;
export type Base = Omit<Place, "step">;

/** Null when the state is not one of ours (a journal written by another version). */
export function readState(state: FlowState): BankIdState | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? parsed.data : null;
}

/** The fields that every state after "start" shares. */
export const baseOf = ({ wishes: chosen, signed, texts: both, orders, firstAt }: Base): Base => ({
  wishes: chosen,
  signed,
  texts: both,
  orders,
  firstAt,
});
