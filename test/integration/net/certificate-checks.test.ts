import { once } from "node:events";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { connect } from "node:net";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import type { HttpClientOptions } from "../../../electron/net/http-client.ts";
import { probeTls } from "../../../electron/net/probe-tls.ts";
import { openSecureContext } from "../../../electron/net/secure-context.ts";
import { parsePacList } from "../../../electron/net/proxy-route.ts";
import { makeTlsIdentity } from "../../e2e/harness/tls-identity.ts";
import { portOf, smallProxy, smallSocks } from "./small-proxy.ts";

/** Node.js, "Command-line API": NODE_TLS_REJECT_UNAUTHORIZED=0 takes certificate checks away wherever the code says nothing. */
describe("a variable that switches Node's checking of certificates off", () => {
  const { key, chain } = makeTlsIdentity("service.test", "Nobody's authority");
  let server: Server;
  const closers: (() => void)[] = [];

  beforeAll(async () => {
    server = createServer({ key, cert: chain }, (_request, response) => response.end("secret"));
    server.on("tlsClientError", () => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => void vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0"));
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const close of closers.splice(0)) close();
  });

  const port = () => (server.address() as AddressInfo).port;
  const ask = async (url: string, options: HttpClientOptions = {}) => {
    const client = createHttpClient(options);
    closers.push(() => void client.close());
    const answer = await client.request({ method: "GET", url });
    return answer.ok ? "answered" : answer.failure.code;
  };
  const listen = async (proxy: TcpServer) => {
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    closers.push(() => void proxy.close());
    return portOf(proxy);
  };
  const through = (list: string) => ({ resolveProxy: async () => parsePacList(list) });
  const ports = () => ({ "service.test:443": port() });

  test("does nothing to requests", async () => {
    expect(await ask(`https://127.0.0.1:${port()}/`)).toBe("provider.tls");
  });

  test("does nothing to requests through proxies", async () => {
    const plain = await listen(smallProxy({ ports: ports() }).server);
    expect(await ask("https://service.test/", through(`PROXY 127.0.0.1:${plain}`))).toBe("provider.tls");
    const socks = await listen(smallSocks({ ports: ports() }).server);
    expect(await ask("https://service.test/", through(`SOCKS5 127.0.0.1:${socks}`))).toBe("provider.tls");
  });

  test("does nothing to a proxy that is spoken to by TLS", async () => {
    const secure = await listen(smallProxy({ ports: ports(), tls: { key, cert: chain } }).server);
    expect(await ask("https://service.test/", through(`HTTPS 127.0.0.1:${secure}`))).toBe("network.proxy-tls");
  });

  test("does nothing to the test of a connection", async () => {
    const socket = connect(port(), "127.0.0.1");
    await once(socket, "connect");
    const finding = await probeTls(socket, { host: "127.0.0.1", context: openSecureContext({}), limit: 5_000 });
    expect(finding).toMatchObject({ kind: "bad", failure: { code: "connection.server-unknown" } });
  });
});
