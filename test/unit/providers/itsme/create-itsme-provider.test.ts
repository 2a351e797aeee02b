import { constants, createPublicKey, publicDecrypt } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createItsmeProvider } from "../../../../electron/providers/itsme/create-itsme-provider.ts";
import type { ItsmeProfile } from "../../../../electron/providers/itsme/itsme-profile.ts";
import type { ItsmeSettings } from "../../../../electron/providers/itsme/settings.ts";
import type { FlowInput, FlowInteraction, FlowState, SigningOrder } from "../../../../electron/providers/provider.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { digestOf, driveFlow, willing } from "./drive-flow.ts";
import type { Clock, DriveOptions, DriveOutcome } from "./drive-flow.ts";
import { FakeItsme, major, USER_CODE } from "./fake-itsme.ts";
import { testPerson } from "./person-certificate.ts";
import type { TestPerson } from "./person-certificate.ts";

const START = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;

const profile: ItsmeProfile = {
  environment: "test",
  baseUrl: "https://b2b.example",
  partnerCode: "partner",
  serviceCode: "service",
  redirectUrl: "https://partner.example/back",
  pageOrigins: ["https://pages.example"],
};

let anna: TestPerson;
let fake: FakeItsme;
let clock: Clock;

beforeAll(() => {
  anna = testPerson({ notBefore: new Date(START - DAY), notAfter: new Date(START + DAY) });
});
beforeEach(() => {
  fake = new FakeItsme(anna);
  clock = { time: START };
});

const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `document-${index + 1}`, name: `${index + 1}.pdf` }));

function order(change: Partial<SigningOrder> & { readonly count?: number } = {}): SigningOrder {
  const { count = 1, ...rest } = change;
  return {
    documents: documents(count),
    language: "NL",
    description: null,
    policy: null,
    commitmentType: null,
    signerRole: null,
    knownPerson: null,
    ...rest,
  };
}

function provider(settings: Partial<ItsmeSettings> = {}, changedProfile: Partial<ItsmeProfile> = {}) {
  let ids = 0;
  return createItsmeProvider({
    profile: { ...profile, ...changedProfile },
    http: fake,
    random: () => 0.5,
    newId: () => `request-${clock.time}-${(ids += 1)}`,
    settings,
  });
}

function drive(signingOrder = order(), options: Partial<DriveOptions> = {}): Promise<DriveOutcome> {
  const first = provider();
  return driveFlow({
    provider: () => provider(),
    state: first.begin(signingOrder),
    clock,
    person: willing,
    ...options,
  });
}

const refusal = (status: number, statusReason: string) => ({ status, json: { status: "NOK", statusReason } });
const dss = (status: number, min: string | undefined, maj = major.REQUESTER_ERROR) => ({
  status,
  json: { result: { maj, ...(min === undefined ? {} : { min }) }, reqID: "r" },
});
const offline: { failure: Failure } = { failure: { code: "provider.unreachable" } };
const timesOf = (times: number, reply: object) => Array.from({ length: times }, () => reply as never);

