import { Agent, ProxyAgent, request as send } from "undici";
import type { Dispatcher } from "undici";
import { createSecureContext } from "node:tls";
import type { SecureContext } from "node:tls";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { Failure } from "../../shared/failure.ts";
import { watchAlerts } from "./alert-watch.ts";
import type { AlertWatch } from "./alert-watch.ts";
import { trustedCertificates } from "./trusted-certificates.ts";
import { transportFailure } from "./transport-failure.ts";

export interface HttpClientOptions {
  /** For mutual TLS. PEM, because Electron's BoringSSL cannot open every PKCS#12 file. */
  readonly clientCertificate?: { readonly certificatePem: string; readonly keyPem: string };
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
  /** Address of an HTTP proxy ("http://proxy.example:3128"). */
  readonly proxy?: string;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
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
   * `provider.unexpected-answer` (too large, not HTTP), `provider.cancelled` (the signal). Params: `host`, `reason`.
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
  let opened: Opened | null = null;
  let closed = false;

  return {
    async request(request) {
      const host = hostOf(request.url);
      if (host === null) {
        return failed({ code: "provider.configuration", params: { field: "url" } });
      }
      if (closed || request.signal?.aborted === true) {
        return failed({ code: "provider.cancelled", params: { host } });
      }
      try {
        opened ??= openDispatcher(options);
      } catch (problem) {
        return failed(transportFailure(problem, host));
      }
      const outcome = await exchange(opened, options, request, host);
      return closed && !outcome.ok ? failed({ code: "provider.cancelled", params: { host } }) : outcome;
    },
    async close() {
      closed = true;
      const dispatcher = opened;
      opened = null;
      await dispatcher?.dispatcher.destroy();
    },
  };
}

interface Opened {
  readonly dispatcher: Dispatcher;
  readonly alerts: AlertWatch;
}

async function exchange(
  { dispatcher, alerts }: Opened,
  options: HttpClientOptions,
  request: HttpRequest,
  host: string,
): Promise<Result<HttpAnswer, Failure>> {
  const limit = AbortSignal.timeout(
    request.timeoutMilliseconds ?? options.timeouts?.requestMilliseconds ?? DEFAULT_REQUEST,
  );
  const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
  const maximum = request.maximumBytes ?? DEFAULT_MAXIMUM_BYTES;
  try {
    const answer = await send(request.url, {
      dispatcher,
      method: request.method,
      headers: { ...options.headers, ...request.headers },
      body: request.body ?? null,
      signal,
    });
    const body = await readBounded(answer.body, maximum);
    if (body === null) {
      return failed({ code: "provider.unexpected-answer", params: { host, reason: "too-large" } });
    }
    return success({ status: answer.statusCode, headers: flatten(answer.headers), body });
  } catch (problem) {
    if (request.signal?.aborted === true) {
      return failed({ code: "provider.cancelled", params: { host } });
    }
    if (limit.aborted) {
      return failed({ code: "provider.unreachable", params: { host, reason: "timeout" } });
    }
    return failed(transportFailure(problem, host, alerts.take()));
  }
}

function openDispatcher(options: HttpClientOptions): Opened {
  const secureContext = openSecureContext(options);
  const timeout = options.timeouts?.connectMilliseconds ?? DEFAULT_CONNECT;
  // SECURITY: one request at a time on a connection, and no HTTP/2, keep an answer tied to its own request.
  const tls = { secureContext, timeout, allowH2: false };
  const alerts = watchAlerts(tls);
  const shared = { connect: alerts.connect, pipelining: 1, keepAliveTimeout: 10_000 };
  if (options.proxy !== undefined) {
    const { proxy } = options;
    return { dispatcher: new ProxyAgent({ ...shared, uri: proxy, requestTls: tls, proxyTls: tls }), alerts };
  }
  return { dispatcher: new Agent(shared), alerts };
}

/** Built once: reading several hundred system certificates for every connection would cost about 100 ms each time. */
function openSecureContext(options: HttpClientOptions): SecureContext {
  const identity = options.clientCertificate;
  return createSecureContext({
    ca: options.onlyCaPem === undefined ? trustedCertificates(options.extraCaPem ?? []) : [...options.onlyCaPem],
    minVersion: "TLSv1.2",
    ...(identity === undefined ? {} : { cert: identity.certificatePem, key: identity.keyPem }),
  });
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
