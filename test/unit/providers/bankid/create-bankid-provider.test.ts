import { beforeAll, describe, expect, test } from "vitest";

import { readManifest } from "../../../../electron/evidence/bankid/manifest.ts";
import type { FlowInteraction, SigningOrder } from "../../../../electron/providers/provider.ts";
import { qrPicture } from "../../../../electron/providers/bankid/qr-code.ts";
import { english } from "../../../../shared/messages/en.ts";
import { type BankIdPeople, makeBankIdPeople, REVOKED, SIGNED_AT } from "../../evidence/bankid/made-evidence.ts";
import {
  begin,
  chosen,
  Clock,
  DOCUMENTS,
  type DriveOptions,
  driveBankId,
  ORDER,
  PlayedPhenixId,
  profileOf,
  providerOf,
  TOKENS,
} from "./drive-bankid.ts";
import type { BankIdOptions } from "../../../../electron/providers/bankid/create-bankid-provider.ts";
import type { Reply } from "./scripted-http.ts";

let people: BankIdPeople;
beforeAll(async () => {
  people = await makeBankIdPeople();
});

interface Play {
  readonly orders: (readonly (string | Reply)[])[];
  readonly options?: Partial<BankIdOptions>;
  readonly order?: Partial<SigningOrder>;
  readonly drive?: Partial<DriveOptions>;
  readonly change?: PlayedPhenixId["change"];
  readonly refusal?: Reply;
}

async function play({ orders, options, order, drive, change, refusal }: Play) {
  const clock = new Clock();
  const played = new PlayedPhenixId(people, orders);
  played.change = change;
  played.refusal = refusal;
  const provider = providerOf(played, clock, options);
  const outcome = await driveBankId({ provider: () => provider, state: begin(provider, order), clock, ...drive });
  return { ...outcome, played, clock };
}

const openApp = (interaction: FlowInteraction) =>
  interaction.kind === "qr"
    ? ({ kind: "answer", interaction: interaction.id, answer: { kind: "open-app" } } as const)
    : null;

const HAPPY = ["OUTSTANDING_TRANSACTION", "OUTSTANDING_TRANSACTION", "STARTED", "USER_SIGN", "USER_SIGN", "OK"];

