import { setTimeout as delay } from "node:timers/promises";
import type { Failure } from "../../shared/failure.ts";
import type { Result } from "../../shared/result.ts";
import type { HttpAnswer, HttpClient } from "./http-client.ts";
import { pauseAfter } from "./pause-after.ts";

export interface Repeating {
  /** In all. */
  readonly attempts: number;
  /** Of the first pause, in milliseconds; each further one is twice as long. */
  readonly firstPause: number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

const USUAL: Repeating = {
  attempts: 3,
  firstPause: 1_000,
  random: Math.random,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/** RFC 9110 15.6.3 to 15.6.5: somebody in between has no answer now. */
const PASSING_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);
/** Codes of connections that failed at once. One that took all its time is not given the same time again. */
const PASSING_REASON: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EAI_AGAIN",
  "UND_ERR_SOCKET",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/**
 * A client that asks again, a little later each time, when the way was closed for a moment. Only for services where an
 * answer too many changes nothing: timestamps (RFC 3161), OCSP, lists, certificates. SECURITY: never for a provider, where an
 * order that is placed twice is a person who is asked twice; its own flow knows what may be repeated.
 */
export function repeatingClient(client: HttpClient, { attempts, firstPause, random, sleep } = USUAL): HttpClient {
  return {
    ...client,
    async request(request) {
      for (let made = 1; ; made += 1) {
        const outcome = await client.request(request);
        if (made >= attempts || !isPassing(outcome) || request.signal?.aborted === true) {
          return outcome;
        }
        try {
          await sleep(pauseAfter(made - 1, { first: firstPause, longest: 10_000 }, random), request.signal);
        } catch {
          // Whoever asked has given up meanwhile.
          return outcome;
        }
      }
    },
  };
}

function isPassing(outcome: Result<HttpAnswer, Failure>): boolean {
  if (outcome.ok) {
    return PASSING_STATUS.has(outcome.value.status);
  }
  const { code, params } = outcome.failure;
  return code === "provider.unreachable" && PASSING_REASON.has(params?.["reason"]);
}
