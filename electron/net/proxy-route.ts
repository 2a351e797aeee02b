import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";

/** One way to a server. `unsupported`: a kind of proxy that this program does not speak; nothing is sent that way. */
export type ProxyRoute =
  | { readonly kind: "direct" }
  | { readonly kind: "unsupported"; readonly name: string }
  | ProxyServer;

export interface ProxyServer {
  readonly kind: "http" | "https" | "socks5";
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** SECURITY: never logged, never part of a failure. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

/** The ways to an address, the best first. Asked for every request: networks change while a program runs. */
export type ProxyResolver = (url: string) => Promise<readonly ProxyRoute[]>;

export const DIRECT: ProxyRoute = { kind: "direct" };

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

const SCHEMES: Readonly<Record<string, ProxyServer["kind"]>> = {
  "http:": "http",
  "https:": "https",
  "socks5:": "socks5",
  "socks5h:": "socks5",
  "socks:": "socks5",
};

/** "http://user:password@proxy.example:3128"; without a scheme it is http. The failure is not told: it may hold secrets. */
export function parseProxyAddress(address: string): Result<ProxyServer, "not-an-address"> {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(address) ? address : `http://${address}`);
  const kind = SCHEMES[url?.protocol ?? ""];
  if (url === null || kind === undefined || url.hostname === "") {
    return failed("not-an-address");
  }
  const credentials = url.username === "" ? null : { user: decoded(url.username), password: decoded(url.password) };
  const port = url.port === "" ? DEFAULT_PORTS[kind] : Number(url.port);
  return success({ kind, host: withoutBrackets(url.hostname), port, credentials });
}

const PAC_KINDS: Readonly<Record<string, ProxyServer["kind"]>> = {
  PROXY: "http",
  HTTP: "http",
  HTTPS: "https",
  SOCKS5: "socks5",
};

/**
 * What a proxy auto-configuration answers, and Electron's `session.resolveProxy`: "PROXY a:80; SOCKS5 b:1080; DIRECT".
 * What is not understood is skipped; when nothing else is left, nothing is sent, least of all directly.
 */
export function parsePacList(list: string): readonly ProxyRoute[] {
  const entries = list.split(";").flatMap((entry) => {
    const [kind = "", address = ""] = entry.trim().split(/\s+/u);
    return kind === "" ? [] : [pacRoute(kind.toUpperCase(), address)];
  });
  const usable = entries.filter(({ kind }) => kind !== "unsupported");
  return entries.length === 0 ? [DIRECT] : usable.length === 0 ? entries : usable;
}

function pacRoute(name: string, address: string): ProxyRoute {
  if (name === "DIRECT") {
    return DIRECT;
  }
  const kind = PAC_KINDS[name];
  const server = kind === undefined ? failed("not-an-address") : parseProxyAddress(`${kind}://${address}`);
  return server.ok ? server.value : { kind: "unsupported", name };
}

/** As an authority in a request line or an address. */
export const hostPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;

export const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/u, "$1");

/** Percent signs that encode nothing stand for themselves. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
