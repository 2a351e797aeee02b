import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { failed } from "../../../../../shared/result.ts";
import { lentSecret } from "../../lent-secret.ts";
import { documentOf } from "../drive-idnow.ts";
import { offline } from "../fake-idnow.ts";
import type { FakeIdnow } from "../fake-idnow.ts";
import type { Reply } from "../scripted-http.ts";
import { answer, erika, FlowBench, jan, willing } from "../flow-bench.ts";

const codes = (bench: FlowBench) => bench.fake.names();

describe("access to IDnow", () => {
  test("a wrong password ends a run in which nothing was ordered", async () => {
    const bench = new FlowBench();
    bench.fake.next["systemStatus"] = [{ status: 401 }];
    expect((await bench.run()).failure).toEqual({ code: "idnow.credentials" });
    expect(codes(bench)).toEqual(["systemStatus"]);
  });

  test("no password in the vault is told as that", async () => {
    const bench = new FlowBench({ password: () => lentSecret(null) });
    expect((await bench.run()).failure).toEqual({ code: "provider.no-credentials" });
  });

  test("a keychain that is locked is no missing password: it is told as what it is, and nothing is ordered", async () => {
    const bench = new FlowBench({ password: () => Promise.resolve(failed({ code: "app.keychain-locked" })) });
    expect((await bench.run()).failure).toEqual({ code: "app.keychain-locked" });
    expect(codes(bench)).toEqual([]);
  });

  test("a keychain that is locked while the person signs costs nothing: it goes on when it is open again", async () => {
    let locked = 0;
    const bench = new FlowBench({
      password: () =>
        bench.fake.count("getStatus") === 1 && locked < 3
          ? ((locked += 1), Promise.resolve(failed({ code: "app.keychain-locked" })))
          : lentSecret("secret-password"),
    });
    const outcome = await bench.run();
    expect([outcome.failure, locked]).toEqual([null, 3]);
  });

  test("a password that turns wrong leaves the order open, and IDnow is not asked again before the person says so", async () => {
    const bench = new FlowBench();
    bench.fake.next["getStatus"] = [{ status: 401 }];
    let looks = 0;
    const outcome = await bench.run({
      person: (shown) => {
        if (shown.kind === "confirm") {
          looks = bench.fake.count("getStatus");
        }
        return willing(shown);
      },
    });
    // A command does not answer it by itself, again and again, with the same wrong password.
    const paused = expect.objectContaining({ message: "idnow.paused-credentials", kind: "confirm", repeats: true });
    expect(outcome.interactions).toContainEqual(paused);
    expect(looks).toBe(1);
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("putOrder")).toBe(1);
  });

  test("who does not go on then ends with the reason", async () => {
    const bench = new FlowBench();
    bench.fake.next["getStatus"] = [{ status: 401 }];
    const outcome = await bench.run({
      person: (shown) =>
        shown.kind === "confirm" ? answer(shown, { kind: "confirm", accepted: false }) : willing(shown),
    });
    expect(outcome.failure).toEqual({ code: "idnow.credentials" });
  });

  test.each(["getOrdersByRef", "putOrder"])(
    "a password that turns wrong before %s of the second signer does not lose the first one's signature",
    async (name) => {
      const bench = new FlowBench({ details: { signers: [erika, jan] } });
      const wrong: Reply = { status: 401 };
      bench.fake.next[name] = name === "putOrder" ? [(effect) => effect(), wrong] : [wrong];
      const outcome = await bench.run();
      expect(outcome.interactions.map(({ message }) => message)).toContain("idnow.paused-credentials");
      expect(outcome.failure).toBeNull();
      expect(bench.fake.orders).toHaveLength(2);
    },
  );

  test("a password that turns wrong while documents are fetched loses none of them", async () => {
    const bench = new FlowBench();
    bench.fake.next["getESignPDF"] = [{ status: 401 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
  });
});

describe("how an order ends", () => {
  test.each<[string, (number | string)[], object]>([
    ["declined", [77, 16], { code: "idnow.declined" }],
    ["negative", ["17.73"], { code: "idnow.negative", params: { idnowStatus: "17.73" } }],
    ["negative, the reason before", [20_006, 17], { code: "idnow.negative", params: { idnowStatus: "20006" } }],
    ["suspected of fraud, without a word of it", [89, 17], { code: "idnow.not-accepted" }],
    ["out of time", [99], { code: "idnow.timed-out" }],
    ["out of time after the identification", [6, 100], { code: "idnow.timed-out-after-identification" }],
    ["too many codes on the page", [6, "17.61"], { code: "idnow.too-many-tans" }],
    ["given up", [6, "103.79"], { code: "idnow.given-up", params: { idnowStatus: "103.79" } }],
    ["cancelled there", [63], { code: "idnow.cancelled-there" }],
    ["ended there", [22], { code: "idnow.ended" }],
    ["declined by telephone", ["58.30"], { code: "idnow.declined-by-phone" }],
    ["refused by the trust service", [6, "29.64"], { code: "idnow.trust-service", params: { idnowStatus: "29.64" } }],
    ["a number of somebody else", [6, "29.65"], { code: "idnow.phone-of-another" }],
  ])("%s", async (_name, history, failure) => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[], history]];
    const outcome = await bench.run();
    expect(outcome.failure).toMatchObject(failure);
    expect(outcome.signed).toEqual([]);
    // 29 is not final at IDnow, so the order is taken back there.
    expect(bench.fake.count("cancelOrder")).toBe(String(history.at(-1)).startsWith("29") ? 1 : 0);
  });

  test("fraud that is suspected, but not final, is neither told nor waited out for ever", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[78, 89], [], [], [17]]];
    const outcome = await bench.run();
    expect(JSON.stringify(outcome.interactions)).not.toMatch(/fraud|"89"/u);
    expect(outcome.failure).toEqual({ code: "idnow.not-accepted" });
  });

  test("gone", async () => {
    const bench = new FlowBench();
    bench.fake.next["getStatus"] = [{ status: 404 }];
    expect((await bench.run()).failure).toEqual({ code: "idnow.order-gone" });
  });

  test("a history out of order ends as it should", async () => {
    const bench = new FlowBench();
    const entry = (Kind: number, Time: string) => ({ Kind, Time });
    const Status = [
      entry(84, "2026-11-22T10:05:00Z"),
      entry(25, "2026-11-22T10:00:00Z"),
      entry(6, "2026-11-22T10:04:00Z"),
    ];
    bench.fake.next["getStatus"] = [{ status: 200, json: { Status } }];
    bench.fake.next["getESignPDF"] = [
      { status: 200, json: { PDFs: [{ Base64Data: signedText("contract").toString("base64") }] } },
    ];
    expect((await bench.run()).failure).toBeNull();
  });

  test("an order that IDnow refuses is told with its words", async () => {
    const bench = new FlowBench();
    bench.fake.next["putOrder"] = [{ status: 400, json: { Error: "SignatureTag is not unique" } }];
    const { failure } = await bench.run();
    expect(failure).toEqual({ code: "idnow.bad-request", params: { text: "SignatureTag is not unique" } });
  });
});

