import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { entryFor, readManifest } from "../../../../electron/evidence/bankid/manifest.ts";
import { BANKID_RULES, type BankIdRule } from "../../../../electron/evidence/bankid/rules.ts";
import { responseFlaws, signatureFlaws, signerFlaws } from "../../../../sandbox/bankid/flaws.ts";
import { chosen, DOCUMENTS } from "../../../unit/providers/bankid/drive-bankid.ts";
import { type BankIdWorld, bankidWorld, readPicture, refusalOf, signing, type Way } from "./bankid-world.ts";

let world: BankIdWorld;
beforeAll(async () => {
  world = await bankidWorld();
}, 120_000);
beforeEach(() => world.sandbox.control.reset());
afterAll(() => world.close());

const ANNA = "189201149847";
const BJORN = "189303279955";
const WAYS: readonly Way[] = ["phenixid", "phenixid-certificate", "rp-api"];

describe.each(WAYS)("over %s", (way) => {
  test("a person scans the code and signs; the evidence names the documents and passes every rule", async () => {
    const { evidence, failure, shown } = await world.sign(way, signing(world));
    expect(failure).toBeNull();
    const [signed] = evidence;
    expect(signed?.report.verdict).toBe("passed");
    expect(signed?.report.signer).toMatchObject({ name: "Anna Andersson", personalNumber: ANNA });
    const manifest = readManifest(signed!.hiddenData)!;
    for (const { sha256, size } of DOCUMENTS) {
      expect(entryFor(manifest, { sha256, size })).toBeDefined();
    }
    expect(shown[0]?.interaction.kind).toBe("qr");
    expect(shown.at(-1)?.interaction.kind).toBe("qr");
  });

  test("the person sees exactly the text that is signed, and each status in turn", async () => {
    const { control } = world;
    const messages = new Set<string>();
    const { evidence } = await world.sign(way, (interaction, passed) => {
      messages.add(interaction.message);
      const order = world.order();
      if (interaction.kind === "qr" && passed >= 1_000) {
        control.scan(readPicture(world, interaction));
      } else if (order.hint === "started" && passed >= 4_000) {
        control.choose(order.id, BJORN);
      } else if (order.hint === "userSign" && passed >= 8_000) {
        control.approve(order.id);
      }
      return null;
    });
    expect([...messages]).toEqual(["bankid.scan", "bankid.RFA15B", "bankid.RFA9"]);
    expect(evidence[0]?.report.signer?.personalNumber).toBe(BJORN);
    expect(evidence[0]?.report.visibleText).toBe(evidence[0]?.visibleText);
  });

  test("the link for this computer opens the app, which takes the same order", async () => {
    const { sandbox } = world;
    const opened: string[] = [];
    const { evidence, failure } = await world.sign(way, (interaction, passed) => {
      if (interaction.kind === "qr") {
        return { kind: "answer", interaction: interaction.id, answer: { kind: "open-app" } };
      }
      if (interaction.openLink !== undefined && opened.length === 0) {
        opened.push(interaction.openLink);
        world.control.openLink(interaction.openLink);
      } else if (passed >= 4_000 && world.order().status === "pending") {
        world.control.approve(world.order().id);
      }
      return null;
    });
    expect(failure).toBeNull();
    expect(opened[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/phone\?autostarttoken=[0-9a-f-]{36}&redirect=null$/u);
    expect(opened[0]?.startsWith(sandbox.phoneUrl)).toBe(true);
    expect(evidence[0]?.report.client["start"]).toBe("link");
  });
});

test("a code of five seconds ago is refused with a reason, and so is one that was made without the secret", async () => {
  const { control } = world;
  const refused: string[] = [];
  const attempt = (code: string): void => void refused.push(refusalOf(() => control.scan(code)));
  let first = "";
  const { failure } = await world.sign("phenixid", (interaction, passed) => {
    if (interaction.kind !== "qr" || world.order().takenBy !== null) {
      return null;
    }
    first ||= readPicture(world, interaction);
    if (passed >= 5_000) {
      attempt(first);
      const now = readPicture(world, interaction);
      attempt(`${now.slice(0, -1)}${now.endsWith("0") ? "1" : "0"}`);
      attempt(control.code(world.order().id, 60));
      attempt("https://example.org/");
      control.scan(now);
      attempt(now);
      control.approve(world.order().id);
    }
    return null;
  });
  expect(failure).toBeNull();
  expect(refused).toEqual(
    ["old-code", "wrong-code", "early-code", "no-code", "taken"].map((why) => `the app refuses: ${why}`),
  );
});

test("a code that nobody scans is followed by another order until three minutes have passed", async () => {
  const before = world.clock.time;
  const { failure, shown } = await world.sign("phenixid", () => null);
  expect(failure?.code).toBe("bankid.not-scanned");
  expect(world.clock.time - before).toBeGreaterThanOrEqual(180_000);
  const ids = new Set(shown.map(({ interaction }) => interaction.id.split("-")[1]));
  expect(ids.size).toBe(6);
});

test.each([
  ["cancels", "phenixid", "bankid.user-cancelled"],
  ["cancels", "rp-api", "bankid.user-cancelled"],
] as const)("a person who %s in the app ends the run (%s)", async (_what, way, code) => {
  const { failure } = await world.sign(way, (interaction) => {
    if (interaction.kind === "qr" && world.order().takenBy === null) {
      world.control.scan(readPicture(world, interaction));
      world.control.cancel(world.order().id);
    }
    return null;
  });
  expect(failure?.code).toBe(code);
});

test("our own cancelling ends the order where there is a call for it, and leaves it open where there is none", async () => {
  for (const way of ["rp-api", "phenixid"] as const) {
    const { failure } = await world.sign(way, () => ({ kind: "cancel" }));
    expect(failure?.code).toBe("provider.cancelled");
    const open = world.control.orders().filter(({ status }) => status === "pending");
    expect(open).toHaveLength(way === "phenixid" ? 1 : 0);
  }
});

test.each(["phenixid", "rp-api"] as const)("an order that is taken up and never signed runs out (%s)", async (way) => {
  const { failure } = await world.sign(way, (interaction) => {
    if (interaction.kind === "qr" && world.order().takenBy === null) {
      world.control.scan(readPicture(world, interaction));
    }
    return null;
  });
  expect(failure?.code).toBe("bankid.expired");
});

describe.each(["phenixid", "rp-api"] as const)("how an order can end over %s", (way) => {
  test.each([
    ["expiredTransaction", "bankid.expired"],
    ["certificateErr", "bankid.blocked"],
    ["userCancel", "bankid.user-cancelled"],
    ["cancelled", "bankid.order-cancelled"],
    ["userDeclinedCall", "bankid.declined-call"],
    ["notSupportedByUserApp", "bankid.app-unsuited"],
    ["transactionRiskBlocked", "bankid.risk"],
    ["somethingNew", "bankid.failed"],
  ])("%s", async (hint, code) => {
    const { failure } = await world.sign(way, () => {
      if (world.order().status === "pending") {
        world.control.fail(world.order().id, hint);
      }
      return null;
    });
    expect(failure?.code).toBe(code);
  });
});

test("with the documented statuses alone, a run ends as well, only less is known", async () => {
  world.control.setAccount({ statuses: "documented" });
  expect((await world.sign("phenixid", signing(world))).failure).toBeNull();
  const ends: Record<string, string | undefined> = {};
  for (const hint of ["userCancel", "certificateErr", "somethingNew"]) {
    const { failure } = await world.sign("phenixid", () => {
      if (world.order().status === "pending") {
        world.control.fail(world.order().id, hint);
      }
      return null;
    });
    ends[hint] = failure?.code;
  }
  expect(ends).toEqual({
    userCancel: "bankid.order-cancelled",
    certificateErr: "bankid.blocked",
    somethingNew: "bankid.service-error",
  });
});

test("an unknown hint goes on over the RP API and ends the order over PhenixID", async () => {
  const forced = (way: Way) =>
    world.sign(way, (_interaction, passed) => {
      const order = world.order();
      if (order.status === "pending" && order.hint !== "somethingNew") {
        world.control.setHint(order.id, "somethingNew");
      } else if (passed >= 6_000 && order.status === "pending") {
        world.control.fail(order.id, "userCancel");
      }
      return null;
    });
  expect((await forced("rp-api")).failure?.code).toBe("bankid.user-cancelled");
  expect((await forced("phenixid")).failure).toMatchObject({
    code: "bankid.failed",
    params: { status: "SOMETHING_NEW" },
  });
});

test("a text with marks is signed with its format", async () => {
  const { evidence, failure } = await world.sign("phenixid", signing(world), {
    change: { format: "simpleMarkdownV1" },
  });
  expect(failure).toBeNull();
  expect(evidence[0]?.report).toMatchObject({ verdict: "passed", visibleFormat: "simpleMarkdownV1" });
  expect(evidence[0]?.visibleText).toMatch(/^# /u);
});

test("a response that is signed with SHA-1, as in PhenixID's example, is accepted", async () => {
  world.control.setAccount({ responseDigest: "SHA-1" });
  expect((await world.sign("phenixid", signing(world))).failure).toBeNull();
});

test("only the person who is asked for can sign", async () => {
  const { control } = world;
  for (const way of ["phenixid", "rp-api"] as const) {
    const refused: string[] = [];
    const { evidence, failure } = await world.sign(
      way,
      (interaction) => {
        if (interaction.kind === "qr" && world.order().takenBy === null) {
          control.scan(readPicture(world, interaction));
          refused.push(refusalOf(() => control.choose(world.order().id, ANNA)));
          control.choose(world.order().id, BJORN);
          control.approve(world.order().id);
        }
        return null;
      },
      { order: chosen({ personalNumber: BJORN }) },
    );
    expect(failure).toBeNull();
    expect(refused).toEqual(["the app refuses: other-person"]);
    expect(evidence[0]?.report.signer?.personalNumber).toBe(BJORN);
  }
});

describe("a certificate that is not good any more is refused, though its owner signs", () => {
  test.each([
    ["189709239975", "chain"],
    ["189810049883", "ocsp-status"],
  ])("that of %s: %s", async (personalNumber, rule) => {
    world.control.setPerson(personalNumber);
    const { failure } = await world.sign("phenixid", signing(world));
    expect(failure).toMatchObject({ code: "bankid.evidence-refused", params: { rules: rule } });
  });

  test("one that is revoked or unknown from now on, and accepted again afterwards", async () => {
    const outcomes: unknown[] = [];
    for (const status of ["revoked", "unknown", "good"] as const) {
      await world.control.setCertificateStatus(BJORN, status);
      world.control.setPerson(BJORN);
      outcomes.push((await world.sign("phenixid", signing(world))).failure?.params?.["rules"]);
    }
    expect(outcomes).toEqual(["ocsp-status", "ocsp-status", undefined]);
  });
});

describe("on the way to the server", () => {
  const fault = (change: Parameters<typeof world.sandbox.control.addFault>[0]): void =>
    world.sandbox.control.addFault(change);

  test.each([
    ["phenixid", "bankid/phenixid-sign"],
    ["rp-api", "bankid/rp-sign"],
  ] as const)("an order whose answer is lost is not placed again (%s)", async (way, operation) => {
    fault({ operation, drop: true, afterWork: true });
    const { failure } = await world.sign(way, () => null);
    expect(failure?.code).toBe("bankid.answer-lost");
    expect(world.control.orders()).toHaveLength(1);
  });

  test.each([
    ["phenixid", "bankid/phenixid-collect"],
    ["rp-api", "bankid/rp-collect"],
  ] as const)("questions that are lost, and two errors of the server, are asked again (%s)", async (way, operation) => {
    fault({ operation, drop: true, times: 3 });
    expect((await world.sign(way, signing(world))).failure).toBeNull();
    fault({ operation, status: 500, body: { message: "busy", errorCode: "internalError" }, times: 2 });
    expect((await world.sign(way, signing(world))).failure).toBeNull();
  });

  test("three errors of the server in a row are believed", async () => {
    fault({ operation: "bankid/phenixid-collect", status: 500, body: { message: "broken" }, times: 3 });
    const { failure } = await world.sign("phenixid", () => null);
    expect(failure).toMatchObject({ code: "bankid.service-error", params: { text: "broken" } });
  });

  test("a signature whose only answer is lost is told as gone, and not as a failure of the person", async () => {
    let spoilt = false;
    const sign = signing(world);
    const { failure } = await world.sign("rp-api", (interaction, passed) => {
      const input = sign(interaction, passed);
      if (!spoilt && world.order().status === "complete") {
        spoilt = true;
        fault({ operation: "bankid/rp-collect", drop: true, afterWork: true });
      }
      return input;
    });
    expect(spoilt).toBe(true);
    expect(failure?.code).toBe("bankid.order-gone");
  });

  test.each([
    [{ tenant: "another" }, "bankid.tenant"],
    [{ password: "another" }, "bankid.credentials"],
    [{ encode: "base64" }, "bankid.service-error"],
  ] as const)("with the account %j the program says what is set up wrong", async (change, code) => {
    world.control.setAccount(change);
    expect((await world.sign("phenixid", () => null)).failure?.code).toBe(code);
  });
});

/** What our verifier has to say to each flaw, and to nothing else. */
const EXPECTED: Readonly<Record<string, readonly BankIdRule[]>> = {
  "signature other-text": ["visible-text"],
  "signature other-format": ["visible-format"],
  "signature other-hidden": ["hidden-data"],
  "signature no-hidden": ["hidden-data"],
  "signature identification": ["function"],
  "signature sha1": ["algorithms"],
  "signature one-reference": ["references"],
  "signature other-ids": ["ids"],
  "signature two-texts": ["content"],
  "signature no-certificate": ["certificates"],
  "signature changed-text": ["signed-data-digest", "visible-text"],
  "signature changed-certificates": ["key-info-digest"],
  "signature wrong-value": ["signature-value"],
  "signature wrapped": ["shape"],
  "signature doctype": ["xml"],
  "signature not-xml": ["xml"],
  "signature not-base64": ["signature-encoding"],
  "response other-signature": ["ocsp-nonce"],
  "response wrong-nonce": ["ocsp-nonce"],
  "response no-nonce": ["ocsp-nonce"],
  "response other-certificate": ["ocsp-certificate"],
  "response revoked": ["ocsp-status"],
  "response unknown": ["ocsp-status"],
  "response weak-algorithm": ["ocsp-algorithm"],
  "response broken-value": ["ocsp-responder"],
  "response foreign-responder": ["ocsp-responder"],
  "response expired-responder": ["ocsp-responder-valid"],
  "response stale": ["ocsp-time"],
  "response future": ["not-in-the-future"],
  "response try-later": ["ocsp-encoding"],
  "response not-der": ["ocsp-encoding"],
  "signer other-person": ["person"],
  "signer no-number": ["personal-number", "person"],
  "signer unknown-root": ["root"],
  "signer expired": ["chain"],
  "signer wrong-usage": ["key-usage"],
  "signer other-policy": ["policy"],
  "signer short-key": ["key"],
};

/** Rules with a failure of their own. */
const FAILURE_OF: ReadonlyMap<BankIdRule, string> = new Map<BankIdRule, string>([
  ["root", "bankid.evidence-undecided"],
  ["person", "bankid.other-person"],
  // Kept until this computer's clock is right; here nobody wants to wait for that.
  ["not-in-the-future", "bankid.clock-behind"],
]);

const FLAWS = [
  ...signatureFlaws.slice(1).map((flaw) => ["signature", flaw] as const),
  ...responseFlaws.slice(1).map((flaw) => ["response", flaw] as const),
  ...signerFlaws.slice(1).map((flaw) => ["signer", flaw] as const),
];

describe("a flaw in what BankID hands over is refused by its own rule", () => {
  test("each rule is met by one", () => {
    expect(FLAWS.map((flaw) => flaw.join(" ")).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
    expect([...new Set(Object.values(EXPECTED).flat())].toSorted()).toEqual(Object.keys(BANKID_RULES).toSorted());
  });

  test.each(FLAWS)("%s: %s", async (of, flaw) => {
    world.control.setFlaws({ [of]: flaw });
    const { evidence, failure } = await world.sign("phenixid", signing(world), {
      order: chosen({ personalNumber: ANNA }),
    });
    expect(evidence).toEqual([]);
    const rules = EXPECTED[`${of} ${flaw}`]!;
    expect(failure?.code).toBe(FAILURE_OF.get(rules[0]!) ?? "bankid.evidence-refused");
    // Where the failure says it all, it does not name rules.
    const named = String(failure?.params?.["rules"] ?? rules.join(", ")).split(", ");
    expect(named.toSorted()).toEqual(rules.toSorted());
  });
});
