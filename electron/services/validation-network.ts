import { createHttpClient } from "../net/http-client.ts";
import type { ProxyResolver } from "../net/proxy-route.ts";
import { carefulTransport } from "../pki/careful-transport.ts";
import { RevocationCache } from "../pki/revocation-cache.ts";
import type { ValidationNetwork } from "../verify/validation-network.ts";

export interface OpenValidationNetwork {
  readonly network: ValidationNetwork;
  readonly close: () => Promise<void>;
}

/** The network as verifying uses it: no credential of ours, proxies as set, answers kept. Opens nothing by itself. */
export function openValidationNetwork(parts: {
  readonly resolveProxy?: ProxyResolver | undefined;
  /** See `ValidationNetwork`. */
  readonly fetchIssuers: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): OpenValidationNetwork {
  const { resolveProxy, fetchIssuers, now } = parts;
  const http = createHttpClient({
    ...(resolveProxy === undefined ? {} : { resolveProxy }),
    timeouts: { connectMilliseconds: 5_000 },
  });
  const network = {
    transport: carefulTransport(http, now),
    cache: new RevocationCache(),
    now: () => new Date(now()),
    fetchIssuers,
  };
  return { network, close: () => http.close() };
}
