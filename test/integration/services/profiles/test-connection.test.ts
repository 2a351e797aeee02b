import { createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:https";
import type { RequestListener } from "node:http";
import type { Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { CertificateFacts } from "../../../../shared/app-state.ts";
import type { TestReport, TestStepId } from "../../../../shared/profiles.ts";
import { parsePacList } from "../../../../electron/net/proxy-route.ts";
import { encodedIdentity, encodedText, secretLender } from "../../../../electron/services/profiles/secret-lender.ts";
import { bankidSetup } from "../../../../electron/services/profiles/setups/bankid-setup.ts";
import { idnowSetup } from "../../../../electron/services/profiles/setups/idnow-setup.ts";
import { itsmeSetup } from "../../../../electron/services/profiles/setups/itsme-setup.ts";
import type { OpenedProfile } from "../../../../electron/services/profiles/provider-setup.ts";
import { testConnection } from "../../../../electron/services/profiles/test-connection.ts";
import type { TestParts } from "../../../../electron/services/profiles/test-connection.ts";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";
import { portOf, smallProxy } from "../../net/small-proxy.ts";
import { sandboxFixture } from "../../sandbox/sandbox-fixture.ts";
import { makeAuthority } from "./made-certificates.ts";
import type { MadeAuthority } from "./made-certificates.ts";

// What is asked here is what a server or a name does; whether this computer is on a network is chance.
vi.mock("../../../../electron/net/has-network.ts", () => ({ hasNetwork: () => true }));

let sandbox: Awaited<ReturnType<typeof sandboxFixture>>;
/** An authority that nobody registered anywhere. */
let other: MadeAuthority;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [sandbox, other] = await Promise.all([sandboxFixture(), makeAuthority()]);
});
afterEach(async () => {
  sandbox.sandbox.control.clearFaults();
  for (const close of closers.splice(0)) await close();
});
afterAll(async () => {
  await sandbox.close();
  await other.remove();
});

interface Setting {
  /** Null: none. */
  readonly identity?: { readonly certificatePem: string; readonly keyPem: string } | null;
  readonly facts?: CertificateFacts;
  readonly password?: string;
  readonly parts?: Partial<TestParts>;
}

const partner = () => ({
  certificatePem: sandbox.sandbox.clientCertificatePem,
  keyPem: sandbox.sandbox.clientKeyPem,
});

const FACTS: CertificateFacts = { subject: "Practice partner", issuer: "?", validUntil: "2999-01-01T00:00:00Z" };

async function run(
  opened: OpenedProfile,
  { identity, facts = FACTS, password, parts }: Setting = {},
): Promise<TestReport> {
  const vault = memoryVault();
  if (identity !== undefined && identity !== null) await vault.put("identity", encodedIdentity(identity));
  if (password !== undefined) await vault.put("password", encodedText(password));
  return testConnection({
    opened,
    secrets: secretLender(Promise.resolve(vault)),
    certificate: identity === undefined || identity === null ? null : facts,
    now: Date.now,
    signal: AbortSignal.timeout(20_000),
    stepMilliseconds: 2_000,
    ...parts,
  });
}

function itsme(change: Record<string, unknown> = {}, setting: Setting = {}): Promise<TestReport> {
  const identity = setting.identity === undefined ? partner() : setting.identity;
  const opened = itsmeSetup.open({
    environment: "sandbox",
    baseUrl: new URL(sandbox.sandbox.baseUrls.itsme).origin,
    ...sandbox.sandbox.itsmeProfile,
    pageOrigins: [new URL(sandbox.sandbox.baseUrls.pages).origin],
    extraCa: [sandbox.sandbox.tlsCaPem],
    ...(identity === null ? {} : { clientCertificate: "identity" }),
    ...change,
  });
  return run(opened, { ...setting, identity });
}

function idnow(change: Record<string, unknown> = {}, setting: Setting = {}): Promise<TestReport> {
  const { user, password, redirectUrls } = sandbox.sandbox.idnowProfile;
  const opened = idnowSetup.open({
    environment: "sandbox",
    baseUrl: sandbox.sandbox.baseUrls.idnow,
    user,
    password: "password",
    pageOrigins: [new URL(sandbox.sandbox.baseUrls.idnowPages).origin],
    redirectUrl: redirectUrls.success,
    extraCa: [sandbox.sandbox.tlsCaPem],
    ...change,
  });
  return run(opened, { password, ...setting });
}