describe("a run in which everything goes well", () => {
  test("ends with a value that opens to the digest under the certificate's key", async () => {
    const outcome = await drive(order({ count: 2 }));
    expect(outcome.failure).toBeNull();
    expect(outcome.values.map(({ id }) => id)).toEqual(["document-1", "document-2"]);
    for (const { id, value } of outcome.values) {
      const key = { key: createPublicKey(anna.leafPem), padding: constants.RSA_PKCS1_PADDING };
      const opened = publicDecrypt(key, Buffer.from(value, "base64")).toString("hex");
      expect(opened).toBe(`3031300d060960864801650304020105000420${digestOf(id)}`);
    }
    expect(fake.count("identify")).toBe(1);
    expect(fake.count("sign")).toBe(1);
  });

  test("shows the identification page, then the signing page, each with its window's policy", async () => {
    const outcome = await drive();
    expect(outcome.interactions.map(({ kind, message }) => [kind, message])).toEqual([
      ["page", "itsme.identify"],
      ["page", "itsme.sign"],
    ]);
    expect(outcome.interactions[0]).toMatchObject({
      host: "pages.example",
      deadline: new Date(START + 600_000).toISOString(),
      page: {
        url: "https://pages.example/qes/identify_yourself?q=1",
        policy: {
          allowedOrigins: ["https://pages.example"],
          returnUrl: "https://partner.example/back",
          permissions: [],
          timeLimitMilliseconds: 600_000,
        },
      },
    });
    expect(outcome.signers[0]?.knownPerson).toBe(USER_CODE);
    expect(outcome.signers[0]?.chain).toHaveLength(3);
  });

  test("sends the fields of the sheet, and hashes as padded standard Base64", async () => {
    await drive(
      order({ commitmentType: "1.2.840.113549.1.9.16.6.5", signerRole: "Zaakvoerder", description: "Contract" }),
    );
    const [identify, , sign] = fake.calls;
    expect(identify?.body).toEqual({
      partnerCode: "partner",
      serviceCode: "service",
      redirectUrl: "https://partner.example/back",
      lang: "NL",
    });
    expect(sign?.body).toMatchObject({
      asyncRespID: null,
      optInp: {
        lang: "NL",
        itsme: {
          signer: { userCode: USER_CODE },
          redirectUrl: "https://partner.example/back",
          signPolicy: {
            signPolicyRef: "1.3.6.1.4.1.49274.1.1.7.2.0",
            commitmentTypeRef: "1.2.840.113549.1.9.16.6.5",
          },
        },
      },
    });
    const { itsme } = sign!.body.optInp;
    expect(itsme.description.map((entry: { lang: string }) => entry.lang)).toEqual(["EN", "FR", "NL", "DE"]);
    expect(itsme.signPolicy.signerRole).toContainEqual({ lang: "DE", value: "Zaakvoerder" });
    const expected = Buffer.from(digestOf("document-1"), "hex").toString("base64");
    expect(sign!.body.inDocs.docHash).toEqual([
      { id: "document-1", di: [{ alg: "http://www.w3.org/2001/04/xmlenc#sha256", value: expected }] },
    ]);
  });

  test("no file name leaves the computer", async () => {
    await drive(order({ documents: [{ id: "d1", name: "secret-takeover.pdf" }] }));
    expect(JSON.stringify(fake.calls)).not.toContain("takeover");
  });

  test("the optional partner header goes with the POST calls", async () => {
    const withHeader = () => provider({}, { partnerCodeHeader: "partner" });
    await drive(order(), { provider: withHeader });
    expect(fake.calls.every(({ headers }) => headers["x-partner-code"] === "partner")).toBe(true);
  });

  test("a base address that already holds the interface's path is not doubled", async () => {
    const outcome = await drive(order(), {
      provider: () => provider({}, { baseUrl: "https://b2b.example/qes-partners/1.0.0/" }),
    });
    expect(outcome.failure).toBeNull();
    expect(fake.calls[0]?.path).toBe("/user_identification");
  });
});

