import type { Failure } from "../../shared/failure.ts";
import { failed } from "../../shared/result.ts";
import type { PkiTransport } from "./pki-transport.ts";

/** Long enough for a folder of documents, short enough for a service that comes back. */
const REMEMBERED_MILLISECONDS = 60_000;
/** That many different services in a row do not answer: it is the network that is away. */
const OFFLINE_AFTER = 4;

/**
 * A transport that does not wait again for a service that did not answer a moment ago: four hundred documents by one
 * authority would wait four hundred times, and as many by different ones where there is no network. `now` in
 * milliseconds.
 */
export function carefulTransport(transport: PkiTransport, now: () => number): PkiTransport {
  const away = new Map<string, { readonly until: number; readonly failure: Failure }>();
  /** Origins that failed since the last answer of anybody. */
  let inARow = new Set<string>();
  let offlineUntil = 0;
  return {
    request: async (request) => {
      const origin = URL.parse(request.url)?.origin ?? request.url;
      const known = away.get(origin);
      if (known !== undefined && known.until > now()) {
        return failed(known.failure);
      }
      if (offlineUntil > now()) {
        return failed({ code: "provider.unreachable", params: { host: origin, reason: "offline" } });
      }
      const answer = await transport.request(request);
      const until = now() + REMEMBERED_MILLISECONDS;
      if (answer.ok || !isAway(answer.failure)) {
        away.delete(origin);
        inARow = new Set();
        return answer;
      }
      away.set(origin, { until, failure: answer.failure });
      inARow.add(origin);
      if (inARow.size >= OFFLINE_AFTER) {
        offlineUntil = until;
        inARow = new Set();
      }
      return answer;
    },
  };
}

/** Cancelled too: by the time limit, after waiting in vain; whoever gave up asks no more anyway. */
const isAway = ({ code }: Failure): boolean =>
  code === "provider.unreachable" || code === "provider.cancelled" || code.startsWith("network.");
