import { afterEach, describe, expect, test, vi } from "vitest";
import { MAXIMUM_UNANSWERED } from "../../../electron/ipc/command-gate.ts";
import type { CommandHandlers } from "../../../electron/services/application/command-handlers.ts";
import { contract, MAXIMUM_RANGE_BYTES } from "../../../shared/ipc.ts";
import { COMMAND_NAMES, EVENT_NAMES } from "../../../shared/ipc-channels.ts";
import { pageOf } from "../../harness/page-of.ts";

const reporter = {
  unexpected: vi.fn<(channel: string, error: unknown) => void>(),
  refused: vi.fn<(channel: string, reason: string) => void>(),
};
const handlers = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, async (input: unknown) => ({ ok: true, value: input })]),
) as unknown as CommandHandlers;
const document = "7f2c1f9e-0000-4000-8000-000000000001";

const windowWith = (own: CommandHandlers) => pageOf(own, reporter);

function leaves(kind: string): readonly string[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries)
      .filter(([, leaf]) => leaf.kind === kind)
      .map(([name]) => `${group}.${name}`),
  );
}

afterEach(() => vi.clearAllMocks());

describe("the IPC boundary", () => {
  test("knows every channel of the contract and no other", () => {
    expect([...COMMAND_NAMES].sort()).toEqual([...leaves("command")].sort());
    expect([...EVENT_NAMES].sort()).toEqual([...leaves("event")].sort());
  });

  test("answers only the main frame of our own page", async () => {
    const say = windowWith(handlers);
    const ask = (senderFrame: unknown) => say("state.get", {}, senderFrame);
    const refused = { ok: false, failure: { code: "app.internal" } };
    expect(await ask({ origin: "app://bundle", parent: null })).toEqual({ ok: true, value: {} });
    expect(await ask(null)).toEqual(refused);
    expect(await ask({ origin: "app://bundle", parent: {} })).toEqual(refused);
    expect(await ask({ origin: "https://evil.example", parent: null })).toEqual(refused);
  });

  test.each([
    ["documents.readRange", { document, begin: 0, end: MAXIMUM_RANGE_BYTES + 1 }],
    ["documents.readRange", { document, begin: 5, end: 5 }],
    ["documents.readRange", { document: "../../etc/passwd", begin: 0, end: 5 }],
    ["documents.openDropped", { paths: "not a list" }],
    ["documents.close", { documents: [] }],
    ["signing.start", { review: "1" }],
    ["signing.review", { request: { provider: "nobody" } }],
    ["settings.change", { theme: "pink" }],
    ["state.get", null],
  ] as const)("refuses a malformed argument of %s", async (name, argument) => {
    expect(await windowWith(handlers)(name, argument)).toEqual({ ok: false, failure: { code: "app.internal" } });
    expect(reporter.refused).toHaveBeenCalledWith(name, "input");
  });

  test("turns what a handler throws into a code, without its text", async () => {
    const failing = { ...handlers, "state.get": () => Promise.reject(new Error("password=hunter2")) };
    const outcome = await windowWith(failing)("state.get", {});
    expect(outcome).toEqual({ ok: false, failure: { code: "app.internal" } });
    expect(reporter.unexpected).toHaveBeenCalledWith("state.get", expect.any(Error));
  });

  test("refuses an argument that is larger than any command needs before a schema has seen it", async () => {
    const say = windowWith(handlers);
    for (const argument of [{ paths: Array.from({ length: 200_000 }, () => "x") }, { paths: new Map() }]) {
      expect(await say("documents.openDropped", argument)).toEqual({ ok: false, failure: { code: "app.internal" } });
    }
    expect(reporter.refused.mock.calls).toEqual([["documents.openDropped", "size"]]);
  });

  test("says no to what is too much at once, tells it once, and goes on afterwards", async () => {
    const end = Promise.withResolvers<object>();
    const say = windowWith({ ...handlers, "state.get": () => end.promise as never });
    const asked = Array.from({ length: 3_000 }, () => say("state.get", {}));
    const refused = await Promise.all(asked.slice(MAXIMUM_UNANSWERED));
    expect(refused).toHaveLength(2_000);
    expect(refused.every((one) => JSON.stringify(one) === '{"ok":false,"failure":{"code":"app.busy"}}')).toBe(true);
    expect(reporter.refused.mock.calls).toEqual([["state.get", "busy"]]);
    end.resolve({ ok: true, value: "state" });
    expect(await asked[0]).toEqual({ ok: true, value: "state" });
    expect(await say("state.get", {})).toEqual({ ok: true, value: "state" });
  });
});