describe("identification", () => {
  test("a known person's code is sent, and skips nothing else", async () => {
    await drive(order({ knownPerson: USER_CODE }));
    expect(fake.calls[0]?.body.userCode).toBe(USER_CODE);
  });

  test("a code that is not 36 characters long is not sent", async () => {
    await drive(order({ knownPerson: "short" }));
    expect(fake.calls[0]?.body).not.toHaveProperty("userCode");
  });

  test("when the known person is refused, it goes on without the code", async () => {
    fake.next.identify = [refusal(400, "UNKNOWN")];
    const outcome = await drive(order({ knownPerson: USER_CODE }));
    expect(outcome.failure).toBeNull();
    expect(fake.calls.slice(0, 2).map(({ body }) => body.userCode)).toEqual([USER_CODE, undefined]);
  });

  test("a blocked account is not asked again without the code", async () => {
    fake.next.identify = [refusal(400, "NOT_ALLOWED_TO_SIGN")];
    const outcome = await drive(order({ knownPerson: USER_CODE }));
    expect(outcome.failure).toEqual({ code: "itsme.not-allowed-to-sign", params: { code: "NOT_ALLOWED_TO_SIGN" } });
    expect(fake.count("identify")).toBe(1);
  });

  test("a language that itsme does not speak is replaced by English, once", async () => {
    fake.next.identify = [refusal(400, "INVALID_LANG")];
    expect((await drive()).failure).toBeNull();
    expect(fake.calls.slice(0, 2).map(({ body }) => body.lang)).toEqual(["NL", "EN"]);
    fake.next.identify = [refusal(400, "INVALID_LANG"), refusal(400, "INVALID_LANG")];
    expect((await drive()).failure?.code).toBe("itsme.invalid-language");
  });

  test.each([
    ["409 PENDING", refusal(409, "PENDING")],
    ["200 without a certificate", { status: 200, json: { status: "OK" } }],
    ["200 NOK without a reason", { status: 200, json: { status: "NOK" } }],
  ])("%s counts as still running", async (_name, reply) => {
    fake.next["identify-status"] = timesOf(3, reply);
    expect((await drive()).failure).toBeNull();
    expect(fake.count("identify-status")).toBe(4);
  });

  test.each([
    [400, "MISSING_PARTNER_CODE", "itsme.missing-code"],
    [400, "MISSING_SERVICE_CODE", "itsme.missing-code"],
    [400, "INVALID_URL", "itsme.invalid-url"],
    [400, "INVALID_REQUESTOR", "itsme.invalid-requestor"],
    [400, "UNAUTHORIZED_URL", "itsme.unauthorized-url"],
    [400, "UNEXPECTED_ERROR", "itsme.temporary"],
    [400, "NO_REQUEST", "app.internal"],
    [400, "UNKNOWN", "itsme.unknown-code"],
    [400, "SOMETHING_NEW", "itsme.unknown-code"],
    [200, "INVALID_REQUESTOR", "itsme.invalid-requestor"],
  ])("starting: HTTP %i %s ends as %s", async (status, code, expected) => {
    fake.next.identify = [refusal(status, code)];
    expect((await drive()).failure).toEqual({ code: expected, params: { code } });
  });

  test.each([
    [409, "REJECTED", "itsme.rejected"],
    [409, "EXPIRED", "itsme.expired"],
    [200, "EXPIRED", "itsme.expired"],
    [409, "UNEXPECTED_ERROR", "itsme.temporary"],
    [400, "MISSING_ASYNC_RESP_ID", "app.internal"],
    [409, "NEVER_HEARD_OF", "itsme.unknown-code"],
  ])("status: HTTP %i %s ends as %s", async (status, code, expected) => {
    fake.next["identify-status"] = [refusal(status, code)];
    expect((await drive()).failure).toEqual({ code: expected, params: { code } });
  });

  test("HTTP 401, 403, an empty 409, and answers that make no sense have their own endings", async () => {
    const endings: (string | undefined)[] = [];
    for (const reply of [
      { status: 403, text: "<html>" },
      { status: 401 },
      { status: 404 },
      { status: 302 },
      { status: 200, text: "<html>hello</html>" },
      {
        status: 200,
        json: { status: "OK", asyncRespID: "x".repeat(256), identificationUrl: "https://pages.example/" },
      },
    ]) {
      fake.next.identify = [reply];
      endings.push((await drive()).failure?.code);
    }
    fake.next["identify-status"] = [{ status: 409 }];
    endings.push((await drive()).failure?.code);
    expect(endings).toEqual([
      "provider.access-denied",
      "provider.access-denied",
      "provider.unexpected-answer",
      "provider.unexpected-answer",
      "provider.unexpected-answer",
      "provider.unexpected-answer",
      "itsme.unknown-session",
    ]);
  });

  test("both spellings of asyncRespID are read, and asyncRespID is sent", async () => {
    fake.next.identify = [
      { status: 200, json: { status: "OK", asyncRespId: "abc", identificationUrl: "https://pages.example/q" } },
    ];
    expect((await drive()).failure).toBeNull();
    expect(fake.calls[1]?.body).toEqual({ partnerCode: "partner", serviceCode: "service", asyncRespID: "abc" });
  });

  test("a page outside the profile's origins is not shown", async () => {
    for (const url of ["https://pages.example.evil.test/", "http://pages.example/", "https://pages.example:8443/x"]) {
      fake.next.identify = [{ status: 200, json: { status: "OK", asyncRespID: "a", identificationUrl: url } }];
      const outcome = await drive();
      expect(outcome.failure).toMatchObject({ code: "provider.configuration", params: { field: "pageOrigins" } });
      expect(outcome.interactions).toEqual([]);
    }
  });

  test("a failure to reach itsme at the very start is told at once", async () => {
    fake.next.identify = [offline];
    expect((await drive()).failure?.code).toBe("provider.unreachable");
    fake.next.identify = [{ status: 503 }];
    expect((await drive()).failure).toEqual({ code: "provider.server-error", params: { status: 503 } });
  });
});

