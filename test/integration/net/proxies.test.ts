import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import type { Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import type { HttpClient, HttpClientOptions } from "../../../electron/net/http-client.ts";
import { parsePacList } from "../../../electron/net/proxy-route.ts";
import { portOf, smallProxy, smallSocks } from "./small-proxy.ts";
import type { ProxyRules } from "./small-proxy.ts";

let folder = "";
const pem: Record<string, string> = {};
const closers: (() => Promise<void> | void)[] = [];

/** A company's authority, as an inspecting proxy has it, and certificates under it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-proxy-"));
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...ec, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Company CA", "-days", "2");
  for (const [name, names] of [
    ["server", "DNS:tsa.test"],
    ["proxy", "IP:127.0.0.1"],
    ["client", "DNS:client.test"],
  ] as const) {
    writeFileSync(join(folder, "san.ext"), `subjectAltName=${names}\n`);
    openssl("req", ...ec, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const sign = ["x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    openssl(...sign, "-out", `${name}.pem`, "-days", "2", "-extfile", "san.ext");
    pem[name] = readFileSync(join(folder, `${name}.pem`), "utf8");
    pem[`${name}.key`] = readFileSync(join(folder, `${name}.key`), "utf8");
  }
  pem["ca"] = readFileSync(join(folder, "ca.pem"), "utf8");
});

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) {
    await close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listen(server: TcpServer | Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket: { destroy(): void }) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return portOf(server);
}

const echo: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () =>
    response.end(`${request.method} ${request.headers.host} ${request.url} ${Buffer.concat(parts).toString()}`),
  );
};

/** One plain server as ocsp.test:80, one with TLS as tsa.test:443; they know nothing of a proxy. */
async function servers(): Promise<ProxyRules["ports"]> {
  const tls = { cert: pem["server"]!, key: pem["server.key"]! };
  const plain = await listen(createPlainServer(echo));
  const secure = await listen(createTlsServer(tls, echo));
  return { "ocsp.test": plain, "ocsp.test:80": plain, "tsa.test:443": secure };
}

function client(options: HttpClientOptions): HttpClient {
  const made = createHttpClient({ extraCaPem: [pem["ca"]!], timeouts: { connectMilliseconds: 2_000 }, ...options });
  closers.push(() => made.close());
  return made;
}

/** As the system's settings name them. */
const through = (list: string, options: HttpClientOptions = {}): HttpClient =>
  client({ ...options, resolveProxy: async () => parsePacList(list) });

async function ask(http: HttpClient, url: string, body?: string): Promise<unknown> {
  const outcome = await http.request({ method: body === undefined ? "GET" : "POST", url, ...(body ? { body } : {}) });
  return outcome.ok ? `${outcome.value.status} ${Buffer.from(outcome.value.body).toString()}` : outcome.failure;
}

describe("an HTTP proxy", () => {
  test("gets http requests in absolute form and tunnels for https", async () => {
    const proxy = smallProxy({ ports: await servers() });
    const http = through(`PROXY 127.0.0.1:${await listen(proxy.server)}`);
    expect(await ask(http, "http://ocsp.test/ocsp?x=1", "question")).toBe("200 POST ocsp.test /ocsp?x=1 question");
    expect(await ask(http, "https://tsa.test/tsa", "imprint")).toBe("200 POST tsa.test /tsa imprint");
    expect(proxy.seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "POST http://ocsp.test/ocsp?x=1",
      "CONNECT tsa.test:443",
    ]);
  });

  test("is told the name and password of its address, and they reach nobody else", async () => {
    const wants = `Basic ${Buffer.from("ada@corp:p:w%").toString("base64")}`;
    const proxy = smallProxy({ ports: await servers(), wants });
    const port = await listen(proxy.server);
    const http = client({ proxy: `http://ada%40corp:p:w%25@127.0.0.1:${port}` });
    expect(await ask(http, "http://ocsp.test/")).toBe("200 GET ocsp.test / ");
    expect(await ask(http, "https://tsa.test/")).toBe("200 GET tsa.test / ");
    expect(proxy.seen.map(({ authorization }) => authorization)).toEqual([wants, wants]);
  });

  test("that wants a name and password is told apart from one that refuses, without giving away what was tried", async () => {
    const ports = await servers();
    const locked = await listen(smallProxy({ ports, wants: "Basic other" }).server);
    const strict = await listen(smallProxy({ ports, refuses: 403 }).server);
    for (const url of ["http://ocsp.test/", "https://tsa.test/"]) {
      const failure = await ask(client({ proxy: `http://ada:secret@127.0.0.1:${locked}` }), url);
      expect(failure).toEqual({
        code: "network.proxy-credentials",
        params: { host: `127.0.0.1:${locked}`, reason: "407" },
      });
    }
    expect(await ask(through(`PROXY 127.0.0.1:${strict}`), "https://tsa.test/")).toEqual({
      code: "network.proxy-refused",
      params: { host: `127.0.0.1:${strict}`, reason: "403" },
    });
  });

  test("is spoken to by TLS when it wants that, without our client certificate", async () => {
    const proxy = smallProxy({
      ports: await servers(),
      tls: { cert: pem["proxy"]!, key: pem["proxy.key"]!, requestCert: true, rejectUnauthorized: false } as never,
    });
    const certificates: object[] = [];
    proxy.server.on("secureConnection", (socket: TLSSocket) => certificates.push(socket.getPeerCertificate()));
    const list = `HTTPS 127.0.0.1:${await listen(proxy.server)}`;
    const clientCertificate = { certificatePem: pem["client"]!, keyPem: pem["client.key"]! };
    const http = through(list, { clientCertificate });
    expect(await ask(http, "http://ocsp.test/")).toBe("200 GET ocsp.test / ");
    expect(await ask(http, "https://tsa.test/")).toBe("200 GET tsa.test / ");
    expect(certificates).toEqual([{}, {}]);
    const strangers = client({ extraCaPem: [], resolveProxy: async () => parsePacList(list) });
    expect(await ask(strangers, "http://ocsp.test/")).toMatchObject({ code: "network.proxy-tls" });
  });

  test("that inspects TLS is accepted exactly when its authority is trusted", async () => {
    // What the tunnel leads to shows a certificate of the company, not of the service.
    const list = `PROXY 127.0.0.1:${await listen(smallProxy({ ports: await servers() }).server)}`;
    expect(await ask(through(list), "https://tsa.test/")).toBe("200 GET tsa.test / ");
    const untrusting = through(list, { extraCaPem: [] });
    expect(await ask(untrusting, "https://tsa.test/")).toMatchObject({ code: "provider.tls" });
  });

  test("never sees what is on this computer", async () => {
    const proxy = smallProxy({ ports: {} });
    const local = await listen(createPlainServer(echo));
    for (const options of [
      { proxy: "http://127.0.0.1:1" },
      { resolveProxy: async () => parsePacList("PROXY 127.0.0.1:1") },
    ]) {
      expect(await ask(client(options), `http://127.0.0.1:${local}/ocsp`)).toBe(`200 GET 127.0.0.1:${local} /ocsp `);
      expect(await ask(client(options), `http://localhost:${local}/`)).toBe(`200 GET localhost:${local} / `);
    }
    expect(proxy.seen).toEqual([]);
  });
});

