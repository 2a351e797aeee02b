import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { probeConnection } from "../../../electron/net/probe-connection.ts";

async function listening(host: string) {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, host);
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

const hasIpv6 = await listening("::1").then(
  ({ close }) => close() !== undefined,
  () => false,
);

/** RFC 3986 3.2.2: an IPv6 address stands in brackets, or its end cannot be told from the port. */
test.skipIf(!hasIpv6)("the address that was reached is told with its port, an IPv6 address in brackets", async () => {
  const server = await listening("::1");
  const url = `https://[::1]:${server.port}/`;
  const found = await probeConnection(url, { stepMilliseconds: 2000 }, AbortSignal.timeout(10_000));
  server.close();
  expect(found.tcp).toEqual({ kind: "good", value: { address: `[::1]:${server.port}` } });
});

test("an IPv4 address that was reached is told with its port", async () => {
  const server = await listening("127.0.0.1");
  const url = `https://127.0.0.1:${server.port}/`;
  const found = await probeConnection(url, { stepMilliseconds: 2000 }, AbortSignal.timeout(10_000));
  server.close();
  expect(found.tcp).toEqual({ kind: "good", value: { address: `127.0.0.1:${server.port}` } });
});

describe("a look at the way there ends as soon as it is not wanted any more", () => {
  /** Takes connections, and says nothing; tells when one came, and when one has gone. */
  async function silent() {
    const came = Promise.withResolvers<undefined>();
    const gone = Promise.withResolvers<undefined>();
    const server = createServer((socket) => {
      socket.on("error", () => undefined).on("close", () => gone.resolve(undefined));
      socket.resume();
      came.resolve(undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    return { port: (server.address() as AddressInfo).port, came: came.promise, gone: gone.promise };
  }

  test.each([
    ["in the handshake", (port: number) => [`https://127.0.0.1:${port}/`, {}] as const],
    [
      "while a proxy does not answer",
      (port: number) => ["https://api.example.com/", { proxy: `http://127.0.0.1:${port}` }] as const,
    ],
  ])("%s", { timeout: 10_000 }, async (_, way) => {
    const server = await silent();
    const [url, options] = way(server.port);
    const abort = new AbortController();
    const probing = probeConnection(url, { ...options, stepMilliseconds: 60_000 }, abort.signal);
    await server.came;
    abort.abort(new Error("not wanted any more"));
    await expect(probing).rejects.toThrow("not wanted any more");
    await server.gone;
  });

  test("before it began", async () => {
    const server = await silent();
    const signal = AbortSignal.abort(new Error("never wanted"));
    await expect(probeConnection(`https://127.0.0.1:${server.port}/`, {}, signal)).rejects.toThrow("never wanted");
  });
});