/** "dns passed, proxy not-needed, …", with the code of what failed. */
function told(report: TestReport): Partial<Record<TestStepId, string>> {
  return Object.fromEntries(report.map(({ id, state, failure }) => [id, failure === null ? state : failure.code]));
}

const AFTER_TLS_NOT_TRIED = {
  "client-certificate": "not-tried",
  "allow-list": "not-tried",
  service: "not-tried",
  credentials: "not-tried",
  codes: "not-tried",
};

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket: { destroy(): void }) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return portOf(server);
}

/** An HTTPS server under the other authority. */
async function foreignServer(
  handle: RequestListener,
  more: object = {},
): Promise<{ baseUrl: string; extraCa: string[] }> {
  const { certificatePem, keyPem } = await other.issue("server", "DNS:localhost");
  const port = await listen(createTlsServer({ cert: certificatePem, key: keyPem, ...more }, handle));
  return { baseUrl: `https://localhost:${port}`, extraCa: [other.pem] };
}

const answering =
  (status: number, body = ""): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(body);
  };

describe("a connection that is good", () => {
  test("to itsme: every step is passed, and an identification was begun and left alone", async () => {
    const report = await itsme();
    expect(told(report)).toEqual({
      dns: "passed",
      proxy: "not-needed",
      tcp: "passed",
      tls: "passed",
      "client-certificate": "passed",
      "allow-list": "passed",
      service: "passed",
      credentials: "not-needed",
      codes: "passed",
    });
    expect(report.find(({ id }) => id === "tls")?.note?.params).toMatchObject({ protocol: "TLS 1.3" });
    expect(sandbox.sandbox.control.itsme.sessions().at(-1)).toMatchObject({ kind: "identification", person: null });
  });

  test("to IDnow: name and password are known, and nothing was ordered", async () => {
    expect(told(await idnow())).toEqual({
      dns: "passed",
      proxy: "not-needed",
      tcp: "passed",
      tls: "passed",
      "client-certificate": "not-needed",
      "allow-list": "passed",
      service: "passed",
      credentials: "passed",
      codes: "not-needed",
    });
    expect(sandbox.sandbox.control.idnow.orders()).toEqual([]);
  });

  test("warns of a client certificate that ends within thirty days, and not of one that ends later", async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
    const step = async (days: number) => {
      const report = await itsme({}, { facts: { ...FACTS, validUntil: inDays(days) } });
      return report.find(({ id }) => id === "client-certificate");
    };
    expect(await step(29)).toMatchObject({ state: "warning", note: { params: { count: 29 } } });
    expect(await step(31)).toMatchObject({ state: "passed" });
  });
});

