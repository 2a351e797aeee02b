import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import type { Socket } from "node:net";
import { addAbortSignal } from "node:stream";
import type { SecureContext } from "node:tls";
import type { Failure } from "../../shared/failure.ts";
import type { HttpClientOptions } from "./http-client.ts";
import { proxyLeg } from "./open-dispatcher.ts";
import { openThrough } from "./proxy-connector.ts";
import { DIRECT, hostPort, withoutBrackets } from "./proxy-route.ts";
import type { ProxyRoute, ProxyServer } from "./proxy-route.ts";
import { ProxyProblem } from "./proxy-problem.ts";
import { probeTls } from "./probe-tls.ts";
import type { TlsFinding } from "./probe-tls.ts";
import { routesTo } from "./routes-to.ts";
import { hasNetwork } from "./has-network.ts";
import { openSecureContext } from "./secure-context.ts";
import { codeOf } from "./transport-failure.ts";
import { untilAborted } from "./until-aborted.ts";

/** What was found on the way to a server, one step after the other; a step that was not reached is null. */
export interface ConnectionFindings {
  readonly dns: DnsFinding;
  readonly proxy: ProxyFinding | null;
  /** Null and no failure before: the way through this kind of proxy cannot be looked at in steps. */
  readonly tcp: Outcome<{ readonly address: string }> | null;
  readonly tls: TlsFinding | null;
}

export type Outcome<T> =
  | { readonly kind: "good"; readonly value: T }
  | { readonly kind: "bad"; readonly failure: Failure };

export type DnsFinding =
  | Outcome<{ readonly addresses: readonly string[] }>
  /** The address is a number. */
  | { readonly kind: "number" }
  /** The proxy looks it up. */
  | { readonly kind: "by-proxy" };

export type ProxyFinding =
  | { readonly kind: "direct" }
  | { readonly kind: "through"; readonly proxy: string }
  /** SOCKS: opened together with everything else. */
  | { readonly kind: "whole"; readonly proxy: string }
  | { readonly kind: "bad"; readonly failure: Failure };

export type ProbeOptions = Pick<
  HttpClientOptions,
  "clientCertificate" | "extraCaPem" | "onlyCaPem" | "proxy" | "resolveProxy"
> & {
  /** Default 10 s each for name, connection and handshake. */
  readonly stepMilliseconds?: number;
};

const DEFAULT_STEP = 10_000;

/**
 * Goes the way that a request to `url` (https) would go, step by step, and says how far it came. Nothing is sent. The client
 * certificate is shown in the handshake; a server that refuses it says so there (TLS 1.2) or only at the first request.
 * Rejects with the signal's reason as soon as it is aborted, and ends what it had opened.
 */
