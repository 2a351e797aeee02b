import { describe, expect, test, vi } from "vitest";
import { answer, registerHandlers } from "../../../electron/ipc/register-handlers.ts";
import type { CommandHandlers } from "../../../electron/services/application/command-handlers.ts";
import { contract, MAXIMUM_RANGE_BYTES } from "../../../shared/ipc.ts";
import { COMMAND_NAMES, EVENT_NAMES } from "../../../shared/ipc-channels.ts";

const reporter = { unexpected: vi.fn<(channel: string, error: unknown) => void>() };
const handlers = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, async (input: unknown) => ({ ok: true, value: input })]),
) as unknown as CommandHandlers;
const document = "7f2c1f9e-0000-4000-8000-000000000001";

function leaves(kind: string): readonly string[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries)
      .filter(([, leaf]) => leaf.kind === kind)
      .map(([name]) => `${group}.${name}`),
  );
}

describe("the IPC boundary", () => {
  test("knows every channel of the contract and no other", () => {
    expect([...COMMAND_NAMES].sort()).toEqual([...leaves("command")].sort());
    expect([...EVENT_NAMES].sort()).toEqual([...leaves("event")].sort());
  });

  test("answers only the main frame of our own page", async () => {
    const installed = new Map<string, (event: object, argument: unknown) => Promise<unknown>>();
    const ipc = { handle: (name: string, run: never) => void installed.set(name, run) };
    registerHandlers({ id: 1, ipc }, handlers, () => "app://bundle", reporter);
    const ask = (senderFrame: unknown) => installed.get("state.get")?.({ senderFrame }, {});
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
    expect(await answer(name, argument, handlers, reporter)).toEqual({ ok: false, failure: { code: "app.internal" } });
  });

  test("turns what a handler throws into a code, without its text", async () => {
    const failing = { ...handlers, "state.get": () => Promise.reject(new Error("password=hunter2")) };
    const outcome = await answer("state.get", {}, failing, reporter);
    expect(outcome).toEqual({ ok: false, failure: { code: "app.internal" } });
    expect(reporter.unexpected).toHaveBeenCalledWith("state.get", expect.any(Error));
  });
});
