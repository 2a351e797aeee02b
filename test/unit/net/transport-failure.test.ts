import { expect, test, vi } from "vitest";
import { ProxyProblem } from "../../../electron/net/proxy-problem.ts";
import { transportFailure } from "../../../electron/net/transport-failure.ts";

// What is asked here is what a server or a name does; whether this computer is on a network is chance.
vi.mock("../../../electron/net/has-network.ts", () => ({ hasNetwork: () => true }));

const coded = (code: string, cause?: unknown) => Object.assign(new Error("private details", { cause }), { code });
const codeOf = (problem: unknown, alert: string | null = null) => transportFailure(problem, "b2b.example", alert).code;

test.each([
  // Node's names: documentation of node:errors, node:tls (X509 certificate error codes) and of undici.
  ["ENOTFOUND", "provider.unreachable"],
  ["EAI_AGAIN", "provider.unreachable"],
  ["ECONNREFUSED", "provider.unreachable"],
  ["ENETUNREACH", "provider.unreachable"],
  ["UND_ERR_CONNECT_TIMEOUT", "provider.unreachable"],
  ["CERT_HAS_EXPIRED", "provider.tls"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "provider.tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "provider.tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "provider.tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "provider.tls"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "provider.tls"],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "provider.tls"],
  ["EPROTO", "provider.tls"],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "provider.client-certificate"],
  ["ERR_SSL_TLSV1_CERTIFICATE_REQUIRED", "provider.client-certificate"],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "provider.client-certificate"],
  ["ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "provider.client-certificate"],
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "provider.client-certificate"],
  ["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "provider.client-certificate"],
  ["HPE_INVALID_CONSTANT", "provider.unexpected-answer"],
  ["SOMETHING_ELSE", "provider.unreachable"],
])("%s is %s", (code, expected) => {
  expect(codeOf(coded(code))).toBe(expected);
});

test("the reason is found behind wrappers and among several addresses", () => {
  expect(codeOf(new TypeError("fetch failed", { cause: coded("CERT_HAS_EXPIRED") }))).toBe("provider.tls");
  const both = new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")], "all addresses failed");
  expect(transportFailure(both, "h").params).toEqual({ host: "h", reason: "ECONNREFUSED" });
});

test("an error that causes itself, or is none, ends as not reached", () => {
  const circular = new Error("loop");
  circular.cause = circular;
  for (const problem of [circular, null, undefined, "text", 7, { code: 7 }]) {
    expect(codeOf(problem)).toBe("provider.unreachable");
  }
});

test("an alert explains a connection that was merely closed, and nothing else", () => {
  const alert = "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA";
  expect(codeOf(coded("UND_ERR_SOCKET"), alert)).toBe("provider.client-certificate");
  expect(codeOf(coded("ECONNRESET"), alert)).toBe("provider.client-certificate");
  expect(codeOf(coded("CERT_HAS_EXPIRED"), alert)).toBe("provider.tls");
  expect(codeOf(coded("UND_ERR_SOCKET"), "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC")).toBe("provider.tls");
});

test("no message of the error reaches the failure", () => {
  expect(JSON.stringify(transportFailure(coded("ECONNRESET"), "h"))).not.toContain("private");
});

test("where this computer has no network, what could not be sent is told as that, and never as the service's silence", () => {
  const offline = (problem: unknown) => transportFailure(problem, "b2b.example", null, () => false);
  for (const reason of ["ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN"]) {
    expect(offline(coded(reason))).toEqual({ code: "network.offline", params: { host: "b2b.example", reason } });
    expect(transportFailure(coded(reason), "b2b.example", null, () => true).code).toBe("provider.unreachable");
  }
  expect(offline(new ProxyProblem("unreachable", "proxy.example:3128", "ENOTFOUND")).code).toBe("network.offline");
  expect(offline(new ProxyProblem("refused", "proxy.example:3128", "403")).code).toBe("network.proxy-refused");
});

test("a connection that broke may have carried the request: a network that is gone now does not make it unsent", () => {
  for (const reason of ["ECONNRESET", "UND_ERR_SOCKET", "ETIMEDOUT", "EPIPE"]) {
    expect(transportFailure(coded(reason), "b2b.example", null, () => false).code).toBe("provider.unreachable");
  }
  expect(transportFailure(coded("CERT_HAS_EXPIRED"), "b2b.example", null, () => false).code).toBe("provider.tls");
});