describe("the person's certificate", () => {
  const outcomeWith = async (json: object) => {
    fake.next["identify-status"] = [{ status: 200, json }];
    return (await drive()).failure?.params?.["reason"];
  };
  const answerOf = (person: TestPerson, change: object = {}) => ({
    status: "OK",
    userCode: USER_CODE,
    certificate: person.leafPem,
    fullCertificateChain: person.chainPem,
    ...change,
  });
  const now = { notBefore: new Date(START - DAY), notAfter: new Date(START + DAY) };

  test("is refused when expired, not yet valid, not for signing, or of another issuer", async () => {
    const expired = { notBefore: new Date(START - 2 * DAY), notAfter: new Date(START - DAY) };
    const future = { notBefore: new Date(START + DAY), notAfter: new Date(START + 2 * DAY) };
    expect(await outcomeWith(answerOf(testPerson(expired)))).toBe("expired");
    expect(await outcomeWith(answerOf(testPerson(future)))).toBe("not-yet-valid");
    expect(await outcomeWith(answerOf(testPerson({ ...now, nonRepudiation: false })))).toBe("key-usage");
    expect(await outcomeWith(answerOf(testPerson({ ...now, foreignIssuer: true })))).toBe("no-chain");
  });

  test("is refused when the chain is out of order, does not begin with it, or is no certificate", async () => {
    const blocks = anna.chainPem.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/gu)!;
    const shuffled = [blocks[0], blocks[2], blocks[1]].join("");
    expect(["order", "no-chain"]).toContain(await outcomeWith(answerOf(anna, { fullCertificateChain: shuffled })));
    expect(await outcomeWith(answerOf(anna, { fullCertificateChain: blocks[1] }))).toBe("unreadable");
    expect(await outcomeWith(answerOf(anna, { certificate: "nothing" }))).toBe("unreadable");
  });

  test("may come without its chain, which the swagger does not know", async () => {
    fake.next["identify-status"] = [{ status: 200, json: answerOf(anna, { fullCertificateChain: undefined }) }];
    const outcome = await drive();
    expect(outcome.failure).toBeNull();
    expect(outcome.signers[0]?.chain).toHaveLength(1);
  });

  test("that runs out between two approvals leads to a new identification and new digests", async () => {
    const short = testPerson({ notBefore: new Date(START - DAY), notAfter: new Date(START + 60_000) });
    fake.person = short;
    const outcome = await drive(order({ count: 71 }), {
      person(interaction) {
        if (interaction.kind === "confirm") {
          clock.time += 120_000;
          fake.person = anna;
        }
        return willing(interaction);
      },
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.values).toHaveLength(71);
    expect(outcome.signers.map(({ chain }) => chain[0])).toHaveLength(2);
    expect(fake.count("identify")).toBe(2);
  });
});

