import type { CertificateFacts } from "../../../shared/app-state.ts";
import { TEST_STEPS } from "../../../shared/profiles.ts";
import type { TestReport, TestStepId } from "../../../shared/profiles.ts";
import { success } from "../../../shared/result.ts";
import { createHttpClient } from "../../net/http-client.ts";
import type { ClientIdentity, HttpClientOptions } from "../../net/http-client.ts";
import { probeConnection } from "../../net/probe-connection.ts";
import type { ConnectionFindings } from "../../net/probe-connection.ts";
import type { ProxyResolver } from "../../net/proxy-route.ts";
import { notNeeded, passed, stopped, warned } from "../../providers/connection-probe.ts";
import type { ProbeResult, StepResult } from "../../providers/connection-probe.ts";
import { profileHttpOptions } from "./profile-network.ts";
import type { OpenedProfile } from "./provider-setup.ts";
import type { SecretLender } from "./secret-lender.ts";

export interface TestParts {
  readonly opened: OpenedProfile;
  readonly secrets: SecretLender;
  /** Of the client certificate, when the profile has one. */
  readonly certificate: CertificateFacts | null;
  readonly resolveProxy?: ProxyResolver | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** For the steps before anything is asked. */
  readonly stepMilliseconds?: number;
}

const DAY = 86_400_000;
const WARNING_DAYS = 30;

/**
 * Looks at the way to a provider, step by step, and stops at the first that does not hold: what comes after it would only
 * say the same in other words.
 */
export async function testConnection(parts: TestParts): Promise<TestReport> {
  const identity = await identityOf(parts);
  if (!identity.ok) {
    return report({ "client-certificate": stopped(identity.failure) });
  }
  const expiry = expiryOf(parts);
  const findings = await findWay(parts, identity.value);
  const way = wayResults(findings, parts.certificate !== null);
  if (isStopped(way)) {
    return report({ ...expiry, ...way });
  }
  if (expiry["client-certificate"]?.state === "failed") {
    return report({ ...way, ...expiry });
  }
  const asked = await askProvider(parts);
  return report({ ...way, ...asked, ...(expiryHides(asked) ? {} : expiry) });
}

const proxies = (resolveProxy: ProxyResolver | undefined): HttpClientOptions =>
  resolveProxy === undefined ? {} : { resolveProxy };

/** Null: the profile has none. */
async function identityOf({ opened, secrets }: TestParts) {
  return opened.clientCertificate === null
    ? success<ClientIdentity | null>(null)
    : secrets.identity(opened.clientCertificate);
}

function findWay({ opened, resolveProxy, signal, stepMilliseconds }: TestParts, identity: ClientIdentity | null) {
  return probeConnection(
    opened.address,
    {
      ...opened.network,
      ...(identity === null ? {} : { clientCertificate: identity }),
      ...(resolveProxy === undefined ? {} : { resolveProxy }),
      ...(stepMilliseconds === undefined ? {} : { stepMilliseconds }),
    },
    signal,
  );
}

async function askProvider(parts: TestParts): Promise<ProbeResult> {
  const { opened, secrets, signal, resolveProxy } = parts;
  const options: HttpClientOptions = profileHttpOptions(opened, secrets, proxies(resolveProxy));
  const http = createHttpClient({ ...options, timeouts: { requestMilliseconds: 20_000 } });
  try {
    const way = { hasClientCertificate: opened.clientCertificate !== null, relay: opened.usesRelay };
    const asked = await opened.probe({ http, secrets }, way, signal);
    const cut = asked["allow-list"]?.failure;
    return cut?.code === "connection.cut" && way.hasClientCertificate && (await wantsCertificate(parts))
      ? { "client-certificate": stopped({ ...cut, code: "connection.certificate-refused" }) }
      : asked;
  } finally {
    await http.close();
  }
}

/**
 * A server that cuts the connection may mean our certificate or our address: many say nothing. One that asks for a certificate
 * when there is none lets the address in, so that it is the certificate.
 */
async function wantsCertificate({ opened, resolveProxy, signal }: TestParts): Promise<boolean> {
  const http = createHttpClient({ ...opened.network, ...proxies(resolveProxy) });
  try {
    const sent = await http.request({ method: "GET", url: opened.address, signal, timeoutMilliseconds: 10_000 });
    return !sent.ok && sent.failure.code === "provider.client-certificate";
  } finally {
    await http.close();
  }
}

