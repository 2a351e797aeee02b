import { expect, test } from "vitest";
import { carefulTransport } from "../../../electron/pki/careful-transport.ts";
import type { PkiTransport } from "../../../electron/pki/pki-transport.ts";
import { failed, success } from "../../../shared/result.ts";

function world() {
  const asked: string[] = [];
  const state = { now: 0, isAway: (_host: string): boolean => true };
  const inner: PkiTransport = {
    request: async ({ url }) => {
      const { hostname } = new URL(url);
      asked.push(hostname);
      return state.isAway(hostname)
        ? failed({ code: "provider.unreachable", params: { host: hostname, reason: "timeout" } })
        : success({ status: 200, headers: {}, body: new Uint8Array() });
    },
  };
  const transport = carefulTransport(inner, () => state.now);
  const get = async (host: string): Promise<boolean> =>
    (await transport.request({ method: "GET", url: `http://${host}/x` })).ok;
  return { asked, state, get };
}

test("a service that did not answer is not waited for again within a minute, and is asked after it", async () => {
  const { asked, get, state } = world();
  expect([await get("a.test"), await get("a.test"), await get("b.test")]).toEqual([false, false, false]);
  expect(asked).toEqual(["a.test", "b.test"]);
  state.now = 60_001;
  state.isAway = () => false;
  expect(await get("a.test")).toBe(true);
});

test("where nobody answers, nobody else is asked for a minute", async () => {
  const { asked, get, state } = world();
  for (const host of ["a.test", "b.test", "c.test", "d.test", "e.test", "f.test"]) {
    expect(await get(host)).toBe(false);
  }
  expect(asked).toEqual(["a.test", "b.test", "c.test", "d.test"]);
  state.now = 60_001;
  state.isAway = () => false;
  expect(await get("e.test")).toBe(true);
});

test("dead services among living ones keep nobody from being asked", async () => {
  const { get, state } = world();
  state.isAway = (host) => host.startsWith("dead");
  for (let index = 0; index < 6; index += 1) {
    expect(await get(`dead-${index}.test`)).toBe(false);
    expect(await get("alive.test")).toBe(true);
  }
});
