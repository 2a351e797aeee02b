import type { SecureContext } from "node:tls";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { Failure } from "../../shared/failure.ts";
import { openDispatcher } from "./open-dispatcher.ts";
import type { Opened } from "./open-dispatcher.ts";
import { proxyAuthorization } from "./proxy-connector.ts";
import { ProxyProblem } from "./proxy-problem.ts";
import { hostPort } from "./proxy-route.ts";
import type { ProxyResolver, ProxyRoute } from "./proxy-route.ts";
import { routesTo } from "./routes-to.ts";
import { openSecureContext } from "./secure-context.ts";
import { transportFailure } from "./transport-failure.ts";
import { untilAborted } from "./until-aborted.ts";

/** For mutual TLS. PEM, because Electron's BoringSSL cannot open every PKCS#12 file. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface HttpClientOptions {
  readonly clientCertificate?: ClientIdentity;
  /**
   * SECURITY: secrets that somebody keeps for us, fetched when they are needed: the certificate once, for the first connection,
   * after which only the TLS library has it; headers for each request. A failure is the request's.
   */
  readonly lend?: {
    readonly clientCertificate?: () => Promise<Result<ClientIdentity, Failure>>;
    readonly headers?: () => Promise<Result<Readonly<Record<string, string>>, Failure>>;
  };
  /** Certificate authorities trusted besides the system's (an organisation's own CA). */
  readonly extraCaPem?: readonly string[];
  /** Trust these and nothing else (the sandbox). */
  readonly onlyCaPem?: readonly string[];
  /** Sent with every request (a relay's secret); never logged. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeouts?: {
    /** TCP and TLS together. Default 10 s. */
    readonly connectMilliseconds?: number;
    /** The whole request, unless the request says otherwise. Default 30 s. */
    readonly requestMilliseconds?: number;
  };
  /** Address of the one proxy to use ("http://proxy.example:3128"). */
  readonly proxy?: string;
  /** Which proxies lead to an address, when none is fixed. Absent: none. What is on this computer is never asked about. */
  readonly resolveProxy?: ProxyResolver;
  /** Told of every exchange when it is over. SECURITY: of the address only the host, and nothing that was said. */
  readonly onExchange?: (exchange: HttpExchange) => void;
}

export interface HttpExchange {
  readonly method: HttpRequest["method"];
  readonly host: string;
  /** Null: there was no answer. */
  readonly status: number | null;
  /** Code of the failure, or null. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal?: AbortSignal;
  /** Time for the whole exchange, answer included. */
  readonly timeoutMilliseconds?: number;
  /** A longer answer is refused. Default 4 MiB. */
  readonly maximumBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; several values are joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpClient {
  /**
   * One request, one answer; redirects are answers, not followed. Never throws for expected failures:
   * `provider.unreachable` (name, connection, time limit), `provider.tls`, `provider.client-certificate`,
   * `provider.unexpected-answer` (too large, not HTTP), `provider.cancelled` (the signal), and `network.proxy-*` when
   * the way there is closed. Params: `host`, `reason`.
   */
  request(request: HttpRequest): Promise<Result<HttpAnswer, Failure>>;
  /** Ends idle connections; requests in flight end with `provider.cancelled`. */
  close(): Promise<void>;
}

const DEFAULT_CONNECT = 10_000;
const DEFAULT_REQUEST = 30_000;
const DEFAULT_MAXIMUM_BYTES = 4 * 1024 * 1024;

/** An HTTP client with its own trust store and client certificate. Nothing is opened before the first request. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const connections = new Connections(options);

  return {
    async request(request) {
      const host = hostOf(request.url);
      if (host === null) {
        return failed({ code: "provider.configuration", params: { field: "url" } });
      }
      if (connections.isClosed || request.signal?.aborted === true) {
        return failed({ code: "provider.cancelled", params: { host } });
      }
      const started = performance.now();
      const outcome = await exchange(connections, options, request, host);
      options.onExchange?.({
        method: request.method,
        host,
        status: outcome.ok ? outcome.value.status : null,
        failure: outcome.ok ? null : outcome.failure.code,
        milliseconds: Math.round(performance.now() - started),
      });
      return connections.isClosed && !outcome.ok ? failed({ code: "provider.cancelled", params: { host } }) : outcome;
    },
    close: () => connections.close(),
  };
}

/** The connections of one client, kept for each way out. */
class Connections {
  readonly #options: HttpClientOptions;
  readonly #opened = new Map<string, Opened>();
  #secureContext: SecureContext | null = null;
  isClosed = false;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** Fetches the client certificate when somebody else keeps it. Throws as `on`. */
  async prepare(): Promise<Failure | null> {
    const fetch = this.#options.lend?.clientCertificate;
    if (fetch === undefined || this.#secureContext !== null) {
      return null;
    }
    const lent = await fetch();
    if (!lent.ok) {
      return lent.failure;
    }
    this.#secureContext ??= openSecureContext({ ...this.#options, clientCertificate: lent.value });
    return null;
  }

