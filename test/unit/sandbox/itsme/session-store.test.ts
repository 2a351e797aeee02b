import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sandboxClock } from "../../../../sandbox/clock.ts";
import { accountByPhone } from "../../../../sandbox/itsme/accounts.ts";
import { sessionStore } from "../../../../sandbox/itsme/session-store.ts";
import type { AutoApprove } from "../../../../sandbox/shared-room.ts";

const byHand = accountByPhone("+32470000001")!;
const refuses = accountByPhone("+32470000005")!;
const slow = accountByPhone("+32470000008")!;
const minutes = 60_000;

function room(autoApprove: AutoApprove | null = null) {
  const clock = sandboxClock(() => 1_000_000);
  const store = sessionStore({ clock, random: (length) => randomBytes(length), accountByPhone, autoApprove });
  const seed = {
    partnerCode: "P",
    serviceCode: "S",
    redirectUrl: "https://partner.example/",
    language: "EN",
    state: { step: "page" },
  } as const;
  const identification = () => store.addIdentification({ ...seed, account: null }).id;
  const signing = (account = byHand) =>
    store.addSigning({
      ...seed,
      account,
      requestId: "r",
      documents: [],
      description: null,
      signerRole: null,
      policy: null,
      commitmentType: null,
    }).id;
  return { clock, store, identification, signing };
}

describe("A request on the phone", () => {
  test("expires after exactly three minutes", () => {
    const { clock, store, identification } = room();
    const id = identification();
    store.enterPhone(id, byHand);
    clock.advance(3 * minutes - 1);
    expect(store.byId(id)?.state.step).toBe("phone");
    clock.advance(1);
    expect(store.byId(id)?.state).toEqual({ step: "decided", outcome: "expired" });
  });

  test("counts its three minutes from when it reached the phone, not from when the session began", () => {
    const { clock, store, identification } = room();
    const id = identification();
    clock.advance(10 * minutes);
    expect(store.byId(id)?.state.step).toBe("page");
    store.enterPhone(id, byHand);
    clock.advance(2 * minutes);
    expect(store.byId(id)?.state.step).toBe("phone");
  });

  test("stays as it was decided, whatever is pressed later and however late", () => {
    const { clock, store, signing } = room();
    const id = signing();
    store.visit(id);
    store.decide(id, "approved");
    store.decide(id, "refused");
    clock.advance(20 * minutes);
    expect(store.byId(id)?.state).toEqual({ step: "decided", outcome: "approved" });
  });

  test("cannot be approved after it has expired", () => {
    const { clock, store, signing } = room();
    const id = signing();
    store.visit(id);
    clock.advance(3 * minutes);
    expect(store.decide(id, "approved")?.state).toEqual({ step: "decided", outcome: "expired" });
  });
});

describe("A number that answers by itself", () => {
  test("answers after its time", () => {
    const { clock, store, identification } = room();
    const id = identification();
    store.enterPhone(id, refuses);
    clock.advance(999);
    expect(store.byId(id)?.state.step).toBe("phone");
    clock.advance(1);
    expect(store.byId(id)?.state).toEqual({ step: "decided", outcome: "refused" });
  });

  test("that is slow is slow also when the person is played", () => {
    const { clock, store, identification } = room({ phone: slow.phone, afterMilliseconds: 0, pages: "skip" });
    const id = identification();
    expect(store.byId(id)?.state.step).toBe("phone");
    clock.advance(2 * minutes);
    expect(store.byId(id)?.state).toEqual({ step: "decided", outcome: "approved" });
  });
});

describe("When the person is played", () => {
  test("nothing needs to be opened or pressed", () => {
    const { store, identification, signing } = room({ phone: byHand.phone, afterMilliseconds: 0, pages: "skip" });
    const session = store.byId(identification());
    expect(session?.account).toBe(byHand);
    expect(session?.state).toEqual({ step: "decided", outcome: "approved" });
    expect(store.byId(signing())?.state).toEqual({ step: "decided", outcome: "approved" });
  });

  test("with pages needed, only the phone answers by itself", () => {
    const { store, identification, signing } = room({ phone: byHand.phone, afterMilliseconds: 0, pages: "needed" });
    const first = identification();
    expect(store.byId(first)?.state.step).toBe("page");
    expect(store.enterPhone(first, byHand)?.state).toEqual({ step: "decided", outcome: "approved" });
    const second = signing();
    expect(store.byId(second)?.state.step).toBe("page");
    expect(store.visit(second)?.state).toEqual({ step: "decided", outcome: "approved" });
  });

  test("a number that refuses still refuses", () => {
    const { clock, store, identification } = room({ phone: refuses.phone, afterMilliseconds: 0, pages: "skip" });
    const id = identification();
    store.byId(id);
    clock.advance(1000);
    expect(store.byId(id)?.state).toEqual({ step: "decided", outcome: "refused" });
  });
});

describe("Sessions are kept", () => {
  test("for half an hour, and an old one is unknown afterwards", () => {
    const { clock, store, identification } = room();
    const id = identification();
    clock.advance(30 * minutes + 1);
    identification();
    expect(store.byId(id)).toBeNull();
  });

  test("at most 500 at a time, the oldest goes first", () => {
    const { store, identification } = room();
    const first = identification();
    const second = identification();
    for (let count = 2; count < 501; count += 1) identification();
    expect(store.list()).toHaveLength(500);
    expect(store.byId(first)).toBeNull();
    expect(store.byId(second)).not.toBeNull();
  });

  test("under ids of 36 and page tokens of 32 letters and digits, which are different secrets", () => {
    const { store, identification } = room();
    const session = store.byId(identification())!;
    expect(session.id).toMatch(/^[a-z0-9]{36}$/);
    expect(session.pageToken).toMatch(/^[a-z0-9]{32}$/);
    expect(store.byPageToken(session.pageToken)?.id).toBe(session.id);
    expect(store.byPageToken(session.id)).toBeNull();
    expect(store.byId(session.pageToken)).toBeNull();
  });
});
