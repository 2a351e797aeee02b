import { BlockList, isIP } from "node:net";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { DIRECT, parseProxyAddress, withoutBrackets } from "./proxy-route.ts";
import type { ProxyResolver, ProxyServer } from "./proxy-route.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in upper or lower case, as curl and most command lines read them.
 * The failure names the variable whose value is no address; going on without it would lead around the proxy.
 */
export function environmentProxies(environment: Environment): Result<ProxyResolver, string> {
  const proxies = new Map<string, ProxyServer>();
  for (const [protocol, name] of [
    ["https:", "HTTPS_PROXY"],
    ["http:", "HTTP_PROXY"],
    ["", "ALL_PROXY"],
  ] as const) {
    const value = valueOf(environment, name);
    if (value !== "") {
      const parsed = parseProxyAddress(value);
      if (!parsed.ok) {
        return failed(name);
      }
      proxies.set(protocol, parsed.value);
    }
  }
  const isExcepted = exceptions(valueOf(environment, "NO_PROXY"));
  return success(async (url) => {
    const { protocol, hostname, port } = new URL(url);
    const proxy = proxies.get(protocol) ?? proxies.get("");
    const at = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
    return proxy === undefined || isExcepted(withoutBrackets(hostname), at) ? [DIRECT] : [proxy];
  });
}

/** The lower-case name wins, as in curl. */
function valueOf(environment: Environment, name: string): string {
  return (environment[name.toLowerCase()] ?? environment[name] ?? "").trim();
}

/** "*", names (with all that end in them), addresses, address ranges ("10.0.0.0/8"), each with an optional port. */
function exceptions(list: string): (host: string, port: number) => boolean {
  const tests = list
    .split(/[\s,]+/u)
    .filter((entry) => entry !== "")
    .map(exception);
  return (host, port) => tests.some((test) => test(host.toLowerCase(), port));
}

function exception(entry: string): (host: string, port: number) => boolean {
  if (entry === "*") {
    return () => true;
  }
  const range = /^(.+)\/(\d{1,3})$/u.exec(entry);
  if (range !== null) {
    return inRange(withoutBrackets(range[1] ?? ""), Number(range[2]));
  }
  const withPort = isIP(entry) === 6 ? null : /^(.+):(\d{1,5})$/u.exec(entry);
  const name = withoutBrackets(withPort?.[1] ?? entry)
    .toLowerCase()
    .replace(/^\*?\./u, "");
  const only = withPort === null ? null : Number(withPort[2]);
  return (host, port) => (only === null || only === port) && (host === name || host.endsWith(`.${name}`));
}

function inRange(network: string, bits: number): (host: string) => boolean {
  const family = isIP(network);
  if (family === 0 || bits > (family === 4 ? 32 : 128)) {
    return () => false;
  }
  const ranges = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  ranges.addSubnet(network, bits, type);
  return (host) => isIP(host) === family && ranges.check(host, type);
}
