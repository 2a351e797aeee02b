import type { Failure } from "../../shared/failure.ts";
import { hasNetwork } from "./has-network.ts";
import { ProxyProblem } from "./proxy-problem.ts";

const NOT_REACHED = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "EPIPE",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_PRX_TLS",
]);

/** Nothing was sent: no name was found, or there was no way to the address. */
const BEFORE_SENDING: ReadonlySet<unknown> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** How OpenSSL names a certificate of the server that it does not accept (X509_V_ERR_*, as Node spells them). */
const SERVER_CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_CERT)/u;

/**
 * Alerts by which a server says that it wants another client certificate, or one at all (RFC 8446 section 6.2:
 * bad_certificate 42 to unknown_ca 48, access_denied 49, certificate_required 116). OpenSSL and BoringSSL spell them
 * almost alike.
 */
const CLIENT_CERTIFICATE =
  /CERTIFICATE_REQUIRED|ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)/u;

/**
 * Turns what undici, net or tls threw into a failure. `reason` is the library's own code, never its whole message.
 * `alert`: a TLS alert that closed the connection behind the library's back. `isOnline`: asked only to explain what was not
 * reached.
 */
export function transportFailure(
  problem: unknown,
  host: string,
  alert: string | null = null,
  isOnline: () => boolean = hasNetwork,
): Failure {
  const proxy = causes(problem).find((error) => error instanceof ProxyProblem);
  if (proxy !== undefined) {
    return proxy.kind === "unreachable" && BEFORE_SENDING.has(proxy.detail) && !isOnline()
      ? { code: "network.offline", params: { host, reason: proxy.detail } }
      : proxy.failure;
  }
  const seen = firstKnown(problem, host);
  if (alert !== null && seen.code === "provider.unreachable") {
    return classify(alert, host) ?? { code: "provider.tls", params: { host, reason: alert } };
  }
  const isBeforeSending = seen.code === "provider.unreachable" && BEFORE_SENDING.has(seen.params?.["reason"]);
  return isBeforeSending && !isOnline() ? { ...seen, code: "network.offline" } : seen;
}

function firstKnown(problem: unknown, host: string): Failure {
  for (const error of causes(problem)) {
    const failure = classify(codeOf(error), host);
    if (failure !== null) {
      return failure;
    }
  }
  return { code: "provider.unreachable", params: { host, reason: codeOf(problem) || "unknown" } };
}

function classify(code: string, host: string): Failure | null {
  const params = { host, reason: code };
  if (CLIENT_CERTIFICATE.test(code)) {
    return { code: "provider.client-certificate", params };
  }
  // Our own certificate or key does not parse, or they do not belong together: nothing was sent.
  if (/^ERR_OSSL_|^ERR_CRYPTO_|^ERR_INVALID_ARG|KEY_VALUES_MISMATCH|NO_START_LINE|BAD_BASE64|BAD_DECRYPT/u.test(code)) {
    return { code: "provider.client-certificate", params };
  }
  if (SERVER_CERTIFICATE.test(code) || code.startsWith("ERR_SSL_") || code === "EPROTO") {
    return { code: "provider.tls", params };
  }
  if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW" || code.startsWith("UND_ERR_RES")) {
    return { code: "provider.unexpected-answer", params };
  }
  if (code.startsWith("UND_ERR_SOCKS5_AUTH")) {
    return { code: "network.proxy-credentials", params };
  }
  // RFC 1928 6: the proxy's rules do not allow this connection.
  if (code === "UND_ERR_SOCKS5_REPLY_2") {
    return { code: "network.proxy-refused", params };
  }
  return NOT_REACHED.has(code) ? { code: "provider.unreachable", params } : null;
}

/** The error, its causes, and the members of an aggregate (happy eyeballs), at most ten. */
function causes(problem: unknown): readonly unknown[] {
  const found: unknown[] = [];
  const queue: unknown[] = [problem];
  while (queue.length > 0 && found.length < 10) {
    const next = queue.shift();
    if (next === undefined || next === null) {
      continue;
    }
    found.push(next);
    if (next instanceof AggregateError) {
      queue.push(...(next.errors as unknown[]));
    }
    if (next instanceof Error) {
      queue.push(next.cause);
    }
  }
  return found;
}

export const isServerCertificate = (code: string): boolean => SERVER_CERTIFICATE.test(code);

export function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === "HTTPParserError") {
    return "HPE_INVALID"; // undici leaves the code out for some parser errors
  }
  if (typeof error !== "object" || error === null || !("code" in error)) {
    return "";
  }
  return typeof error.code === "string" ? error.code : "";
}