  /** Throws what a broken certificate or key makes TLS throw. */
  on(route: Exclude<ProxyRoute, { kind: "unsupported" }>): Opened {
    const key = route.kind === "direct" ? "direct" : JSON.stringify(route);
    const known = this.#opened.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#secureContext ??= openSecureContext(this.#options);
    const opened = openDispatcher(route, {
      secureContext: this.#secureContext,
      proxyContext: () => openSecureContext({ extraCaPem: this.#options.extraCaPem ?? [] }),
      connectMilliseconds: this.#options.timeouts?.connectMilliseconds ?? DEFAULT_CONNECT,
    });
    this.#opened.set(key, opened);
    return opened;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const all = [...this.#opened.values()];
    this.#opened.clear();
    await Promise.all(all.map(({ dispatcher }) => dispatcher.destroy()));
  }
}

async function exchange(
  connections: Connections,
  options: HttpClientOptions,
  request: HttpRequest,
  host: string,
): Promise<Result<HttpAnswer, Failure>> {
  const limit = AbortSignal.timeout(
    request.timeoutMilliseconds ?? options.timeouts?.requestMilliseconds ?? DEFAULT_REQUEST,
  );
  const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
  let alert: string | null = null;
  try {
    const refusal = await untilAborted(connections.prepare(), signal);
    const headers = refusal === null ? await untilAborted(lentHeaders(options), signal) : failed(refusal);
    if (!headers.ok) {
      return headers;
    }
    const routes = await routesTo(request.url, options, signal);
    for (const [index, route] of routes.entries()) {
      if (route.kind === "unsupported") {
        return failed(new ProxyProblem("unreachable", route.name, "unsupported").failure);
      }
      if (connections.isClosed) {
        return failed({ code: "provider.cancelled", params: { host } });
      }
      const opened = connections.on(route);
      try {
        return await send(opened, route, headers.value, request, signal, host);
      } catch (problem) {
        alert = opened.alerts.take();
        // Nothing was sent: the next way may be open.
        const canGoOn = problem instanceof ProxyProblem && problem.kind === "unreachable" && !signal.aborted;
        if (!canGoOn || index === routes.length - 1) {
          throw problem;
        }
      }
    }
    return failed({ code: "provider.unreachable", params: { host, reason: "unknown" } });
  } catch (problem) {
    if (request.signal?.aborted === true) {
      return failed({ code: "provider.cancelled", params: { host } });
    }
    if (limit.aborted) {
      return failed({ code: "provider.unreachable", params: { host, reason: "timeout" } });
    }
    return failed(transportFailure(problem, host, alert));
  }
}

async function lentHeaders(options: HttpClientOptions): Promise<Result<Readonly<Record<string, string>>, Failure>> {
  const lent = (await options.lend?.headers?.()) ?? success({});
  return lent.ok ? success({ ...options.headers, ...lent.value }) : lent;
}

/** Throws what undici throws. */
async function send(
  { dispatcher }: Opened,
  route: Exclude<ProxyRoute, { kind: "unsupported" }>,
  headers: Readonly<Record<string, string>>,
  request: HttpRequest,
  signal: AbortSignal,
  host: string,
): Promise<Result<HttpAnswer, Failure>> {
  const url = new URL(request.url);
  // RFC 9112 3.2.2: a proxy is told the whole address.
  const forwarded = url.protocol === "http:" && (route.kind === "http" || route.kind === "https");
  const answer = await dispatcher.request({
    // The connector speaks TLS with the proxy where that is wanted.
    origin: forwarded ? `http://${hostPort(route)}` : url.origin,
    path: forwarded ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
    method: request.method,
    headers: {
      ...headers,
      ...request.headers,
      ...(forwarded ? { host: url.host, ...proxyAuthorization(route) } : {}),
    },
    body: request.body ?? null,
    signal,
  });
  if (forwarded && answer.statusCode === 407) {
    await answer.body.dump();
    throw new ProxyProblem("credentials", hostPort(route), "407");
  }
  const body = await readBounded(answer.body, request.maximumBytes ?? DEFAULT_MAXIMUM_BYTES);
  return body === null
    ? failed({ code: "provider.unexpected-answer", params: { host, reason: "too-large" } })
    : success({ status: answer.statusCode, headers: flatten(answer.headers), body });
}

async function readBounded(body: AsyncIterable<Uint8Array>, maximum: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.byteLength;
    if (length > maximum) {
      return null; // leaving the loop destroys the stream, and with it the connection
    }
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      flat[name.toLowerCase()] = typeof value === "string" ? value : value.join(", ");
    }
  }
  return flat;
}

function hostOf(url: string): string | null {
  const parsed = URL.parse(url);
  return parsed === null || !/^https?:$/u.test(parsed.protocol) ? null : parsed.host;
}
