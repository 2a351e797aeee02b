import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import type { RequestListener, Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import type { HttpClient, HttpClientOptions } from "../../../electron/net/http-client.ts";

// What is asked here is what a server or a name does; whether this computer is on a network is chance.
vi.mock("../../../electron/net/has-network.ts", () => ({ hasNetwork: () => true }));

let folder = "";
const pem: Record<string, string> = {};
const closers: (() => Promise<void> | void)[] = [];

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
}

/** An issuing CA and certificates under it, made by the openssl command line. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-http-"));
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  for (const ca of ["ca", "other-ca"]) {
    openssl("req", "-x509", ...ec, "-keyout", `${ca}.key`, "-out", `${ca}.pem`, "-subj", `/CN=${ca}`, "-days", "2");
  }
  writeFileSync(join(folder, "san.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  for (const [name, ca] of [
    ["server", "ca"],
    ["client", "ca"],
    ["stranger", "other-ca"],
  ] as const) {
    openssl("req", ...ec, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const sign = ["x509", "-req", "-in", `${name}.csr`, "-CA", `${ca}.pem`, "-CAkey", `${ca}.key`, "-CAcreateserial"];
    openssl(...sign, "-out", `${name}.pem`, "-days", "2", "-extfile", "san.ext");
  }
  for (const name of ["ca", "other-ca", "server", "client", "stranger"]) {
    pem[name] = readFileSync(join(folder, `${name}.pem`), "utf8");
    pem[`${name}.key`] = readFileSync(join(folder, `${name}.key`), "utf8");
  }
});

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) {
    await close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) {
          (server as unknown as Server).closeAllConnections();
        }
      }),
  );
  return (server.address() as AddressInfo).port;
}

async function mutualTlsServer(listener: RequestListener, version: "TLSv1.2" | "TLSv1.3" = "TLSv1.3"): Promise<string> {
  const server = createServer(
    {
      cert: pem["server"]!,
      key: pem["server.key"]!,
      ca: pem["ca"]!,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    },
    listener,
  );
  server.on("tlsClientError", () => undefined);
  return `https://localhost:${await listen(server)}`;
}

/** openssl's server, because it sends the alerts that real gateways send. */
async function opensslServer(version: "TLSv1.2" | "TLSv1.3"): Promise<string> {
  const args = ["s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-key", "server.key", "-CAfile", "ca.pem"];
  const flags = ["-Verify", "1", "-verify_return_error", version === "TLSv1.2" ? "-tls1_2" : "-tls1_3"];
  const server = spawn("openssl", [...args, ...flags], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  closers.push(() => {
    server.kill();
    return ended;
  });
  const port = await new Promise<string>((resolve, reject) => {
    let output = "";
    server.once("error", reject);
    server.stdout.on("data", (part: Buffer) => {
      output += part.toString();
      const accepted = /ACCEPT \S+:(\d+)/u.exec(output)?.[1];
      if (accepted !== undefined) {
        resolve(accepted);
      }
    });
  });
  return `https://localhost:${port}`;
}

function client(options: HttpClientOptions = {}): HttpClient {
  const made = createHttpClient({ onlyCaPem: [pem["ca"]!], ...options });
  closers.push(() => made.close());
  return made;
}

const identity = () => ({ certificatePem: pem["client"]!, keyPem: pem["client.key"]! });
const echo: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    response.setHeader("content-type", "text/plain");
    response.end(`${request.method} ${String(request.headers["x-relay"] ?? "-")} ${Buffer.concat(parts).toString()}`);
  });
};

async function codeOf(outcome: Promise<{ ok: boolean }>): Promise<string> {
  const settled = (await outcome) as { ok: true } | { ok: false; failure: { code: string } };
  return settled.ok ? "ok" : settled.failure.code;
}

describe.each(["TLSv1.2", "TLSv1.3"] as const)("mutual TLS with %s", (version) => {
  test("a request with the client certificate is answered, body and headers included", async () => {
    const base = await mutualTlsServer(echo, version);
    const http = client({ clientCertificate: identity(), headers: { "X-Relay": "one" } });
    const answer = await http.request({ method: "POST", url: `${base}/x`, body: "grüße" });
    expect(answer.ok && [answer.value.status, answer.value.headers["content-type"]]).toEqual([200, "text/plain"]);
    expect(answer.ok && Buffer.from(answer.value.body).toString()).toBe("POST one grüße");
  });

  test("a client certificate of a foreign CA is told apart from other TLS trouble", async () => {
    const base = await opensslServer(version);
    const http = client({ clientCertificate: { certificatePem: pem["stranger"]!, keyPem: pem["stranger.key"]! } });
    expect(await codeOf(http.request({ method: "POST", url: base, body: "x" }))).toBe("provider.client-certificate");
  });
});

