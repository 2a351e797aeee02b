import { z } from "zod";
import { HISTORY_OUTCOMES } from "./history.ts";
import { ENVIRONMENT_KINDS } from "./profiles.ts";

/** SECURITY: one page never makes main look up more than this in the journal. */
export const MAXIMUM_HISTORY_PAGE = 200;

const instant = z.iso.datetime().nullable();

export const historyQuerySchema = z.object({
  /** Part of a file name, digest, provider or profile; "" for all. */
  text: z.string().max(200),
  outcome: z.enum(HISTORY_OUTCOMES).nullable(),
  environment: z.enum(ENVIRONMENT_KINDS).nullable(),
  /** ISO 8601; `to` is excluded. */
  from: instant,
  to: instant,
  /** From the newest, 0. */
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(MAXIMUM_HISTORY_PAGE),
});
export type HistoryQuery = z.output<typeof historyQuerySchema>;
