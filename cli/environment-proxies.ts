import { environmentProxies } from "../electron/net/environment-proxies.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { UsageError } from "./exit-status.ts";

/** The command line goes out as the environment says: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY. */
export function proxiesOf(environment: NodeJS.ProcessEnv): ProxyResolver {
  const proxies = environmentProxies(environment);
  if (!proxies.ok) {
    // SECURITY: the name of the variable, not its value: that may hold a password.
    throw new UsageError(`${proxies.failure}: not the address of a proxy, for example http://proxy.example:3128`);
  }
  return proxies.value;
}