describe("a list of proxies", () => {
  const closedPort = async (): Promise<number> => {
    const port = await listen(createTcpServer());
    await closers.pop()?.();
    return port;
  };

  test("is tried in order while nothing answers", async () => {
    const proxy = smallProxy({ ports: await servers() });
    const list = `PROXY 127.0.0.1:${await closedPort()}; PROXY 127.0.0.1:${await listen(proxy.server)}`;
    const http = through(list);
    expect(await ask(http, "http://ocsp.test/")).toBe("200 GET ocsp.test / ");
    expect(await ask(http, "https://tsa.test/")).toBe("200 GET tsa.test / ");
  });

  test("whose last one does not answer either says so", async () => {
    const port = await closedPort();
    expect(await ask(through(`PROXY 127.0.0.1:${port}`), "https://tsa.test/")).toEqual({
      code: "network.proxy-unreachable",
      params: { host: `127.0.0.1:${port}`, reason: "ECONNREFUSED" },
    });
    const silent = await listen(createTcpServer(() => undefined));
    const impatient = through(`PROXY 127.0.0.1:${silent}`, { timeouts: { connectMilliseconds: 200 } });
    expect(await ask(impatient, "https://tsa.test/")).toMatchObject({
      code: "network.proxy-unreachable",
      params: { reason: "timeout" },
    });
  });

  test("is not gone on with after a refusal: a request is not taken past the proxy that said no", async () => {
    const second = smallProxy({ ports: await servers() });
    const first = await listen(smallProxy({ ports: {}, refuses: 403 }).server);
    const http = through(`PROXY 127.0.0.1:${first}; PROXY 127.0.0.1:${await listen(second.server)}; DIRECT`);
    expect(await ask(http, "https://tsa.test/")).toMatchObject({ code: "network.proxy-refused" });
    expect(second.seen).toEqual([]);
  });

  test("of kinds that are not spoken here sends nothing", async () => {
    expect(await ask(through("SOCKS4 127.0.0.1:1"), "http://ocsp.test/")).toEqual({
      code: "network.proxy-unreachable",
      params: { host: "SOCKS4", reason: "unsupported" },
    });
  });

  test("that never comes is given up at the time limit, and when the request is cancelled", async () => {
    const http = client({ resolveProxy: () => new Promise(() => undefined) });
    const request = { method: "GET", url: "http://ocsp.test/" } as const;
    expect(await http.request({ ...request, timeoutMilliseconds: 50 })).toMatchObject({
      ok: false,
      failure: { code: "provider.unreachable", params: { reason: "timeout" } },
    });
    const stop = new AbortController();
    const pending = http.request({ ...request, signal: stop.signal });
    stop.abort();
    expect(await pending).toMatchObject({ ok: false, failure: { code: "provider.cancelled" } });
  });
});

