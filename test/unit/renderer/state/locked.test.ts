import { describe, expect, test } from "vitest";
import { isLocked, wantsPassword } from "../../../../renderer/state/locked.ts";
import { NOTHING_SPECIAL, RUN, documentView } from "../../../harness/renderer/scenarios.ts";

const locked = { ...NOTHING_SPECIAL, refusal: { code: "document.encrypted" } } as const;

describe("a locked document", () => {
  test("wants its password, and a document that can be read wants none", () => {
    expect([isLocked(documentView(1, 10)), wantsPassword(documentView(1, 10))]).toEqual([false, false]);
    const document = documentView(1, 10, { inspection: locked });
    expect([isLocked(document), wantsPassword(document)]).toEqual([true, true]);
  });

  test("wants it also for a run that waits, whatever is known of its original", () => {
    const failure = { code: "document.password-needed" } as const;
    const gone = { ...NOTHING_SPECIAL, refusal: { code: "document.not-found" } } as const;
    const state = { kind: "needs-attention", transaction: RUN, failure } as const;
    expect(wantsPassword(documentView(1, 10, { inspection: gone, state }))).toBe(true);
    const waiting = { kind: "waiting-for-password", transaction: RUN } as const;
    expect(wantsPassword(documentView(1, 10, { inspection: gone, state: waiting }))).toBe(true);
    const full = { ...state, failure: { code: "output.disk-full" } } as const;
    expect(wantsPassword(documentView(1, 10, { state: full }))).toBe(false);
  });
});
