import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { SecretEntry } from "../../../../electron/providers/certificate/secret-entry.ts";
import type { Failure } from "../../../../shared/failure.ts";

const entry = (secret: "password" | "pin" | "pin-on-reader" = "pin") =>
  new SecretEntry({ secret, message: "token.ask-pin", params: { name: "Card" }, practiceHint: null });
const wrong: Failure = { code: "token.pin-wrong" };

describe("the password or PIN of a run", () => {
  test("is asked for when it is first wanted, and then taken as often as the run needs it", () => {
    const secret = entry();
    expect(secret.isAsking).toBe(false);
    expect(secret.take().ok).toBe(false);
    expect(secret.isAsking).toBe(true);
    secret.give(secret.interaction().id, "4821");
    expect([secret.take(), secret.take(), secret.isAsking]).toEqual([
      { ok: true, value: "4821" },
      { ok: true, value: "4821" },
      false,
    ]);
  });

  test("is asked for again after a wrong entry, under another name, so that a late answer counts for nothing", () => {
    const secret = entry();
    secret.take();
    const first = secret.interaction();
    secret.give(first.id, "1111");
    secret.take();
    expect(secret.mayTryAgain(wrong)).toBe(true);
    const second = secret.interaction();
    expect(second).toMatchObject({ problem: wrong });
    expect(second.id).not.toBe(first.id);
    secret.give(first.id, "4821");
    expect(secret.take().ok).toBe(false);
    secret.give(second.id, "4821");
    expect(secret.take()).toEqual({ ok: true, value: "4821" });
  });

  test("a PIN that was refused is not tried a second time: it would use up an attempt", () => {
    const secret = entry();
    secret.take();
    secret.give(secret.interaction().id, "1111");
    secret.take();
    secret.mayTryAgain(wrong);
    secret.give(secret.interaction().id, "1111");
    expect(secret.take().ok).toBe(false);
    expect(secret.interaction().problem).toEqual(wrong);
    secret.give(secret.interaction().id, "4821");
    expect(secret.take().ok).toBe(true);
  });

  test.each<Failure>([{ code: "token.pin-locked" }, { code: "token.removed" }, { code: "certificate.expired" }])(
    "$code ends the run: there is nothing to type again",
    (failure) => {
      const secret = entry();
      secret.take();
      secret.give(secret.interaction().id, "4821");
      secret.take();
      expect(secret.mayTryAgain(failure)).toBe(false);
    },
  );

  test("a token that is down to its last attempt says so before anybody types", () => {
    const secret = entry();
    secret.setAttemptsLeft(1);
    secret.take();
    expect(secret.interaction()).toMatchObject({ problem: null, attemptsLeft: 1 });
  });

  test("a reader with keys of its own is announced once, and no PIN is asked for here", () => {
    const secret = entry("pin-on-reader");
    expect(secret.announcement()).toMatchObject({ kind: "waiting", device: "computer", params: { name: "Card" } });
    expect(secret.announcement()).toBeNull();
    expect(entry().announcement()).toBeNull();
  });

  test("is in nothing that can be printed, and is gone when it is forgotten", () => {
    const secret = entry("password");
    secret.take();
    secret.give(secret.interaction().id, "correct-horse");
    const printed = `${JSON.stringify(secret)} ${inspect(secret, { showHidden: true, depth: 9 })} ${JSON.stringify(secret.interaction())}`;
    expect(printed).not.toContain("correct-horse");
    secret.forget();
    expect(secret.take().ok).toBe(false);
  });
});