describe("waiting", () => {
  const pendingForever = () => {
    fake.always["sign-status"] = () => ({ status: 200, json: { result: { maj: major.PENDING } } });
  };
  const leavePage = (interaction: FlowInteraction): FlowInput | null =>
    interaction.message === "itsme.sign" ? null : willing(interaction);

  test("the first poll comes after two seconds, the next ones every three", async () => {
    const times: number[] = [];
    fake.always["identify-status"] = () => {
      times.push(clock.time - START);
      return times.length < 4 ? refusal(409, "PENDING") : { status: 200, json: fake.identified() };
    };
    await drive(order(), { person: () => null });
    expect(times).toEqual([2_000, 5_000, 8_000, 11_000]);
  });

  test("an early call does not poll", async () => {
    const one = provider();
    const started = await one.advance(one.begin(order()), { kind: "go" }, context());
    const waiting = await one.advance(started.state, { kind: "go" }, context());
    expect(waiting).toMatchObject({ kind: "wait", at: START + 2_000 });
    expect(fake.count("identify-status")).toBe(0);
  });

  test("after five minutes without approval the person is asked, and the deadline is told", async () => {
    pendingForever();
    const outcome = await drive(order(), { person: leavePage });
    expect(outcome.interactions.at(-1)).toMatchObject({
      kind: "confirm",
      message: "itsme.paused-deadline",
      repeats: true,
      mayBeSigned: true,
    });
    expect(outcome.failure).toEqual({ code: "provider.deadline" });
    const shown = outcome.interactions.find(({ message }) => message === "itsme.sign");
    expect(clock.time).toBe(Date.parse(shown?.deadline ?? ""));
  });

  test("whoever wants itsme asked again has two minutes more, in the same session", async () => {
    pendingForever();
    const outcome = await drive(order(), { person: leavePage, atPause: "once" });
    const questions = outcome.interactions.filter(({ message }) => message === "itsme.paused-deadline");
    expect(new Set(questions.map(({ id }) => id)).size).toBe(2);
    const first = outcome.interactions.find(({ message }) => message === "itsme.sign");
    expect(clock.time).toBe(Date.parse(first?.deadline ?? "") + 120_000);
    expect(outcome.failure).toEqual({ code: "provider.deadline" });
    expect(fake.count("sign")).toBe(1);
  });

  test("a run that waits for the person's word can be cancelled", async () => {
    pendingForever();
    const { state } = await drive(order(), { person: leavePage, atPause: "leave" });
    const step = await provider().advance(state, { kind: "cancel" }, context());
    expect(step).toMatchObject({ kind: "failed", failure: { code: "provider.cancelled" } });
  });

  test("identification gives up after ten minutes", async () => {
    fake.always["identify-status"] = () => refusal(409, "PENDING");
    const outcome = await drive(order(), { person: () => null });
    expect(outcome.failure).toEqual({ code: "provider.deadline" });
    expect(clock.time).toBe(START + 600_000);
  });

  test("a run whose time was over survives the program, asks once more, and takes the late approval", async () => {
    pendingForever();
    const stopped = await drive(order(), { person: leavePage, atPause: "leave" });
    delete fake.always["sign-status"];
    clock.time += 3_600_000;
    const resumed = await drive(order(), { state: stopped.state, atPause: "once" });
    expect(resumed.failure).toBeNull();
    expect(resumed.values).toHaveLength(1);
    expect(fake.count("sign")).toBe(1);
  });

  test("a computer clock that is set back by hours does not stop the asking", async () => {
    pendingForever();
    let polling: FlowState | null = null;
    await drive(order(), {
      person: leavePage,
      onStep: ({ kind, state }) => {
        polling = kind === "wait" && state["step"] === "sign-poll" ? state : polling;
      },
    });
    delete fake.always["sign-status"];
    clock.time -= 8 * 3_600_000;
    const step = await provider().advance(polling!, { kind: "go" }, context());
    expect(step.kind).toBe("values");
  });

  test("network failures and HTTP 5xx while polling are bridged with growing pauses", async () => {
    const times: number[] = [];
    fake.always["sign-status"] = (call) => {
      times.push(clock.time);
      const replies = [offline, { status: 500 }, { status: 502, text: "<html>" }, { status: 429 }];
      return (
        replies[times.length - 1] ?? {
          status: 200,
          json: { result: { maj: major.SUCCESS }, sigObj: fake.sigObj(call.body.asyncRespID) },
        }
      );
    };
    const outcome = await drive(order(), { person: leavePage });
    expect(outcome.failure).toBeNull();
    // random() is 0.5: three quarters of 3, 6, 12 and 24 seconds.
    const pauses = times.slice(1).map((time, index) => time - times[index]!);
    expect(pauses).toEqual([2_250, 4_500, 9_000, 18_000]);
  });

  test("the open page stays while the network is away; behind a finished page the trouble is said", async () => {
    fake.next["sign-status"] = timesOf(2, offline);
    const stays = await drive(order(), { person: leavePage });
    expect(stays.interactions.map(({ message }) => message)).toEqual(["itsme.identify", "itsme.sign"]);
    fake.next["sign-status"] = timesOf(2, offline);
    const told = await drive();
    expect(told.interactions.map(({ message }) => message)).toEqual([
      "itsme.identify",
      "itsme.sign",
      "itsme.reconnecting",
    ]);
  });

  test("a network that never comes back stops the run after the deadline, with the session kept", async () => {
    fake.always["sign-status"] = () => offline;
    const outcome = await drive(order(), { atPause: "leave" });
    expect(outcome.interactions.at(-1)?.message).toBe("itsme.paused-trouble");
    expect(clock.time).toBeGreaterThanOrEqual(START + 300_000);
    expect((await drive(order(), { state: outcome.state })).failure?.code).toBe("provider.unreachable");
    delete fake.always["sign-status"];
    const resumed = await drive(order(), { state: outcome.state, atPause: "once" });
    expect(resumed.failure).toBeNull();
    expect(fake.count("sign")).toBe(1);
  });

  test.each(["app.keychain-locked", "app.keychain-unavailable", "vault.key-lost"] as const)(
    "an approval is not given up because the keychain is away for a while (%s)",
    async (code) => {
      fake.next["sign-status"] = timesOf(3, { failure: { code } });
      const outcome = await drive(order());
      expect(outcome.failure).toBeNull();
      expect([fake.count("sign"), outcome.values.length]).toEqual([1, 1]);
    },
  );

  test("a computer that slept past the deadline gets several attempts before it gives up", async () => {
    fake.next["sign-status"] = timesOf(2, offline);
    const outcome = await drive(order(), {
      person(interaction) {
        if (interaction.message === "itsme.sign") {
          clock.time += 3_600_000;
        }
        return willing(interaction);
      },
    });
    expect(outcome.failure).toBeNull();
  });

  test("a client certificate that is refused while polling ends the run", async () => {
    fake.next["sign-status"] = [{ failure: { code: "provider.client-certificate" } }];
    expect((await drive()).failure?.code).toBe("provider.client-certificate");
  });
});

function context(signal = new AbortController().signal) {
  return { signal, now: () => clock.time };
}