describe("by phone", () => {
  test("the documents are named, the code is scanned, and the evidence passes every rule", async () => {
    const { evidence, failure, played } = await play({ orders: [HAPPY] });
    expect(failure).toBeNull();
    expect(evidence).toHaveLength(1);
    const { hiddenData, report, visibleText, visibleFormat } = evidence[0]!;
    expect(report).toMatchObject({ verdict: "passed", signer: { personalNumber: "198001012384" }, problems: [] });
    expect(report.rules.filter(({ outcome }) => outcome === "not-asked").map(({ rule }) => rule)).toEqual(["person"]);
    expect(visibleFormat).toBeNull();
    expect(played.placed[0]?.body).toEqual({ userVisibleData: visibleText, userNonVisibleData: hiddenData });
    expect(visibleText).toContain("1. “avtal.pdf”\n3 pages, 1234 bytes\nSHA-256:\naaaa aaaa");
    expect(readManifest(hiddenData)).toMatchObject({
      time: SIGNED_AT.toISOString(),
      documents: [
        { name: "avtal.pdf", pages: 3, sha256: "a".repeat(64), size: 1234 },
        { name: "bilaga.pdf", pages: null, sha256: "b".repeat(64), size: 99 },
      ],
    });
  });

  test("the code is another one every second, counts from the answer, and goes when the app has the order", async () => {
    const { shown } = await play({ orders: [HAPPY] });
    const start = { token: TOKENS.qrStartToken, secret: TOKENS.qrStartSecret };
    const codes = shown.filter(({ interaction }) => interaction.kind === "qr");
    expect(codes.map(({ at }) => at)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    expect(codes.map(({ interaction }) => interaction.kind === "qr" && interaction.picture)).toEqual(
      [0, 1, 2, 3, 4, 5].map((second) => qrPicture(start, second)),
    );
    expect(new Set(codes.map(({ interaction }) => interaction.id)).size).toBe(1);
    const after = shown.slice(codes.length).map(({ interaction }) => [interaction.kind, interaction.message]);
    expect(after).toEqual([
      ["waiting", "bankid.RFA15B"],
      ["waiting", "bankid.RFA9"],
      ["waiting", "bankid.RFA9"],
    ]);
    for (const { interaction } of shown) {
      expect(english).toHaveProperty([interaction.message]);
    }
  });

  test("a server that says no more than that the order is alive hides the code once it had been outstanding", async () => {
    const silent = await play({ orders: [["PENDING", "PENDING", "OK"]] });
    expect(silent.shown.map(({ interaction }) => interaction.kind)).toEqual(Array(6).fill("qr"));
    const picked = await play({ orders: [["OUTSTANDING_TRANSACTION", "PENDING", "OUTSTANDING_TRANSACTION", "OK"]] });
    const messages = picked.shown.map(({ interaction }) => [interaction.kind, interaction.message]);
    expect(messages.slice(4)).toEqual([
      ["waiting", "bankid.RFA21"],
      ["qr", "bankid.scan"],
      ["qr", "bankid.scan"],
    ]);
    const signing = await play({ orders: [["USER_SIGN", "PENDING", "OK"]] });
    expect(signing.shown.at(-1)?.interaction.message).toBe("bankid.RFA9");
  });

  test("BankID is asked every two seconds", async () => {
    const { played, clock } = await play({ orders: [HAPPY] });
    expect(played.collects).toBe(6);
    expect(clock.time - SIGNED_AT.getTime()).toBe(12_000);
  });

  test("neither the secret of the code nor any token is in a state", async () => {
    const { steps } = await play({ orders: [HAPPY] });
    const stored = JSON.stringify(steps.map(({ state }) => state));
    for (const secret of Object.values(TOKENS)) {
      expect(stored).not.toContain(secret);
    }
  });

  test("a code that nobody scanned is followed by another order, for three minutes", async () => {
    const expiring = [...Array<string>(14).fill("OUTSTANDING_TRANSACTION"), "START_FAILED"];
    const again = await play({ orders: [expiring, expiring, HAPPY] });
    expect(again.failure).toBeNull();
    expect(again.played.placed).toHaveLength(3);
    expect(again.played.placed[2]?.body).toEqual(again.played.placed[0]?.body);
    const never = await play({ orders: Array.from({ length: 20 }, () => expiring) });
    expect(never.failure).toEqual({ code: "bankid.not-scanned" });
    expect(never.played.placed).toHaveLength(6);
  });
});

describe("on this computer", () => {
  test("the app is opened by its link, once, and the messages are those for a computer", async () => {
    const { failure, shown } = await play({ orders: [HAPPY], drive: { person: openApp } });
    expect(failure).toBeNull();
    const links = shown.flatMap(({ interaction }) =>
      interaction.openLink === undefined ? [] : [[interaction.id, interaction.openLink]],
    );
    expect(new Set(links.map(([id]) => id)).size).toBe(1);
    expect(links[0]?.[1]).toBe(`bankid:///?autostarttoken=${TOKENS.autostarttoken}&redirect=null`);
    const messages = shown.map(({ interaction }) => interaction.message);
    expect([...new Set(messages)]).toEqual(["bankid.scan", "bankid.RFA13", "bankid.RFA15A", "bankid.RFA9"]);
  });

  test("an app that does not open within 30 seconds gives the code back, with the reason", async () => {
    let asked = 0;
    const { shown } = await play({
      orders: [Array<string>(40).fill("OUTSTANDING_TRANSACTION").concat(HAPPY)],
      drive: { person: (interaction) => ((asked += 1) === 1 ? openApp(interaction) : null) },
    });
    const back = shown.find(({ interaction }) => interaction.kind === "qr" && interaction.problem !== null);
    expect(back?.interaction).toMatchObject({ kind: "qr", problem: { code: "bankid.not-started" } });
    expect(back?.at).toBe(30_000);
  });

  test("the person may change to the phone and back", async () => {
    const wishes = ["open-app", "show-qr", "open-app"] as const;
    let wish = 0;
    const { shown } = await play({
      orders: [HAPPY],
      drive: {
        person: (interaction) => {
          const kind = wishes[wish];
          wish += 1;
          return kind === undefined ? null : { kind: "answer", interaction: interaction.id, answer: { kind } };
        },
      },
    });
    expect(shown.slice(0, 4).map(({ interaction }) => interaction.kind)).toEqual(["qr", "waiting", "qr", "waiting"]);
    expect(new Set(shown.slice(0, 4).map(({ interaction }) => interaction.id)).size).toBe(4);
  });

  test("START_FAILED says that the app did not open", async () => {
    const orders = [["OUTSTANDING_TRANSACTION", "START_FAILED"]];
    const { failure, played } = await play({ orders, drive: { person: openApp } });
    expect(failure).toEqual({ code: "bankid.not-started" });
    expect(played.placed).toHaveLength(1);
  });

  test("an answer to an old question changes nothing", async () => {
    const old = { kind: "answer", interaction: "bankid-0-0-start", answer: { kind: "open-app" } } as const;
    let asked = 0;
    const { shown } = await play({ orders: [HAPPY], drive: { person: () => ((asked += 1) === 1 ? old : null) } });
    expect(shown.some(({ interaction }) => interaction.openLink !== undefined)).toBe(false);
  });
});

describe("orders that end otherwise", () => {
  test.each([
    ["USER_CANCEL", "bankid.user-cancelled"],
    ["CANCELLED", "bankid.order-cancelled"],
    ["EXPIRED_TRANSACTION", "bankid.expired"],
    ["CERTIFICATE_ERR", "bankid.blocked"],
    ["SOMETHING_NEW", "bankid.failed"],
  ])("%s is %s", async (status, code) => {
    const { evidence, failure, state } = await play({ orders: [["OUTSTANDING_TRANSACTION", status]] });
    expect(failure?.code).toBe(code);
    expect(evidence).toEqual([]);
    expect(state.step).toBe("ended");
  });

  test("an order that never ends is left after six minutes", async () => {
    const { failure, clock } = await play({ orders: [["PENDING"]] });
    expect(failure).toEqual({ code: "bankid.expired" });
    expect(clock.time - SIGNED_AT.getTime()).toBe(360_000);
  });

  test("cancelling stops asking, and a late signature is not fetched", async () => {
    const { evidence, failure, played } = await play({
      orders: [HAPPY],
      drive: { person: (_interaction, passed) => (passed >= 3000 ? { kind: "cancel" } : null) },
    });
    expect(failure).toEqual({ code: "provider.cancelled" });
    expect(evidence).toEqual([]);
    expect(played.collects).toBe(1);
  });

  test("a refused order is not placed again", async () => {
    const { failure, played } = await play({ orders: [], refusal: { status: 500, json: { message: "Busy" } } });
    expect(failure).toMatchObject({ code: "bankid.service-error", params: { text: "Busy" } });
    expect(played.placed).toHaveLength(1);
  });

  test("an order whose answer was lost is not placed again, one that never left is just unreachable", async () => {
    const lost = await play({ orders: [], refusal: { code: "provider.unreachable", params: { reason: "timeout" } } });
    expect(lost.failure).toEqual({ code: "bankid.answer-lost" });
    const refusal: Reply = { code: "provider.unreachable", params: { reason: "ECONNREFUSED" } };
    expect((await play({ orders: [], refusal })).failure).toEqual(refusal);
  });
});

describe("trouble on the way", () => {
  const away: Reply = { code: "provider.unreachable", params: { reason: "ECONNRESET" } };
  const broken: Reply = { status: 500, json: { message: "Broken" } };

  test("a network that comes back within three minutes costs nothing but time", async () => {
    const { failure, shown } = await play({ orders: [["USER_SIGN", away, away, away, away, "USER_SIGN", "OK"]] });
    expect(failure).toBeNull();
    expect(shown.map(({ interaction }) => interaction.message)).toContain("bankid.reconnecting");
  });

  test.each(["app.keychain-locked", "provider.no-credentials"] as const)(
    "so does a keychain that is locked meanwhile (%s)",
    async (code) => {
      const shut: Reply = { code };
      const { failure, played } = await play({ orders: [["USER_SIGN", shut, shut, shut, "USER_SIGN", "OK"]] });
      expect([failure, played.placed.length]).toEqual([null, 1]);
    },
  );

  test("a keychain that is locked is told while it is waited for, with the code and without", async () => {
    const shut: Reply = { code: "app.keychain-locked" };
    const { shown } = await play({
      orders: [
        ["OUTSTANDING_TRANSACTION", shut, shut, "OUTSTANDING_TRANSACTION", "USER_SIGN", shut, "USER_SIGN", "OK"],
      ],
    });
    const told = shown.map(({ interaction }) =>
      interaction.kind === "qr"
        ? `qr ${interaction.problem?.code ?? "-"}`
        : interaction.kind === "waiting"
          ? `${interaction.message} ${interaction.hint?.code ?? "-"}`
          : interaction.kind,
    );
    expect(told.filter((one, index) => one !== told[index - 1])).toEqual([
      "qr -",
      "qr app.keychain-locked",
      "qr -",
      "bankid.RFA9 -",
      "bankid.RFA9 app.keychain-locked",
      "bankid.RFA9 -",
    ]);
  });

  test("a keychain that stays locked is what the person is asked about", async () => {
    const { shown } = await play({
      orders: [["USER_SIGN", { code: "app.keychain-locked" }]],
      drive: { atPause: "leave" },
    });
    expect(shown.at(-1)?.interaction).toMatchObject({ kind: "confirm", message: "bankid.paused-keychain" });
  });

  test("one that stays away stops the run, and a later look may still find the signature", async () => {
    expect((await play({ orders: [["USER_SIGN", away]] })).failure).toEqual(away);
    const { shown, state, clock, played } = await play({
      orders: [["USER_SIGN", away]],
      drive: { atPause: "leave" },
    });
    expect(shown.at(-1)?.interaction).toMatchObject({ kind: "confirm", message: "bankid.paused-collect" });
    expect(clock.time - SIGNED_AT.getTime()).toBeLessThan(240_000);
    played.orders[0] = ["OK"];
    const later = providerOf(played, clock);
    const found = await driveBankId({ provider: () => later, state, clock, atPause: "once" });
    expect(found.failure).toBeNull();
    expect(found.evidence).toHaveLength(1);
  });

  test("an error of the server is asked about twice more, then believed", async () => {
    const twice = await play({ orders: [["USER_SIGN", broken, broken, "OK"]] });
    expect(twice.failure).toBeNull();
    const thrice = await play({ orders: [["USER_SIGN", broken]] });
    expect(thrice.failure?.code).toBe("bankid.service-error");
    expect(thrice.played.collects).toBe(4);
  });
});

describe("after a crash", () => {
  test("an order that may have been placed is not placed again", async () => {
    const clock = new Clock();
    const played = new PlayedPhenixId(people, [HAPPY]);
    const before = providerOf(played, clock);
    let state = begin(before);
    while (state.step !== "placing") {
      const input =
        state.step === "start" ? ({ kind: "documents", documents: DOCUMENTS } as const) : ({ kind: "go" } as const);
      state = (await before.advance(state, input, { signal: new AbortController().signal, now: () => clock.time }))
        .state;
    }
    const after = providerOf(played, clock);
    const outcome = await driveBankId({ provider: () => after, state, clock });
    expect(outcome.failure).toEqual({ code: "bankid.answer-lost" });
    expect(played.placed).toEqual([]);
  });

  test("an open order is asked about by the next program, which cannot show its code any more", async () => {
    const clock = new Clock();
    const played = new PlayedPhenixId(people, [HAPPY]);
    const first = providerOf(played, clock);
    const second = providerOf(played, clock);
    let isOpen = false;
    const provider = () => (isOpen ? second : first);
    const person = (): null => {
      isOpen = true;
      return null;
    };
    const outcome = await driveBankId({ provider, state: begin(first), clock, person });
    expect(outcome.failure).toBeNull();
    expect(outcome.evidence).toHaveLength(1);
    expect(outcome.shown.map(({ interaction }) => interaction.kind).filter((kind) => kind === "qr")).toHaveLength(1);
  });

  test("a state of another version ends the run", async () => {
    const provider = providerOf(new PlayedPhenixId(people, []), new Clock());
    const clock = new Clock();
    const outcome = await driveBankId({ provider: () => provider, state: { step: "unheard-of" }, clock });
    expect(outcome.failure?.code).toBe("app.internal");
  });
});

describe("evidence that does not prove it is never handed on", () => {
  test.each<[string, PlayedPhenixId["change"], string]>([
    ["another text", { document: { visible: "I owe you nothing." } }, "visible-text"],
    ["other hidden data", { document: { hidden: "{}" } }, "hidden-data"],
    ["no hidden data", { document: { hidden: null } }, "hidden-data"],
    ["an identification", { document: { function: "Identification" } }, "function"],
    ["a blocked BankID", { response: { status: REVOKED } }, "ocsp-status"],
    ["the response of another signature", { response: { nonce: new Uint8Array(32) } }, "ocsp-nonce"],
  ])("%s", async (_title, change, rules) => {
    const { evidence, failure, state } = await play({ orders: [["OK"]], change });
    expect(evidence).toEqual([]);
    expect(failure).toEqual({ code: "bankid.evidence-refused", params: { rules } });
    // Kept for support.
    expect(state).toMatchObject({ step: "judge", evidence: { signature: expect.any(String) as string } });
  });

  test("somebody else's signature, when one person was expected", async () => {
    const { evidence, failure, played } = await play({
      orders: [["OK"]],
      order: chosen({ personalNumber: "191212121212" }),
    });
    expect(played.placed[0]?.body.requirement).toBe('{"personalNumber":"191212121212"}');
    expect(failure).toEqual({ code: "bankid.other-person" });
    expect(evidence).toEqual([]);
    const right = await play({ orders: [["OK"]], order: chosen({ personalNumber: "198001012384" }) });
    expect(right.failure).toBeNull();
  });

  test("without the root it waits in its state, and is judged again when the root is there", async () => {
    const strangers = await makeBankIdPeople();
    const profile = profileOf(strangers);
    const refused = await play({ orders: [["OK"]], options: { profile } });
    expect(refused.failure).toEqual({ code: "bankid.evidence-undecided" });
    // Given up, and kept for whoever looks into it.
    expect(refused.state).toMatchObject({ step: "judge", evidence: { signature: expect.any(String) as string } });
    const { evidence, state, played, clock, shown } = await play({
      orders: [["OK"]],
      options: { profile },
      drive: { atPause: "leave" },
    });
    expect(shown.at(-1)?.interaction).toMatchObject({ kind: "confirm", message: "bankid.paused-judge" });
    expect(evidence).toEqual([]);
    const collects = played.collects;
    const mended = providerOf(played, clock);
    const again = await driveBankId({ provider: () => mended, state, clock, atPause: "once" });
    expect(again.failure).toBeNull();
    expect(again.evidence).toHaveLength(1);
    expect(played.collects).toBe(collects);
  });

  test("an answer from the future waits for the clock, which somebody may have set back, and is never asked for again", async () => {
    const clock = new Clock();
    const right = clock.time;
    const played = new PlayedPhenixId(people, [["OK"]]);
    const provider = providerOf(played, clock);
    clock.time = right - 24 * 3_600_000;
    const left = await driveBankId({ provider: () => provider, state: begin(provider), clock, atPause: "leave" });
    expect(left.evidence).toEqual([]);
    expect(left.shown.at(-1)?.interaction).toMatchObject({ kind: "confirm", message: "bankid.paused-clock" });
    const { collects } = played;
    clock.time = right;
    const again = await driveBankId({ provider: () => provider, state: left.state, clock, atPause: "once" });
    expect([again.failure, again.evidence.length, played.collects]).toEqual([null, 1, collects]);
  });
});

test("what the profile wants of the person goes along", async () => {
  const profile = profileOf(people, {
    pinCode: true,
    mrtd: true,
    risk: "LOW",
    policies: ["1.2.3.4.5"],
    format: "simpleMarkdownV1",
  });
  const { played, failure } = await play({
    orders: [["OK"]],
    options: { profile },
    change: { document: { visibleAttributes: 'charset="UTF-8" format="simpleMarkdownV1" visible="wysiwys"' } },
  });
  expect(failure).toBeNull();
  expect(played.placed[0]?.body).toMatchObject({ userVisibleDataFormat: "simpleMarkdownV1" });
  expect(JSON.parse(String(played.placed[0]?.body.requirement))).toEqual({
    pinCode: true,
    mrtd: true,
    certificatePolicies: ["1.2.3.4.5"],
    risk: "LOW",
  });
});

describe("what the person chose", () => {
  test("goes before what the profile has", async () => {
    const { played, failure, evidence } = await play({
      orders: [["OK"]],
      order: chosen({ language: "sv", format: "simpleMarkdownV1" }),
      change: { document: { visibleAttributes: 'charset="UTF-8" format="simpleMarkdownV1" visible="wysiwys"' } },
    });
    expect(failure).toBeNull();
    expect(evidence).toHaveLength(1);
    expect(played.placed[0]?.body).toMatchObject({ userVisibleDataFormat: "simpleMarkdownV1" });
    expect(String(played.placed[0]?.body.userVisibleData)).toMatch(/^# Jag undertecknar dessa 2 dokument:/u);
  });

  test("whoever signs a Swedish text is spoken to in BankID's own Swedish words", async () => {
    const { shown } = await play({ orders: [HAPPY], order: chosen({ language: "sv" }) });
    const messages = [...new Set(shown.map(({ interaction }) => interaction.message))];
    expect(messages).toEqual(["bankid.sv.scan", "bankid.sv.RFA15B", "bankid.sv.RFA9"]);
    expect(new Set(shown.map(({ interaction }) => interaction.language))).toEqual(new Set(["sv"]));
    expect(english["bankid.sv.RFA9"]).toBe("Skriv in din säkerhetskod i BankID-appen och välj Skriv under.");
  });

  test("an order may begin with the app on this computer", async () => {
    const { failure, shown } = await play({ orders: [HAPPY], order: chosen({ start: "autostart" }) });
    expect(failure).toBeNull();
    expect(shown[0]?.interaction).toMatchObject({
      kind: "waiting",
      openLink: `bankid:///?autostarttoken=${TOKENS.autostarttoken}&redirect=null`,
    });
  });

  test("an app that the operating system could not open gives the code back at once, with the reason", async () => {
    let asked = 0;
    const { shown } = await play({
      orders: [HAPPY],
      drive: {
        person: (interaction) => {
          asked += 1;
          if (asked === 1) return openApp(interaction);
          return asked === 2 ? { kind: "app-not-opened", interaction: interaction.id } : null;
        },
      },
    });
    expect(shown.slice(0, 3).map(({ interaction }) => interaction.kind)).toEqual(["qr", "waiting", "qr"]);
    expect(shown[2]?.interaction).toMatchObject({ problem: { code: "bankid.not-started" } });
    expect(shown[2]?.at).toBe(0);
  });
});

describe("the preview", () => {
  test("is word for word what is placed; the hidden data differ by the order's number and time alone", async () => {
    for (const format of ["plain", "simpleMarkdownV1"] as const) {
      const order = { ...ORDER, ...chosen({ language: "sv", format }) };
      const played = new PlayedPhenixId(people, [["OK"]]);
      const clock = new Clock();
      const provider = providerOf(played, clock);
      const preview = provider.preview!(order, DOCUMENTS);
      if (!preview.ok) throw new Error(preview.failure.code);
      const { visible, hidden } = preview.value;
      await driveBankId({ provider: () => provider, state: begin(provider, order), clock });
      const { userVisibleData, userNonVisibleData } = played.placed[0]!.body;
      expect(userVisibleData).toBe(visible);
      const sent = JSON.parse(String(userNonVisibleData)) as Record<string, unknown>;
      expect({ ...sent, order: "…", time: "…" }).toEqual(JSON.parse(hidden));
      // Nobody can take a preview for a manifest.
      expect(readManifest(hidden)).toBeUndefined();
    }
  });

  test("a text that is not the confirmed one is never placed", async () => {
    const clock = new Clock();
    const played = new PlayedPhenixId(people, [HAPPY]);
    const provider = providerOf(played, clock);
    const preview = provider.preview!(ORDER, DOCUMENTS);
    if (!preview.ok) throw new Error(preview.failure.code);
    const state = begin(provider, { confirmedText: preview.value.visible });
    const drive = (documents: typeof DOCUMENTS) => driveBankId({ provider: () => provider, state, clock, documents });
    const other = DOCUMENTS.map((document) => ({ ...document, sha256: "c".repeat(64) }));
    for (const documents of [DOCUMENTS.slice(1), other, DOCUMENTS.toReversed()]) {
      expect((await drive(documents)).failure).toEqual({ code: "bankid.text-changed" });
    }
    expect(played.placed).toEqual([]);
    expect((await drive(DOCUMENTS)).failure).toBeNull();
  });

  test("says beforehand that a text is too long", () => {
    const provider = providerOf(new PlayedPhenixId(people, []), new Clock());
    const many = Array.from({ length: 500 }, () => DOCUMENTS[0]!);
    expect(provider.preview!(ORDER, many)).toMatchObject({ ok: false, failure: { code: "bankid.text-too-long" } });
  });
});

test("too many documents and texts that are too long are refused before anything is sent", async () => {
  const played = new PlayedPhenixId(people, []);
  const provider = providerOf(played, new Clock());
  const documents = Array.from({ length: 51 }, (_unused, index) => ({ id: String(index), name: "a.pdf" }));
  const order = {
    language: "EN",
    description: null,
    policy: null,
    commitmentType: null,
    signerRole: null,
    knownPerson: null,
  } as const;
  expect(provider.check({ ...order, documents })).toEqual({ code: "provider.too-many-documents" });
  expect(provider.check({ ...order, documents: documents.slice(1) })).toBeNull();
  const many = Array.from({ length: 500 }, () => DOCUMENTS[0]!);
  const tooLong = await driveBankId({
    provider: () => provider,
    state: begin(provider),
    clock: new Clock(),
    documents: many,
  });
  expect(tooLong.failure?.code).toBe("bankid.text-too-long");
  const none = await driveBankId({
    provider: () => provider,
    state: begin(provider),
    clock: new Clock(),
    documents: [],
  });
  expect(none.failure).toEqual({ code: "document.not-readable" });
  expect(played.placed).toEqual([]);
});