describe("what is wrong with the way there is told apart", () => {
  test("a name that does not exist", async () => {
    // RFC 6761 6.4: names under "invalid" never exist.
    const report = await itsme({ baseUrl: "https://sign.invalid" });
    expect(told(report)).toEqual({
      dns: "connection.no-name",
      proxy: "not-needed",
      tcp: "not-tried",
      tls: "not-tried",
      ...AFTER_TLS_NOT_TRIED,
    });
  });

  test("a closed port", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await closers.pop()?.();
    const report = await itsme({ baseUrl: `https://localhost:${port}` });
    expect(told(report)).toMatchObject({ dns: "passed", tcp: "connection.closed-port", ...AFTER_TLS_NOT_TRIED });
  });

  test("a server that is silent, one that hangs up, and one that speaks something else", async () => {
    const tls = async (server: Server) => {
      const port = await listen(server);
      return told(await itsme({ baseUrl: `https://localhost:${port}` })).tls;
    };
    expect(await tls(createTcpServer(() => undefined))).toBe("connection.tls-silent");
    expect(await tls(createTcpServer((socket) => socket.destroy()))).toBe("connection.tls-cut");
    expect(await tls(createTcpServer((socket) => void socket.end("220 mail.example ESMTP\r\n")))).toBe(
      "connection.no-tls",
    );
  });

  test("a server's certificate from an unknown authority, with that authority's name", async () => {
    const { baseUrl } = await foreignServer(answering(200));
    const report = await itsme({ baseUrl });
    expect(told(report)).toMatchObject({ tcp: "passed", tls: "connection.server-unknown", ...AFTER_TLS_NOT_TRIED });
    expect(report.find(({ id }) => id === "tls")?.failure?.params).toMatchObject({ issuer: "Another authority" });
  });

  test("a server's certificate for another name, and one that has expired", async () => {
    const tls = async (names: string, days: number) => {
      const { certificatePem, keyPem } = await other.issue("server", names, days);
      const port = await listen(createTlsServer({ cert: certificatePem, key: keyPem }, answering(200)));
      return told(await itsme({ baseUrl: `https://localhost:${port}`, extraCa: [other.pem] })).tls;
    };
    expect(await tls("DNS:elsewhere.example", 2)).toBe("connection.server-name");
    expect(await tls("DNS:localhost", -1)).toBe("connection.server-expired");
  });

  test("a missing client certificate, and one that the server does not know", async () => {
    expect(told(await itsme({}, { identity: null }))).toMatchObject({
      tls: "passed",
      "client-certificate": "connection.certificate-wanted",
      service: "not-tried",
    });
    const stranger = await other.issue("client", "DNS:client.example");
    expect(told(await itsme({}, { identity: stranger }))).toMatchObject({
      tls: "passed",
      // Node's servers say nothing, others send an alert.
      "client-certificate": "connection.certificate-refused",
      codes: "not-tried",
    });
  });

  test("the same where the server says so within the handshake (TLS 1.2)", async () => {
    const way = await foreignServer(answering(200), {
      ca: other.pem,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: "TLSv1.2",
    });
    expect(told(await itsme(way, { identity: null }))).toMatchObject({
      tls: "warning",
      "client-certificate": "connection.certificate-wanted",
      "allow-list": "not-tried",
    });
  });

  test("a client certificate that has expired: the server is not even asked", async () => {
    const report = await itsme({}, { facts: { ...FACTS, validUntil: "2001-01-01T00:00:00Z" } });
    expect(told(report)).toMatchObject({
      tls: "passed",
      "client-certificate": "connection.certificate-expired",
      service: "not-tried",
    });
  });

  test("an address that is not on the provider's list: 403, or a connection that is cut once it is safe", async () => {
    const refusing = await foreignServer(answering(403, "Forbidden"));
    expect(told(await itsme(refusing))).toMatchObject({
      tls: "passed",
      "allow-list": "connection.not-allowed",
      service: "not-tried",
    });
    const cutting = await foreignServer((request) => request.socket.destroy());
    expect(told(await itsme(cutting))).toMatchObject({
      tls: "passed",
      "allow-list": "connection.cut",
      service: "not-tried",
    });
    expect(told(await idnow(refusing))).toMatchObject({
      "allow-list": "connection.not-allowed",
      credentials: "not-tried",
    });
  });

  test("the same behind a relay is the relay's matter", async () => {
    const { baseUrl, extraCa } = await foreignServer(answering(403));
    expect(told(await itsme({ relayUrl: baseUrl, extraCa }))).toMatchObject({
      "allow-list": "connection.relay-refused",
    });
  });

  test("something else that answers: a page, or another status", async () => {
    const page = await foreignServer(answering(200, "<!doctype html><title>Welcome</title>"));
    expect(told(await itsme(page))).toMatchObject({ service: "connection.another-service", codes: "not-tried" });
    expect(told(await idnow(page))).toMatchObject({ service: "connection.another-service", credentials: "not-tried" });
    const missing = await foreignServer(answering(404));
    expect(told(await itsme(missing))).toMatchObject({ service: "connection.another-service" });
    expect(told(await idnow(missing))).toMatchObject({ service: "connection.another-service" });
  });

  test("a server that has a problem of its own", async () => {
    const broken = await foreignServer(answering(503));
    expect(told(await itsme(broken))).toMatchObject({
      "client-certificate": "passed",
      service: "provider.server-error",
    });
    expect(told(await idnow(broken))).toMatchObject({ service: "provider.server-error" });
  });

  test("wrong name or password", async () => {
    expect(told(await idnow({}, { password: "wrong" }))).toMatchObject({
      service: "passed",
      credentials: "idnow.credentials",
      codes: "not-tried",
    });
  });

  test("a secret that is not there", async () => {
    expect(told(await itsme({ clientCertificate: "gone" }))).toMatchObject({
      "client-certificate": "provider.no-credentials",
      dns: "not-tried",
    });
    expect(told(await idnow({ password: "gone" }))).toMatchObject({ credentials: "provider.no-credentials" });
  });

  test("wrong codes, and a return address that is not registered", async () => {
    expect(told(await itsme({ serviceCode: "WRONG" }))).toMatchObject({
      service: "passed",
      codes: "itsme.invalid-requestor",
    });
    expect(told(await itsme({ partnerCode: "WRONG" }))).toMatchObject({ codes: "itsme.invalid-requestor" });
    expect(told(await itsme({ redirectUrl: "https://elsewhere.example/" }))).toMatchObject({
      codes: "itsme.unauthorized-url",
    });
  });

  test("pages at an address that the profile does not allow, and which one it is", async () => {
    const report = await itsme({ pageOrigins: ["https://pages.example"] });
    expect(told(report)).toMatchObject({ codes: "connection.page-origin" });
    expect(report.at(-1)?.failure?.params).toEqual({ origin: new URL(sandbox.sandbox.baseUrls.pages).origin });
  });
});

