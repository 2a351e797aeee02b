import { session } from "electron";
import { DIRECT, parsePacList } from "../net/proxy-route.ts";
import type { ProxyResolver } from "../net/proxy-route.ts";

/**
 * The proxies that the system's settings name for an address, auto-configuration (PAC) included: Chromium evaluates them.
 * SECURITY: a PAC script is told the origin only; paths may hold what is nobody's business.
 */
export const systemProxies: ProxyResolver = async (url) => {
  const origin = URL.parse(url)?.origin;
  return origin === undefined ? [DIRECT] : parsePacList(await session.defaultSession.resolveProxy(`${origin}/`));
};