const signedText = (text: string) => Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n% signed\n%%EOF\n`);

describe("a connection that is lost while the order is placed", () => {
  /** The order arrives, its answer does not. */
  const lostAnswer = (effect: () => Reply): Reply => {
    effect();
    return offline;
  };

  test("finds the order by its reference, which was stored before, and never orders twice", async () => {
    const bench = new FlowBench();
    bench.fake.next["putOrder"] = [lostAnswer];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(bench.fake.orders).toHaveLength(1);
    expect(bench.fake.calls.find(({ path }) => path[0] === "getOrdersByRef")?.path[1]).toBe("sealdesk-id-1");
    expect(outcome.interactions.map(({ message }) => message)).toEqual([
      "idnow.looking-for-order",
      "idnow.page-link",
      "idnow.delete",
    ]);
  });

  test("orders again only after the order was looked for twice in vain", async () => {
    const bench = new FlowBench();
    bench.fake.next["putOrder"] = [offline];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    const around = codes(bench).filter((name) => name === "putOrder" || name === "getOrdersByRef");
    expect(around).toEqual(["putOrder", "getOrdersByRef", "getOrdersByRef", "putOrder"]);
    const refs = bench.fake.calls.filter(({ path }) => path[0] === "putOrder").map(({ body }) => body.Ref);
    expect(new Set(refs).size).toBe(1);
  });

  test("goes on looking while the network is away", async () => {
    const bench = new FlowBench();
    bench.fake.next["putOrder"] = [lostAnswer];
    bench.fake.next["getOrdersByRef"] = [offline, { status: 503 }, offline];
    expect((await bench.run()).failure).toBeNull();
    expect(bench.fake.orders).toHaveLength(1);
  });

  test("finds the order after the program ended between the order and its answer", async () => {
    const bench = new FlowBench();
    let crashed = false;
    const outcome = await bench.run({
      before: (state, input) => {
        if (state.step === "ordering" && input.kind === "documents" && !crashed) {
          crashed = true;
          // What the lost program had sent.
          void bench.fake.http.request({
            method: "PUT",
            url: "https://customer.example/api/2.10/putOrder",
            body: JSON.stringify({ Ref: state["ref"], Add: 0, Address: { Surname: "Mustermann" }, eSignPDF: sent() }),
          });
          return { kind: "go" };
        }
        return null;
      },
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
    expect(bench.fake.orders).toHaveLength(1);
  });

  test("does the same for the second signer's order", async () => {
    const bench = new FlowBench({ details: { signers: [erika, jan] } });
    bench.fake.next["putOrder"] = [(effect) => effect(), lostAnswer];
    expect((await bench.run()).failure).toBeNull();
    expect(bench.fake.orders).toHaveLength(2);
  });

  test("when cancelled meanwhile, takes back what it finds", async () => {
    const bench = new FlowBench();
    bench.fake.next["putOrder"] = [lostAnswer];
    const outcome = await bench.run({
      before: (state, input) =>
        state.step === "ordering" && state["fresh"] === false && input.kind === "go" ? { kind: "cancel" } : null,
    });
    expect(outcome.failure).toEqual({ code: "provider.cancelled" });
    expect(bench.fake.orders[0]?.history).toContain(63);
  });
});

const sent = () => [
  { Data: Buffer.from("%PDF-1.7\n% contract\n%%EOF\n").toString("base64"), Filename: "contract.pdf" },
];

describe("what comes back", () => {
  const several = ["one", "two", "three"].map((id) => documentOf(id, `text of ${id}`));
  const order = { documents: several.map(({ id, name, size }) => ({ id, name, size })) };

  test("belongs to the document whose bytes it begins with, whatever its place in the list", async () => {
    const bench = new FlowBench({ order });
    bench.fake.spoil = (pdfs) => pdfs.toReversed();
    const outcome = await bench.run({ documents: several });
    expect(outcome.signed.map(({ id }) => id)).toEqual(["one", "two", "three"]);
    for (const { id, bytes } of outcome.signed) {
      expect(Buffer.from(bytes).toString()).toContain(`text of ${id}`);
    }
  });

  test("a document that is the beginning of another one is not taken for it", async () => {
    const short = documentOf("short", "text");
    const read = await short.read();
    const longer = Buffer.concat([read.ok ? read.value : Buffer.alloc(0), Buffer.from("% later revision\n%%EOF\n")]);
    const long = {
      ...documentOf("long", "text"),
      size: longer.length,
      sha256: createHash("sha256").update(longer).digest("hex"),
      read: () => Promise.resolve({ ok: true as const, value: new Uint8Array(longer) }),
    };
    for (const turned of [false, true]) {
      const bench = new FlowBench({ order: { documents: [short, long].map(({ id, name }) => ({ id, name })) } });
      bench.fake.spoil = (pdfs) => (turned ? pdfs.toReversed() : pdfs);
      const outcome = await bench.run({ documents: [short, long] });
      const found = new Map(outcome.signed.map(({ id, bytes }) => [id, Buffer.from(bytes).toString()]));
      expect(found.get("long")).toContain("later revision");
      expect(found.get("short")).not.toContain("later revision");
    }
  });

  test.each<[string, FakeIdnow["spoil"], string]>([
    ["another document", () => [signedText("forged")], "idnow.not-our-document"],
    [
      "ours with one byte changed",
      ([first]) => [Buffer.from(first!.toString("latin1").replace("contract", "kontract"), "latin1")],
      "idnow.not-our-document",
    ],
    ["what was sent, unsigned", () => [Buffer.from("%PDF-1.7\n% contract\n%%EOF\n")], "provider.signature-missing"],
    ["nothing", () => [], "provider.signature-missing"],
  ])("%s is no result, and is not deleted at IDnow", async (_name, spoil, code) => {
    const bench = new FlowBench();
    bench.fake.spoil = spoil;
    const outcome = await bench.run();
    expect(outcome.failure?.code).toBe(code);
    expect(outcome.signed).toEqual([]);
    expect(bench.fake.count("delIdentdata")).toBe(0);
  });

  test.each<[string, FakeIdnow["spoil"], string]>([
    ["is another document", ([first, , third]) => [signedText("forged"), third!, first!], "idnow.not-our-document"],
    ["is missing", ([first, , third]) => [third!, first!], "provider.signature-missing"],
    [
      "is unsigned",
      ([first, second, third]) => [third!, second!.subarray(0, several[1]!.size), first!],
      "provider.signature-missing",
    ],
  ])("one of three that %s does not cost the other two", async (_name, spoil, code) => {
    const bench = new FlowBench({ order });
    bench.fake.spoil = spoil;
    const outcome = await bench.run({ documents: several });
    expect(outcome.signed.map(({ id }) => id)).toEqual(["one", "three"]);
    expect(outcome.failure?.code).toBe(code);
    expect(bench.fake.count("delIdentdata")).toBe(0);
  });

  test("a damaged download is fetched again, and after four times the person is asked", async () => {
    const bench = new FlowBench();
    const cut: Reply = { status: 200, json: { PDFs: [{ Base64Data: "JVBERi0xLjc" }] } };
    bench.fake.next["getESignPDF"] = [cut, cut, cut, cut];
    const outcome = await bench.run();
    expect(outcome.interactions.map(({ message }) => message)).toContain("idnow.paused-fetch");
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
  });

  test("a damaged download that nobody wants to fetch again is told as not fetched", async () => {
    const bench = new FlowBench({ settings: { fetchAttempts: 1 } });
    bench.fake.next["getESignPDF"] = [{ status: 200, text: "{" }];
    const outcome = await bench.run({
      person: (shown) =>
        shown.kind === "confirm" ? answer(shown, { kind: "confirm", accepted: false }) : willing(shown),
    });
    expect(outcome.failure).toEqual({ code: "idnow.not-fetched" });
  });

  test("an encrypted answer whose tag is wrong says so while it is tried again", async () => {
    const bench = new FlowBench({ profile: { cryptKey: "vault-key" } });
    bench.fake.next["getESignPDF"] = [{ status: 200, bytes: new Uint8Array(100) }];
    const outcome = await bench.run({ before: (state) => (state["damaged"] === 1 ? { kind: "cancel" } : null) });
    const hints = outcome.steps.flatMap((step) =>
      step.kind === "wait" && step.interaction.kind === "waiting" ? [step.interaction.hint?.code] : [],
    );
    expect(hints).toContain("idnow.decryption");
    expect(bench.fake.calls.find(({ path }) => path[0] === "getESignPDF")?.path.at(-1)).toBe("crypt");
  });

  test("a network that fails for hours loses nothing", async () => {
    const bench = new FlowBench();
    bench.fake.next["getESignPDF"] = Array.from({ length: 60 }, () => offline);
    const outcome = await bench.run();
    expect(outcome.signed).toHaveLength(1);
  });

  test("results that are gone after seven days end the run", async () => {
    const bench = new FlowBench();
    bench.fake.next["getESignPDF"] = [{ status: 404 }];
    expect((await bench.run()).failure).toEqual({ code: "idnow.order-gone" });
  });
});

describe("cancelling", () => {
  const cancelIn = (step: string) => (state: { readonly step: string }) =>
    state.step === step ? ({ kind: "cancel" } as const) : null;

  test.each(["start", "prepare"])("in %s sends nothing", async (step) => {
    const bench = new FlowBench();
    expect((await bench.run({ before: cancelIn(step) })).failure).toEqual({ code: "provider.cancelled" });
    expect(bench.fake.count("putOrder")).toBe(0);
    expect(bench.fake.count("cancelOrder")).toBe(0);
  });

  test.each(["watch", "request-code", "code", "paused"])("in %s takes the order back", async (step) => {
    const bench = new FlowBench({ details: { codeEntry: "here" } });
    if (step === "paused") {
      bench.fake.next["getStatus"] = [{ status: 401 }];
    }
    const outcome = await bench.run({ before: cancelIn(step) });
    expect(outcome.failure?.code).toBe(step === "paused" ? "idnow.credentials" : "provider.cancelled");
    expect(bench.fake.orders[0]?.history.at(-1)).toBe(63);
  });

  test("is tried again while the network is away", async () => {
    const bench = new FlowBench();
    bench.fake.next["cancelOrder"] = [offline, { status: 500 }];
    expect((await bench.run({ before: cancelIn("watch") })).failure).toEqual({ code: "provider.cancelled" });
    expect(bench.fake.count("cancelOrder")).toBe(3);
  });

  test("that IDnow does not take is told, because the order may go on", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[77]]];
    bench.fake.next["cancelOrder"] = Array.from({ length: 10 }, () => ({ status: 406 }));
    expect((await bench.run({ before: cancelIn("watch") })).failure).toEqual({ code: "idnow.not-cancelled" });
  });

  test("that comes after the signature does not throw the signature away", async () => {
    const bench = new FlowBench();
    bench.fake.scripts = [[[6, 84]]];
    bench.fake.next["cancelOrder"] = [{ status: 406 }];
    const outcome = await bench.run({ before: cancelIn("watch") });
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
  });

  test("of a finished order is no failure", async () => {
    const bench = new FlowBench();
    const outcome = await bench.run({ before: cancelIn("finish") });
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
    expect(bench.fake.count("delIdentdata")).toBe(0);
  });
});

test("a state of another version is told as a fault of the program", async () => {
  const bench = new FlowBench();
  const outcome = await bench.run({ state: { step: "watch" } });
  expect(outcome.failure).toMatchObject({ code: "app.internal", params: { reason: "flow-state" } });
});

test("a run that has ended says again how", async () => {
  const bench = new FlowBench();
  const failure = { code: "idnow.negative", params: { idnowStatus: "17" } };
  const outcome = await bench.run({ state: { step: "ended", failure } });
  expect(outcome.failure).toEqual(failure);
});