test("a missing client certificate is named as such when the server says so (TLS 1.3)", async () => {
  const base = await opensslServer("TLSv1.3");
  expect(await codeOf(client().request({ method: "POST", url: base, body: "x" }))).toBe("provider.client-certificate");
});

test("a key that does not belong to the certificate fails before anything is sent", async () => {
  const base = await mutualTlsServer(echo);
  const http = client({ clientCertificate: { certificatePem: pem["client"]!, keyPem: pem["server.key"]! } });
  expect(await codeOf(http.request({ method: "GET", url: base }))).toBe("provider.client-certificate");
  const broken = client({ clientCertificate: { certificatePem: "no certificate", keyPem: "no key" } });
  expect(await codeOf(broken.request({ method: "GET", url: base }))).toBe("provider.client-certificate");
});

test("a server of an unknown CA, or with another name, is a TLS failure", async () => {
  const base = await mutualTlsServer(echo);
  const stranger = client({ clientCertificate: identity(), onlyCaPem: [pem["other-ca"]!] });
  expect(await codeOf(stranger.request({ method: "GET", url: base }))).toBe("provider.tls");
  const systemOnly = createHttpClient({ clientCertificate: identity() });
  closers.push(() => systemOnly.close());
  expect(await codeOf(systemOnly.request({ method: "GET", url: base }))).toBe("provider.tls");
  const misnamed = client({ clientCertificate: identity() });
  const other = base.replace("localhost", "127.0.0.2");
  expect(["provider.tls", "provider.unreachable"]).toContain(
    await codeOf(misnamed.request({ method: "GET", url: other })),
  );
});

test("an extra CA is trusted besides the system's", async () => {
  const base = await mutualTlsServer(echo);
  const http = createHttpClient({ clientCertificate: identity(), extraCaPem: [pem["ca"]!] });
  closers.push(() => http.close());
  expect(await codeOf(http.request({ method: "GET", url: base }))).toBe("ok");
});

test("a server that does not speak TLS is a TLS failure", async () => {
  const server = createPlainServer(echo);
  const port = await listen(server);
  expect(await codeOf(client().request({ method: "GET", url: `https://localhost:${port}` }))).toBe("provider.tls");
});

test("redirects are answers and are not followed", async () => {
  let hits = 0;
  const port = await listen(
    createPlainServer((_request, response) => {
      hits += 1;
      response.writeHead(302, { location: "/elsewhere" }).end();
    }),
  );
  const answer = await client().request({ method: "GET", url: `http://127.0.0.1:${port}/` });
  expect(answer.ok && [answer.value.status, answer.value.headers["location"]]).toEqual([302, "/elsewhere"]);
  expect(hits).toBe(1);
});

test("an answer over the limit is refused while it arrives", async () => {
  const port = await listen(createPlainServer((_request, response) => response.end(Buffer.alloc(100_000))));
  const outcome = await client().request({ method: "GET", url: `http://127.0.0.1:${port}/`, maximumBytes: 99_999 });
  expect(outcome).toMatchObject({ ok: false, failure: { code: "provider.unexpected-answer" } });
  const exact = await client().request({ method: "GET", url: `http://127.0.0.1:${port}/`, maximumBytes: 100_000 });
  expect(exact.ok && exact.value.body.byteLength).toBe(100_000);
});