function wayResults({ dns, proxy, tcp, tls }: ConnectionFindings, hasClientCertificate: boolean): ProbeResult {
  return {
    dns: dnsResult(dns),
    ...(proxy === null ? {} : { proxy: proxyResult(proxy) }),
    ...(tcp === null ? {} : { tcp: tcpResult(tcp) }),
    ...(tls === null ? {} : tlsResults(tls, hasClientCertificate)),
    ...(proxy?.kind === "whole" ? { tcp: notNeeded("probe.with-service"), tls: notNeeded("probe.with-service") } : {}),
  };
}

function dnsResult(dns: ConnectionFindings["dns"]): StepResult {
  switch (dns.kind) {
    case "good":
      return passed("probe.addresses", { addresses: dns.value.addresses.slice(0, 4).join(", ") });
    case "bad":
      return stopped(dns.failure);
    case "number":
      return notNeeded("probe.number");
    case "by-proxy":
      return notNeeded("probe.name-by-proxy");
  }
}

function proxyResult(proxy: NonNullable<ConnectionFindings["proxy"]>): StepResult {
  switch (proxy.kind) {
    case "direct":
      return notNeeded("probe.no-proxy");
    case "through":
      return passed("probe.proxy", { host: proxy.proxy });
    case "whole":
      return notNeeded("probe.socks", { host: proxy.proxy });
    case "bad":
      return stopped(proxy.failure);
  }
}

function tcpResult(tcp: NonNullable<ConnectionFindings["tcp"]>): StepResult {
  return tcp.kind === "good" ? passed("probe.connected", tcp.value) : stopped(tcp.failure);
}

function tlsResults(tls: NonNullable<ConnectionFindings["tls"]>, hasClientCertificate: boolean): ProbeResult {
  switch (tls.kind) {
    case "good": {
      const { protocol, subject, issuer, validUntil } = tls.server;
      return {
        tls: passed("probe.server", {
          protocol: protocol.replace("TLSv", "TLS "),
          subject,
          issuer,
          until: validUntil.slice(0, 10),
        }),
      };
    }
    case "bad":
      // RFC 5246 7.4.6: a server that gets no client certificate may answer with handshake_failure.
      return tls.failure.code === "connection.handshake" && !hasClientCertificate
        ? tlsResults({ kind: "client-certificate", failure: tls.failure }, false)
        : { tls: stopped(tls.failure) };
    case "own-certificate":
      return { "client-certificate": stopped(tls.failure) };
    case "client-certificate": {
      const { failure } = tls;
      return {
        tls: warned("probe.server-unseen"),
        "client-certificate": stopped(
          hasClientCertificate ? failure : { ...failure, code: "connection.certificate-wanted" },
        ),
      };
    }
  }
}

/** What the certificate's own dates say. */
function expiryOf({ certificate, now }: TestParts): ProbeResult {
  const left = certificate === null ? Number.NaN : Date.parse(certificate.validUntil) - now();
  if (certificate === null || Number.isNaN(left)) {
    return {};
  }
  const until = certificate.validUntil.slice(0, 10);
  if (left < 0) {
    return { "client-certificate": stopped({ code: "connection.certificate-expired", params: { until } }) };
  }
  return left < WARNING_DAYS * DAY
    ? { "client-certificate": warned("probe.certificate-expires", { count: Math.floor(left / DAY), until }) }
    : {};
}

/** A refusal of the certificate says more than its dates. */
const expiryHides = (asked: ProbeResult): boolean => asked["client-certificate"]?.state === "failed";

const isStopped = (results: ProbeResult): boolean => Object.values(results).some(({ state }) => state === "failed");

const order = (id: TestStepId): number => TEST_STEPS.indexOf(id);

/** All steps in their order. What was not looked at after a failure was not tried; else there is nothing to look at. */
function report(results: ProbeResult): TestReport {
  const failedAt = TEST_STEPS.find((id) => results[id]?.state === "failed");
  return TEST_STEPS.map((id) => {
    const found = results[id];
    if (found !== undefined) {
      return { id, ...found };
    }
    const isBehind = failedAt !== undefined && order(id) > order(failedAt);
    const state = isBehind || failedAt === "client-certificate" ? "not-tried" : "not-needed";
    return { id, state, note: null, failure: null };
  });
}