export async function probeConnection(
  url: string,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<ConnectionFindings> {
  const { hostname, port } = new URL(url);
  const target = { host: withoutBrackets(hostname), port: port === "" ? 443 : Number(port) };
  const limit = options.stepMilliseconds ?? DEFAULT_STEP;
  const routes = await routesTo(url, options, signal);
  const [first = DIRECT, ...others] = routes;
  const probe = { target, options, limit, signal };
  let findings = await probeRoute(first, probe);
  for (const route of others) {
    // As requests do: a proxy that does not answer is gone around when the list goes on.
    if (findings.proxy?.kind !== "bad" || findings.proxy.failure.code !== "network.proxy-unreachable") {
      break;
    }
    findings = await probeRoute(route, probe);
  }
  return findings;
}

interface Probe {
  readonly target: Target;
  readonly options: ProbeOptions;
  readonly limit: number;
  readonly signal: AbortSignal;
}

async function probeRoute(route: ProxyRoute, probe: Probe): Promise<ConnectionFindings> {
  if (route.kind !== "direct") {
    return throughProxy(route, probe);
  }
  const { target, limit, signal } = probe;
  const direct = { kind: "direct" } as const;
  const dns = await untilAborted(lookUp(target.host, limit), signal);
  if (dns.kind === "bad") {
    return { dns, proxy: direct, tcp: null, tls: null };
  }
  const connected = await connectTo(probe);
  signal.throwIfAborted();
  if (connected.socket === null) {
    return { dns, proxy: direct, tcp: { kind: "bad", failure: connected.failure }, tls: null };
  }
  const { socket } = connected;
  const tcp = {
    kind: "good",
    value: { address: hostPort({ host: socket.remoteAddress ?? target.host, port: target.port }) },
  } as const;
  return { dns, proxy: direct, tcp, tls: await handshake(socket, probe) };
}

interface Target {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

async function throughProxy(route: Exclude<ProxyRoute, { kind: "direct" }>, probe: Probe): Promise<ConnectionFindings> {
  const dns = { kind: "by-proxy" } as const;
  if (route.kind === "unsupported") {
    const { failure } = new ProxyProblem("unreachable", route.name, "unsupported");
    return { dns, proxy: { kind: "bad", failure }, tcp: null, tls: null };
  }
  const proxy = hostPort(route);
  if (route.kind === "socks5") {
    return { dns, proxy: { kind: "whole", proxy }, tcp: null, tls: null };
  }
  try {
    const socket = await tunnel(route, probe);
    const tcp = { kind: "good", value: { address: hostPort(probe.target) } } as const;
    return { dns, proxy: { kind: "through", proxy }, tcp, tls: await handshake(socket, probe) };
  } catch (problem) {
    if (!(problem instanceof ProxyProblem)) {
      throw problem;
    }
    return { dns, proxy: { kind: "bad", failure: problem.failure }, tcp: null, tls: null };
  }
}

async function tunnel(route: ProxyServer, { target, options, limit, signal }: Probe): Promise<Socket> {
  const toProxy = proxyLeg(route, {
    // SECURITY: our client certificate is not for the proxy.
    proxyContext: () => openSecureContext({ extraCaPem: options.extraCaPem ?? [] }),
    connectMilliseconds: limit,
  });
  const opening = openThrough(
    { route, toProxy: whileWanted(toProxy, signal), timeoutMilliseconds: limit },
    { protocol: "https:", hostname: target.host, port: String(target.port) },
  );
  return untilAborted(opening, signal);
}

/** Connections to the proxy end when the signal is aborted, also those that come only then. */
function whileWanted(toProxy: ReturnType<typeof proxyLeg>, signal: AbortSignal): ReturnType<typeof proxyLeg> {
  return (target, callback) =>
    toProxy(target, (...[error, socket]) => {
      if (error === null) {
        endWhenAborted(socket, signal);
        callback(null, socket);
      } else {
        callback(error, null);
      }
    });
}

/** A connection that is ended by the signal has nobody to tell. */
function endWhenAborted(socket: Socket, signal: AbortSignal): void {
  socket.on("error", () => undefined);
  addAbortSignal(signal, socket);
}

async function lookUp(host: string, limit: number): Promise<DnsFinding> {
  if (isIP(host) !== 0) {
    return { kind: "number" };
  }
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), limit);
  try {
    const found = await Promise.race([lookup(host, { all: true }), late.promise]);
    return found === "late"
      ? { kind: "bad", failure: { code: "connection.no-name", params: { host, reason: "timeout" } } }
      : { kind: "good", value: { addresses: found.map(({ address }) => address) } };
  } catch (problem) {
    const code = hasNetwork() ? "connection.no-name" : "network.offline";
    return { kind: "bad", failure: { code, params: { host, reason: codeOf(problem) } } };
  } finally {
    clearTimeout(timer);
  }
}

type Connected =
  | { readonly socket: Socket; readonly failure: null }
  | { readonly socket: null; readonly failure: Failure };

function connectTo({ target: { host, port }, limit, signal }: Probe): Promise<Connected> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    endWhenAborted(socket, signal);
    const fail = (reason: string): void => {
      socket.destroy();
      const silent = hasNetwork() ? "connection.no-way" : "network.offline";
      const code = reason === "ECONNREFUSED" ? "connection.closed-port" : silent;
      resolve({ socket: null, failure: { code, params: { host: hostPort({ host, port }), reason } } });
    };
    const timer = setTimeout(() => fail("timeout"), limit);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve({ socket, failure: null });
    });
    socket.on("error", (problem) => {
      clearTimeout(timer);
      fail(codeOf(problem) || innerCode(problem));
    });
  });
}

/** Several addresses were tried: the reason of the first. */
const innerCode = (problem: unknown): string =>
  problem instanceof AggregateError ? codeOf(problem.errors[0]) || "unknown" : "unknown";

async function handshake(socket: Socket, { target: { host }, options, limit, signal }: Probe): Promise<TlsFinding> {
  let context: SecureContext;
  try {
    context = openSecureContext(options);
  } catch {
    socket.destroy();
    return { kind: "own-certificate", failure: { code: "provider.client-certificate", params: { host } } };
  }
  const found = await probeTls(socket, { host, context, limit });
  signal.throwIfAborted();
  return found;
}
