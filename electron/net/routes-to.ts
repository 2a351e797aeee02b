import { isLoopback } from "../pki/loopback.ts";
import type { HttpClientOptions } from "./http-client.ts";
import { DIRECT, parseProxyAddress } from "./proxy-route.ts";
import type { ProxyRoute } from "./proxy-route.ts";
import { untilAborted } from "./until-aborted.ts";

/** The ways to an address; when the system cannot say, directly. */
export async function routesTo(
  url: string,
  options: Pick<HttpClientOptions, "proxy" | "resolveProxy">,
  signal: AbortSignal,
): Promise<readonly ProxyRoute[]> {
  const { proxy, resolveProxy } = options;
  // SECURITY: what is on this computer (the practice providers) concerns no proxy, whatever the settings say.
  if (isLoopback(new URL(url).hostname)) {
    return [DIRECT];
  }
  if (proxy !== undefined) {
    const server = parseProxyAddress(proxy);
    return [server.ok ? server.value : { kind: "unsupported", name: "?" }];
  }
  if (resolveProxy === undefined) {
    return [DIRECT];
  }
  const routes = await untilAborted(
    resolveProxy(url).catch(() => [DIRECT]),
    signal,
  );
  return routes.length === 0 ? [DIRECT] : routes;
}