test("refused, unknown name, dropped connection, not HTTP and time limit are told apart", async () => {
  const closedPort = await listen(createTcpServer());
  await closers.pop()?.();
  const http = client();
  const get = (url: string, timeoutMilliseconds = 5_000) => http.request({ method: "GET", url, timeoutMilliseconds });
  const outcome = await get(`http://127.0.0.1:${closedPort}/`);
  expect(outcome).toMatchObject({
    ok: false,
    failure: { code: "provider.unreachable", params: { reason: "ECONNREFUSED", host: `127.0.0.1:${closedPort}` } },
  });
  expect(await codeOf(get("http://no-such-host.invalid/"))).toBe("provider.unreachable");
  const dropping = await listen(createTcpServer((socket) => socket.once("data", () => socket.destroy())));
  expect(await codeOf(get(`http://127.0.0.1:${dropping}/`))).toBe("provider.unreachable");
  const babbling = await listen(createTcpServer((socket) => socket.once("data", () => socket.end("hello\r\n\r\n"))));
  expect(await codeOf(get(`http://127.0.0.1:${babbling}/`))).toBe("provider.unexpected-answer");
  const sockets = new Set<{ destroy(): void }>();
  const silent = await listen(createTcpServer((socket) => sockets.add(socket)));
  closers.push(() => sockets.forEach((socket) => socket.destroy()));
  expect(await get(`http://127.0.0.1:${silent}/`, 100)).toMatchObject({
    ok: false,
    failure: { code: "provider.unreachable", params: { reason: "timeout" } },
  });
});

test("aborting a request, or closing the client, ends it as cancelled", async () => {
  const sockets = new Set<{ destroy(): void }>();
  const port = await listen(createTcpServer((socket) => sockets.add(socket)));
  closers.push(() => sockets.forEach((socket) => socket.destroy()));
  const controller = new AbortController();
  const http = client();
  const pending = http.request({ method: "GET", url: `http://127.0.0.1:${port}/`, signal: controller.signal });
  controller.abort();
  expect(await codeOf(pending)).toBe("provider.cancelled");
  const second = http.request({ method: "GET", url: `http://127.0.0.1:${port}/` });
  await http.close();
  expect(await codeOf(second)).toBe("provider.cancelled");
  expect(await codeOf(http.request({ method: "GET", url: `http://127.0.0.1:${port}/` }))).toBe("provider.cancelled");
});

test("an address that is not http or https is a configuration failure", async () => {
  for (const url of ["ftp://example.org/", "not an address", "file:///etc/passwd"]) {
    expect(await codeOf(client().request({ method: "GET", url }))).toBe("provider.configuration");
  }
});

describe("secrets that somebody keeps for the client", () => {
  test("are fetched when they are needed: the certificate once, a header for each request", async () => {
    const url = await mutualTlsServer((request, response) => response.end(String(request.headers["x-relay"])));
    const asked = { certificate: 0, headers: 0 };
    const http = createHttpClient({
      onlyCaPem: [pem["ca"]!],
      headers: { "x-relay": "fixed" },
      lend: {
        clientCertificate: async () => {
          asked.certificate += 1;
          return { ok: true, value: identity() };
        },
        headers: async () => {
          asked.headers += 1;
          return { ok: true, value: { "x-relay": `lent ${asked.headers}` } };
        },
      },
    });
    closers.push(() => http.close());
    expect(asked).toEqual({ certificate: 0, headers: 0 });
    for (const expected of ["lent 1", "lent 2"]) {
      const answer = await http.request({ method: "GET", url });
      expect(answer.ok ? Buffer.from(answer.value.body).toString() : answer.failure).toBe(expected);
    }
    expect(asked).toEqual({ certificate: 1, headers: 2 });
  });

  test("that cannot be had are the request's failure, and nothing is sent", async () => {
    let requests = 0;
    const url = await mutualTlsServer((_request, response) => {
      requests += 1;
      response.end();
    });
    const locked = async () => ({ ok: false, failure: { code: "app.keychain-unavailable" } }) as const;
    for (const lend of [{ clientCertificate: locked }, { headers: locked }]) {
      const http = createHttpClient({ onlyCaPem: [pem["ca"]!], clientCertificate: identity(), lend });
      expect(await http.request({ method: "GET", url })).toEqual(await locked());
      await http.close();
    }
    expect(requests).toBe(0);
  });

  test("that never come are waited for no longer than the request may take", async () => {
    const http = createHttpClient({ lend: { clientCertificate: () => new Promise(() => undefined) } });
    closers.push(() => http.close());
    const request = { method: "GET", url: "https://localhost:1/" } as const;
    expect(await http.request({ ...request, timeoutMilliseconds: 50 })).toMatchObject({
      failure: { code: "provider.unreachable", params: { reason: "timeout" } },
    });
    const signal = AbortSignal.timeout(50);
    expect(await http.request({ ...request, signal })).toMatchObject({ failure: { code: "provider.cancelled" } });
  });
});