describe("the page", () => {
  test("returning from it polls at once and then waits for the phone", async () => {
    fake.next["sign-status"] = timesOf(1, { status: 200, json: { result: { maj: major.PENDING } } });
    let returned = 0;
    const outcome = await drive(order(), {
      person(interaction) {
        if (interaction.message === "itsme.sign") {
          clock.time += 700;
          returned = clock.time;
        }
        return willing(interaction);
      },
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.at(-1)).toMatchObject({
      kind: "waiting",
      message: "itsme.sign-waiting",
      device: "phone",
    });
    expect(clock.time).toBe(returned + 3_000);
  });

  test("closing it does not end the run: it waits, offers the page again, and takes the approval", async () => {
    fake.next["sign-status"] = timesOf(2, { status: 200, json: { result: { maj: major.PENDING } } });
    const outcome = await drive(order(), {
      person: (interaction) =>
        interaction.message === "itsme.sign"
          ? { kind: "page-closed", interaction: interaction.id }
          : willing(interaction),
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.at(-1)).toMatchObject({ message: "itsme.sign-closed", canReopenPage: true });
  });

  test("asking for it again shows the same page under a new id", async () => {
    const outcome = await drive(order(), {
      person(interaction, shown) {
        if (interaction.kind === "waiting") {
          return { kind: "answer", interaction: interaction.id, answer: { kind: "reopen-page" } };
        }
        return shown === 1 ? { kind: "page-closed", interaction: interaction.id } : willing(interaction);
      },
    });
    const [first, , again] = outcome.interactions;
    expect(again?.page?.url).toBe(first?.page?.url);
    expect(again?.id).not.toBe(first?.id);
    expect(outcome.failure).toBeNull();
    expect(fake.count("identify")).toBe(1);
  });

  test("late messages about an earlier page or question change nothing", async () => {
    const one = provider();
    const first = await one.advance(one.begin(order()), { kind: "go" }, context());
    const shown = await one.advance(first.state, { kind: "go" }, context());
    for (const input of [
      { kind: "page-returned", interaction: "other", url: "https://partner.example/back" },
      { kind: "page-closed", interaction: "other" },
      { kind: "answer", interaction: "other", answer: { kind: "reopen-page" } },
      { kind: "answer", interaction: "other", answer: { kind: "confirm", accepted: false } },
    ] satisfies FlowInput[]) {
      expect(await one.advance(shown.state, input, context())).toEqual(shown);
    }
  });
});

describe("many documents", () => {
  test("seventy go in one approval", async () => {
    const outcome = await drive(order({ count: 70 }));
    expect(outcome.rounds).toEqual([70]);
    expect(fake.count("sign")).toBe(1);
  });

  test("the seventy-first asks first, then needs a second approval but no second identification", async () => {
    const outcome = await drive(order({ count: 71 }));
    expect(outcome.failure).toBeNull();
    expect(outcome.rounds).toEqual([70, 1]);
    expect(fake.count("identify")).toBe(1);
    expect(outcome.interactions.map(({ message }) => message)).toEqual([
      "itsme.identify",
      "itsme.sign",
      "itsme.next-approval",
      "itsme.sign",
    ]);
    expect(outcome.interactions[2]?.params).toEqual({ done: 70, remaining: 1, next: 1 });
  });

  test("saying no to a second approval keeps what was signed and ends as cancelled", async () => {
    const outcome = await drive(order({ count: 71 }), {
      person: (interaction) =>
        interaction.kind === "confirm"
          ? { kind: "answer", interaction: interaction.id, answer: { kind: "confirm", accepted: false } }
          : willing(interaction),
    });
    expect(outcome.failure).toEqual({ code: "provider.cancelled" });
    expect(outcome.values).toHaveLength(70);
  });

  test("a contract for single hashes leads to one approval a document, after telling the person", async () => {
    fake.always.sign = (call) => (call.body.inDocs.docHash.length > 1 ? dss(400, "ONLY_SINGLE_HASH_SUPPORTED") : null);
    const outcome = await drive(order({ count: 3 }));
    expect(outcome.rounds).toEqual([1, 1, 1]);
    const questions = outcome.interactions.filter(({ kind }) => kind === "confirm");
    expect(questions.map(({ message }) => message)).toEqual([
      "itsme.single-approvals",
      "itsme.next-approval",
      "itsme.next-approval",
    ]);
    expect(questions[0]?.params).toEqual({ done: 0, remaining: 3, next: 1 });
  });

  test("a batch that is too large is halved until it fits", async () => {
    fake.always.sign = (call) => (call.body.inDocs.docHash.length > 20 ? dss(400, "BATCH_TOO_LARGE") : null);
    const outcome = await drive(order({ count: 50 }));
    expect(outcome.failure).toBeNull();
    expect(outcome.rounds).toEqual([12, 12, 12, 12, 2]);
  });

  test("the same words about a single document end the run", async () => {
    fake.next.sign = [dss(400, "BATCH_TOO_LARGE")];
    expect((await drive()).failure?.code).toBe("itsme.batch-too-large");
    fake.next.sign = [dss(400, "ONLY_SINGLE_HASH_SUPPORTED")];
    expect((await drive()).failure?.code).toBe("itsme.unknown-code");
  });

  test("a document that could not be prepared leaves the run; unknown digests are a defect", async () => {
    const withoutSecond = (ids: readonly string[]) =>
      ids.filter((id) => id !== "document-2").map((id) => ({ id, sha256: digestOf(id) }));
    const outcome = await drive(order({ count: 3 }), { digests: withoutSecond });
    expect(outcome.failure).toBeNull();
    expect(outcome.values.map(({ id }) => id)).toEqual(["document-1", "document-3"]);
    const wrong = await drive(order(), { digests: () => [{ id: "stranger", sha256: digestOf("x") }] });
    expect(wrong.failure?.code).toBe("app.internal");
  });
});

describe("signing", () => {
  test.each([
    [409, "REJECTED", "itsme.sign-rejected"],
    [200, "REJECTED", "itsme.sign-rejected"],
    [409, "EXPIRED", "itsme.sign-expired"],
    [400, "SIGNATURE_NOT_ALLOWED", "itsme.not-allowed-to-sign"],
    [409, "TECHNICAL_ERROR", "itsme.temporary"],
    [400, "ERROR", "itsme.temporary"],
    [200, "UNHEARD_OF", "itsme.unknown-code"],
  ])("status: HTTP %i %s ends as %s", async (status, code, expected) => {
    fake.next["sign-status"] = [dss(status, code)];
    const outcome = await drive();
    expect(outcome.failure).toEqual({ code: expected, params: { code } });
    expect(outcome.values).toEqual([]);
  });

  test.each([
    ["INVALID_POLICY", "itsme.policy"],
    ["INVALID_POLICY_STATUS", "itsme.policy"],
    ["INVALID_DIGEST_INFO", "app.internal"],
    ["NOT_ALLOWED_TO_SIGN", "itsme.not-allowed-to-sign"],
    ["urn:example:resultminor:UNAUTHORIZED_URL", "itsme.unauthorized-url"],
  ])("start: %s ends as %s", async (code, expected) => {
    fake.next.sign = [dss(400, code)];
    expect((await drive()).failure?.code).toBe(expected);
  });

  test("an empty 409 means that itsme does not know the session", async () => {
    fake.next["sign-status"] = [{ status: 409 }];
    expect((await drive()).failure?.code).toBe("itsme.unknown-session");
  });

  test("an answer that is none of itsme's is asked for again: the person may have approved meanwhile", async () => {
    for (const call of ["identify-status", "sign-status"] as const) {
      fake.next[call] = [{ status: 200 }, { status: 200, json: "Welcome to our hotel" }];
      expect(await drive()).toMatchObject({ failure: null });
    }
  });

  test("a message may be a text or an object; a code in it is used when there is no other", async () => {
    for (const msg of ["REJECTED", { lang: "EN", value: "REJECTED" }]) {
      fake.next["sign-status"] = [{ status: 200, json: { result: { maj: major.REQUESTER_ERROR, msg } } }];
      expect((await drive()).failure?.code).toBe("itsme.sign-rejected");
    }
    fake.next["sign-status"] = [{ status: 200, json: { result: { maj: major.REQUESTER_ERROR, msg: "Sorry!" } } }];
    expect((await drive()).failure).toMatchObject({ code: "provider.unexpected-answer" });
  });

  test("a code with strange characters is cut down before anyone sees it", async () => {
    fake.next.sign = [dss(400, `<script>alert(1)</script>${"A".repeat(500)}`)];
    const { failure } = await drive();
    expect(failure?.code).toBe("itsme.unknown-code");
    expect(failure?.params?.["code"]).toMatch(/^[A-Z0-9_.-]{1,80}$/u);
  });

  test("shuffled results are matched by id, however the field is written", async () => {
    fake.always["sign-status"] = (call) => {
      const entries = fake.sigObj(call.body.asyncRespID).toReversed();
      const sigObj = entries.map(({ whichDoc, b64Sig }) => ({ whichdoc: whichDoc, b64Sig }));
      return { status: 200, json: { result: { maj: major.SUCCESS }, sigObj } };
    };
    const outcome = await drive(order({ count: 5 }));
    expect(outcome.failure).toBeNull();
    expect(outcome.values.map(({ id }) => id)).toEqual(documents(5).map(({ id }) => id));
  });

  test("URL-safe Base64 without padding is read and handed on as standard Base64", async () => {
    fake.always["sign-status"] = (call) => {
      const [entry] = fake.sigObj(call.body.asyncRespID);
      const value = Buffer.from(entry!.b64Sig.value, "base64").toString("base64url");
      return {
        status: 200,
        json: { result: { maj: major.SUCCESS }, sigObj: [{ ...entry, b64Sig: { value } }] },
      };
    };
    const outcome = await drive();
    expect(outcome.values[0]?.value).toBe(anna.sign(digestOf("document-1")));
  });

  type SigObj = ReturnType<FakeItsme["sigObj"]>;
  test.each<[string, (all: SigObj) => unknown[], string]>([
    [
      "a wrong value",
      (all) => [{ ...all[0], b64Sig: { value: Buffer.alloc(256, 7).toString("base64") } }, all[1]],
      "provider.signature-invalid",
    ],
    [
      "swapped values",
      (all) => [
        { ...all[0], b64Sig: all[1]!.b64Sig },
        { ...all[1], b64Sig: all[0]!.b64Sig },
      ],
      "provider.signature-invalid",
    ],
    ["a short value", (all) => [{ ...all[0], b64Sig: { value: "AAAA" } }, all[1]], "provider.signature-invalid"],
    ["a missing value", (all) => [all[0]], "provider.signature-missing"],
    ["no values at all", () => [], "provider.signature-missing"],
    ["an unknown id", (all) => [...all, { ...all[0], whichDoc: "stranger" }], "provider.unexpected-answer"],
    ["a doubled id", (all) => [...all, all[0]], "provider.unexpected-answer"],
    ["no id", (all) => [all[0], { b64Sig: all[1]!.b64Sig }], "provider.unexpected-answer"],
    ["an entry that is no object", (all) => [...all, null], "provider.unexpected-answer"],
  ])("%s ends the run, and no value is used", async (_name, spoil, expected) => {
    fake.always["sign-status"] = (call) => ({
      status: 200,
      json: { result: { maj: major.SUCCESS }, sigObj: spoil(fake.sigObj(call.body.asyncRespID)) },
    });
    const outcome = await drive(order({ count: 2 }));
    expect(outcome.failure?.code).toBe(expected);
    expect(outcome.values).toEqual([]);
  });

  test("a start that cannot reach itsme is tried five times, then the failure is told", async () => {
    fake.next.sign = timesOf(4, offline);
    expect((await drive()).failure).toBeNull();
    fake.always.sign = () => ({ status: 503 });
    expect((await drive()).failure).toEqual({ code: "provider.server-error", params: { status: 503 } });
    expect(fake.count("sign")).toBe(5 + 5);
  });
});

describe("restarting and cancelling", () => {
  test("from every stored state a new program goes on, and no second signing session is started", async () => {
    const states: FlowState[] = [];
    await drive(order({ count: 2 }), { onStep: (step) => states.push(structuredClone(step.state)) });
    const names = new Set(states.map(({ step }) => step));
    expect([...names]).toEqual(["identify-poll", "need-digests", "sign-start", "sign-poll", "delivered", "ended"]);
    for (const state of states) {
      const before = fake.count("sign");
      const outcome = await drive(order({ count: 2 }), { state });
      expect(outcome.failure).toBeNull();
      const hasSession = ["sign-poll", "delivered", "ended"].includes(state.step);
      expect(fake.count("sign") - before).toBe(hasSession ? 0 : 1);
    }
  });

  test("the state is JSON and holds no file content or secret", async () => {
    await drive(order(), {
      onStep: ({ state }) => expect(JSON.parse(JSON.stringify(state))).toEqual(state),
    });
  });

  test("cancelling ends the run in every state without another call", async () => {
    const states: FlowState[] = [];
    await drive(order({ count: 71 }), { onStep: (step) => states.push(step.state) });
    const calls = fake.calls.length;
    for (const state of states.filter(({ step }) => step !== "ended")) {
      const step = await provider().advance(state, { kind: "cancel" }, context());
      const done = state["done"] as readonly string[];
      expect(step.kind === "failed" ? step.failure.code : step.kind).toBe(
        done.length === 71 ? "done" : "provider.cancelled",
      );
    }
    expect(fake.calls).toHaveLength(calls);
  });

  test("an aborted call leaves the run where it was", async () => {
    const aborted = AbortSignal.abort();
    const states: FlowState[] = [];
    await drive(order(), { onStep: (step) => states.push(step.state) });
    for (const state of [provider().begin(order()), ...states].filter(({ step }) => /start|poll/u.test(step))) {
      clock.time += 10_000;
      const step = await provider().advance(state, { kind: "go" }, context(aborted));
      expect(step.kind).toBe("wait");
      expect(step.state.step).toBe(state.step);
    }
  });

  test("an ended run stays ended, with its failure", async () => {
    fake.next.identify = [refusal(400, "NOT_ALLOWED_TO_SIGN")];
    const outcome = await drive();
    const again = await provider().advance(outcome.state, { kind: "go" }, context());
    expect(again).toMatchObject({ kind: "failed", failure: outcome.failure });
  });

  test("a state of another shape is a failure, not an exception", async () => {
    for (const state of [{ step: "sign-poll" }, { step: "invented" }, {}] as FlowState[]) {
      const step = await provider().advance(state, { kind: "go" }, context());
      expect(step).toMatchObject({ kind: "failed", failure: { code: "app.internal" } });
    }
  });
});