describe("a proxy", () => {
  test("that cannot be reached, that wants a password, that refuses: each is the proxy's own step", async () => {
    const through = async (port: number) =>
      told(
        await idnow(
          { baseUrl: "https://sign.test/api/2.10/" },
          { parts: { resolveProxy: async () => parsePacList(`PROXY 127.0.0.1:${port}`) } },
        ),
      );
    const gone = await listen(createTcpServer());
    await closers.pop()?.();
    expect(await through(gone)).toMatchObject({
      dns: "not-needed",
      proxy: "network.proxy-unreachable",
      tcp: "not-tried",
    });
    const refusing = async (rules: object) => {
      const proxy = smallProxy({ ports: {}, ...rules });
      return through(await listen(proxy.server));
    };
    expect(await refusing({ wants: "Basic eDp5" })).toMatchObject({ proxy: "network.proxy-credentials" });
    expect(await refusing({ refuses: 403 })).toMatchObject({ proxy: "network.proxy-refused" });
  });
});

describe("BankID", () => {
  const PHENIXID = { kind: "phenixid", tenant: "t1" };
  const bankid = async (handle: RequestListener, connection: object = PHENIXID, setting: Setting = {}) => {
    const { baseUrl, extraCa } = await foreignServer(handle);
    const opened = bankidSetup.open({
      environment: "sandbox",
      connection: { baseUrl, ...connection },
      roots: [other.pem],
      extraCa,
    });
    return told(await run(opened, setting));
  };
  const words = (status: number, message: string) => answering(status, JSON.stringify({ message }));
  const basic = { ...PHENIXID, basic: { user: "acme", password: "password" } };

  test("through PhenixID: an order that nobody made tells that tenant and password are right", async () => {
    const report = await bankid(words(500, "No such transaction"), basic, { password: "right" });
    expect(report).toMatchObject({ service: "passed", credentials: "passed", codes: "passed" });
  });

  test("through PhenixID: wrong password, unknown tenant, another service", async () => {
    expect(await bankid(answering(401), basic, { password: "wrong" })).toMatchObject({
      credentials: "bankid.credentials",
      codes: "not-tried",
    });
    expect(await bankid(answering(400))).toMatchObject({ credentials: "not-needed", codes: "bankid.tenant" });
    expect(await bankid(answering(200, "<html>"))).toMatchObject({ service: "connection.another-service" });
  });

  test("directly: invalidParameters means that the order is unknown, and so that everything is right", async () => {
    const unknown = answering(400, JSON.stringify({ errorCode: "invalidParameters", details: "No such order" }));
    const connection = { kind: "rp-api", clientCertificate: "identity", endUserIp: "203.0.113.7" };
    const direct = (handle: RequestListener) => bankid(handle, connection, { identity: partner() });
    expect(await direct(unknown)).toMatchObject({ "client-certificate": "passed", service: "passed", codes: "passed" });
    expect(await direct(answering(401))).toMatchObject({
      "client-certificate": "bankid.credentials",
      service: "not-tried",
    });
    expect(await direct(answering(404))).toMatchObject({ service: "connection.another-service" });
  });
});
