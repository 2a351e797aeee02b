import { Agent, request } from "undici";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SandboxFault } from "../../../sandbox/control/faults.ts";
import { sandboxFixture } from "./sandbox-fixture.ts";

let room: Awaited<ReturnType<typeof sandboxFixture>>;
beforeAll(async () => {
  room = await sandboxFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

/** Asks for itsme's list of addresses over a connection of its own. The code of an error is that of Node's TLS, sockets or HTTP. */
async function ask(agent?: Agent): Promise<string> {
  const { sandbox } = room;
  const own =
    agent ??
    new Agent({
      connect: { ca: sandbox.tlsCaPem, cert: sandbox.clientCertificatePem, key: sandbox.clientKeyPem },
    });
  try {
    const answer = await request(`${sandbox.baseUrls.itsme}/.well-known/configuration`, { dispatcher: own });
    const text = await answer.body.text();
    return text.startsWith("{") ? "answered" : "something else";
  } catch (error) {
    const { code, name } = error as Error & { readonly code?: string };
    return code ?? name;
  } finally {
    if (agent === undefined) await own.destroy();
  }
}

const spoil = (fault: Omit<SandboxFault, "operation">): void =>
  room.sandbox.control.addFault({ operation: "itsme/discovery", ...fault });

test.each([
  ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["expired", "CERT_HAS_EXPIRED"],
  ["reset", "ECONNRESET"],
] as const)(
  "A handshake that is to fail as %s does so once, and then the server is itself again",
  async (become, code) => {
    room.sandbox.control.spoilHandshakes(become, 1);
    expect(await ask()).toBe(code);
    expect(await ask()).toBe("answered");
  },
);

test("Handshakes that are spoilt after an answer break the next call also where the connection was kept", async () => {
  const { sandbox } = room;
  const agent = new Agent({
    connect: { ca: sandbox.tlsCaPem, cert: sandbox.clientCertificatePem, key: sandbox.clientKeyPem },
  });
  spoil({ handshakes: { become: "expired", times: 1 } });
  expect([await ask(agent), await ask(agent), await ask(agent)]).toEqual(["answered", "CERT_HAS_EXPIRED", "answered"]);
  await agent.destroy();
});

test.each([
  [{ manner: "reset" }, "ECONNRESET"],
  [{ manner: "noise" }, "HTTPParserError"],
  [{ manner: "half" }, "UND_ERR_SOCKET"],
  [{ manner: "scrambled" }, "something else"],
] as const)("An answer spoilt as %o is met as %s", async (fault, met) => {
  spoil(fault);
  expect(await ask()).toBe(met);
  expect(await ask()).toBe("answered");
});

test("An answer can trickle in, and is whole in the end", async () => {
  spoil({ trickleMilliseconds: 300 });
  const began = performance.now();
  expect(await ask()).toBe("answered");
  expect(performance.now() - began).toBeGreaterThanOrEqual(250);
});

test("As many answers as asked go by before one is spoilt, and clearing heals what is left", async () => {
  const before = room.sandbox.control.spoilt();
  spoil({ after: 1, times: 2, drop: true });
  expect([await ask(), await ask()]).toEqual(["answered", "UND_ERR_SOCKET"]);
  room.sandbox.control.spoilHandshakes("reset", 5);
  room.sandbox.control.clearFaults();
  expect(await ask()).toBe("answered");
  const after = room.sandbox.control.spoilt();
  expect([after.answers - before.answers, after.connections - before.connections]).toEqual([1, 0]);
});