describe("a SOCKS5 proxy", () => {
  test("carries http and https, and is told the name of the server, not its address", async () => {
    const socks = smallSocks({ ports: await servers() });
    const http = through(`SOCKS5 127.0.0.1:${await listen(socks.server)}`);
    expect(await ask(http, "http://ocsp.test/")).toBe("200 GET ocsp.test / ");
    expect(await ask(http, "https://tsa.test/")).toBe("200 GET tsa.test / ");
    expect(socks.seen).toEqual(["ocsp.test:80", "tsa.test:443"]);
  });

  test("may want a name and password", async () => {
    const wants = { user: "ada", password: "pass" };
    const port = await listen(smallSocks({ ports: await servers(), wants }).server);
    expect(await ask(client({ proxy: `socks5://ada:pass@127.0.0.1:${port}` }), "http://ocsp.test/")).toBe(
      "200 GET ocsp.test / ",
    );
    const wrong = client({ proxy: `socks5://ada:wrong@127.0.0.1:${port}` });
    expect(await ask(wrong, "http://ocsp.test/")).toMatchObject({ code: "network.proxy-credentials" });
  });

  test("that does not allow the connection has refused it; one that is away is unreachable", async () => {
    const port = await listen(smallSocks({ ports: {}, reply: 2 }).server);
    expect(await ask(through(`SOCKS5 127.0.0.1:${port}`), "http://ocsp.test/")).toMatchObject({
      code: "network.proxy-refused",
    });
    expect(await ask(through("SOCKS5 127.0.0.1:1"), "http://ocsp.test/")).toMatchObject({
      code: "network.proxy-unreachable",
    });
  });

  test("does not weaken the check of the server's certificate", async () => {
    const list = `SOCKS5 127.0.0.1:${await listen(smallSocks({ ports: await servers() }).server)}`;
    expect(await ask(through(list, { extraCaPem: [] }), "https://tsa.test/")).toMatchObject({ code: "provider.tls" });
  });
});
