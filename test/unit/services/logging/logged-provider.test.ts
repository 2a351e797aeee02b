import { expect, test } from "vitest";
import type { FlowStep, SigningProvider } from "../../../../electron/providers/provider.ts";
import { failureFacts, loggedProvider } from "../../../../electron/services/logging/logged-provider.ts";
import type { ProgramLog } from "../../../../electron/services/logging/program-log.ts";

test("a flow is told when it moves, not at every poll, and nothing of what it holds", async () => {
  const wait: FlowStep = { kind: "continue", state: { step: "poll", phone: "+32470000001" } };
  const end: FlowStep = {
    kind: "failed",
    state: { step: "ended" },
    failure: { code: "provider.deadline", params: { host: "api.example.com", reason: "Anna said no" } },
  };
  const steps = [wait, wait, end];
  const provider = {
    descriptor: { id: "itsme" },
    advance: () => Promise.resolve(steps.shift() ?? end),
  } as unknown as SigningProvider;
  const told: unknown[] = [];
  const log = { write: (...args: unknown[]) => told.push(args) } as unknown as ProgramLog;
  const logged = loggedProvider(provider, log, "run-1");
  for (let count = 0; count < 3; count += 1) {
    await logged.advance({ step: "poll" }, { kind: "go" }, { signal: new AbortController().signal, now: Date.now });
  }
  const where = { run: "run-1", provider: "itsme" };
  expect(told).toEqual([
    ["info", "signing.step", { ...where, step: "continue", state: "poll" }],
    [
      "warning",
      "signing.step",
      { ...where, step: "failed", state: "ended", failure: "provider.deadline", host: "api.example.com" },
    ],
  ]);
});

test("of a failure's parameters only those pass that are no words and name nobody", () => {
  const params = { name: "Contract.pdf", host: "a.example", status: 500, reason: "too-large", field: "x y" };
  expect(failureFacts({ code: "provider.server-error", params })).toEqual({
    failure: "provider.server-error",
    host: "a.example",
    status: 500,
    reason: "too-large",
  });
});

test("a provider that is told about keeps all that it can do", () => {
  const provider = {
    descriptor: { id: "bankid" },
    check: () => null,
    begin: () => ({ step: "start" }),
    preview: () => undefined,
    kept: () => undefined,
    advance: () => undefined,
  } as unknown as SigningProvider;
  const logged = loggedProvider(provider, { write: () => undefined } as unknown as ProgramLog, "run-1");
  expect(Object.keys(logged).toSorted()).toEqual(Object.keys(provider).toSorted());
});
