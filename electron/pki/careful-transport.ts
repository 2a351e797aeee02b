import type { Failure } from "../../shared/failure.ts";
import { failed } from "../../shared/result.ts";
import type { PkiTransport } from "./pki-transport.ts";

/** Long enough for a folder of documents, short enough for a service that comes back. */
const REMEMBERED_MILLISECONDS = 60_000;

/**
 * A transport that does not wait again for a service that did not answer a moment ago: four hundred documents by one
 * authority would wait four hundred times. `now` in milliseconds.
 */
export function carefulTransport(transport: PkiTransport, now: () => number): PkiTransport {
  const away = new Map<string, { readonly until: number; readonly failure: Failure }>();
  return {
    request: async (request) => {
      const origin = URL.parse(request.url)?.origin ?? request.url;
      const known = away.get(origin);
      if (known !== undefined && known.until > now()) {
        return failed(known.failure);
      }
      const answer = await transport.request(request);
      if (
        !answer.ok &&
        (answer.failure.code === "provider.unreachable" || answer.failure.code.startsWith("network."))
      ) {
        away.set(origin, { until: now() + REMEMBERED_MILLISECONDS, failure: answer.failure });
      } else {
        away.delete(origin);
      }
      return answer;
    },
  };
}
