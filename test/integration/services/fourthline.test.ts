import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FourthlineSettings } from "../../../electron/providers/fourthline/flow/settings.ts";
import type { OfferedFile } from "../../../electron/providers/provider.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FourthlineFlaws } from "../../../sandbox/fourthline/settings.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { detailsOf, MOBILE, openFourthlineWorld, personWith } from "./fourthline-world.ts";
import type { FourthlineWorld } from "./fourthline-world.ts";
import { makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";

/** The whole way of a document: review, workflow, consent, passcode, what comes back, our file. */
let fourthline: FourthlineWorld;
beforeAll(async () => {
  fourthline = await openFourthlineWorld();
});
beforeEach(() => {
  fourthline.sandbox.control.reset();
  fourthline.time.ahead = 0;
  fourthline.sandbox.control.fourthline.setSettings({ workMilliseconds: 20, verificationMilliseconds: null });
});
afterAll(() => fourthline.close());

const control = () => fourthline.sandbox.control.fourthline;
const last = () => {
  const [first, ...more] = control().signatures();
  const newest = more.at(-1) ?? first;
  if (newest === undefined) throw new Error("no workflow was made");
  return newest;
};
const statuses = (signature = last()): readonly string[] => signature.history.map(({ status }) => status);

type Person = (shown: Interaction) => InteractionAnswer | null;
interface Wanted {
  readonly names?: readonly string[];
  readonly details?: ReturnType<typeof detailsOf>;
  readonly person?: Person;
  readonly level?: "B-B" | "B-T" | "B-LT";
  readonly settings?: Partial<FourthlineSettings>;
  /** Of the second document; the first one has one. */
  readonly pages?: number;
  readonly offerFile?: (file: OfferedFile) => Promise<boolean>;
}

async function sign(wanted: Wanted = {}) {
  const { names = ["a.pdf"], details = detailsOf(), level = "B-B" } = wanted;
  const world = await makeWorld(names);
  const [, second] = names;
  if (wanted.pages !== undefined && second !== undefined) {
    const bytes = Buffer.from(makePdf({ pages: wanted.pages }));
    await writeFile(join(world.folder, second), bytes);
    (world.originals as Map<string, Buffer>).set(second, bytes);
  }
  const environment = await fourthline.environment({}, wanted.settings);
  const shown: Interaction[] = [];
  const person = wanted.person ?? personWith(fourthline.sandbox);
  const instance = openInstance(world, environment, {
    person: (interaction) => {
      if (shown.at(-1)?.id === interaction.id) return null;
      shown.push(interaction);
      return person(interaction);
    },
    ...(wanted.offerFile === undefined ? {} : { desk: { offerFile: wanted.offerFile } }),
  });
  await instance.sign({ provider: "fourthline", level, details, placement: { kind: "invisible" }, language: "NL" });
  instance.close();
  const journal = await readFile(world.database);
  const told = names.map((_, index) => instance.progress.findLast(({ item }) => item === String(index + 1))?.told);
  expect(await unchangedOriginals(world)).toBe(true);
  return { world, told, end: instance.ends.at(-1), environment, shown, journal };
}

type Signed = Awaited<ReturnType<typeof sign>>;

async function reportOf({ world, environment }: Signed, name: string) {
  const path = join(world.folder, name);
  return verifyFile(path, { trustAnchors: environment.trustAnchors, revocation: "not-checked" });
}

describe("two documents", () => {
  test("are signed in one workflow and delivered, each a good signature of the person", async () => {
    const signed = await sign({ names: ["a.pdf", "b.pdf"] });
    expect(signed.end).toEqual({ kind: "done", signed: 2, failed: 0 });
    expect(signed.told).toMatchObject([
      { kind: "delivered", notice: null },
      { kind: "delivered", notice: null },
    ]);
    expect(await signed.world.made()).toEqual(["a-signed.pdf", "b-signed.pdf"]);
    for (const name of ["a-signed.pdf", "b-signed.pdf"]) {
      expect(await reportOf(signed, name)).toMatchObject({
        verdict: "TOTAL-PASSED",
        signatures: [{ signer: "Anna Maria Sofia de Vries", intact: true, coverage: "whole-file" }],
      });
    }
    expect(statuses()).toEqual(["new", "pending", "user_consent_required", "confirmation_required", "signed"]);
  });

  test("with the same name come back each to its own", async () => {
    const signed = await sign({ names: ["a.pdf", "A.pdf"] });
    expect(signed.told).toMatchObject([{ kind: "delivered" }, { kind: "delivered" }]);
    expect(last().documents.map(({ title }) => title.toLowerCase())).toEqual(["a.pdf", "a (2).pdf"]);
  });

  test("reach B-LT, though the one-time certificate has run out by then", async () => {
    const signed = await sign({ level: "B-LT", settings: {} });
    expect(signed.told).toMatchObject([{ kind: "delivered", level: "B-LT", notice: null }]);
    const later = await verifyFile(join(signed.world.folder, "a-signed.pdf"), {
      trustAnchors: signed.environment.trustAnchors,
      revocation: "not-checked",
      at: new Date(Date.now() + 48 * 3_600_000),
    });
    expect(later.verdict).toBe("TOTAL-PASSED");
  });

  test("leave neither the number nor the passcode in the journal", async () => {
    const signed = await sign();
    const [message] = control().messages();
    expect(message?.passcode).toMatch(/^\d{6}$/u);
    expect(signed.journal.includes(message?.passcode ?? "")).toBe(false);
    // It is the journal of this run.
    expect(signed.journal.includes("Anna Maria Sofia")).toBe(true);
    expect(signed.journal.includes(MOBILE)).toBe(false);
    expect(JSON.stringify(signed.shown)).not.toContain(MOBILE);
  });
});

describe("what the person is shown", () => {
  test("are the conditions in the asked language, with their text and page, and the documents", async () => {
    const { shown } = await sign();
    const consent = shown.find((one) => one.kind === "conditions");
    expect(consent?.documents).toEqual([{ id: "1", title: "a.pdf" }]);
    expect(consent?.conditions.map(({ id }) => id)).toEqual(["general-terms", "certificate-request", "privacy"]);
    expect(consent?.conditions[0]?.text).toMatch(/[a-z]/u);
    expect(consent?.conditions[0]?.url).toMatch(/^https:\/\/localhost:\d+\/.*language=nl/u);
  });

  test("a selfie is asked for where the sandbox wants one, and then it goes on", async () => {
    const { end, shown } = await sign({ details: detailsOf("practice-selfie") });
    expect(end).toMatchObject({ kind: "done", signed: 1 });
    expect(shown.filter(({ kind }) => kind === "selfie")).toHaveLength(1);
    expect(statuses()).toContain("selfie_required");
  });

  test("who has to be identified anew is told so", async () => {
    const { end } = await sign({ details: detailsOf("practice-not-eligible") });
    expect(end).toMatchObject({ kind: "failed", failure: { code: "fourthline.kyc-required", params: { code: 1021 } } });
  });

  test("the contract with InfoCert is handed over", async () => {
    const files: OfferedFile[] = [];
    const { end } = await sign({
      details: detailsOf("practice-infocert"),
      offerFile: async (file) => {
        files.push(file);
        return true;
      },
    });
    expect(end).toMatchObject({ kind: "done", signed: 1 });
    expect(files.map(({ bytes }) => Buffer.from(bytes.slice(0, 5)).toString())).toEqual(["%PDF-"]);
  });
});

describe("an identification that is still being processed", () => {
  const whilePending = (outcome: "match" | "mismatch") => {
    const willing = personWith(fourthline.sandbox);
    return (shown: Interaction): InteractionAnswer | null => {
      if (shown.kind === "waiting" && shown.takesDays === true) control().finishVerification(last().id, outcome);
      return willing(shown);
    };
  };

  test("that agrees brings the person's signature and the service's own one", async () => {
    const signed = await sign({ details: detailsOf("practice", "pending"), person: whilePending("match") });
    expect(signed.told).toMatchObject([{ kind: "delivered", notice: null }]);
    const report = await reportOf(signed, "a-signed.pdf");
    expect(report.verdict).toBe("TOTAL-PASSED");
    // The third given name is cut off as in a machine-readable zone, and the person is known all the same.
    expect(report.signatures.map(({ signer }) => signer)).toEqual([
      "Anna Maria de Vries",
      "Fourthline practice countersignature",
    ]);
  });

  test("that differs leads to a second signature with the verified name", async () => {
    const signed = await sign({ details: detailsOf("practice-mismatch", "pending"), person: whilePending("mismatch") });
    expect(signed.shown.some(({ message }) => message === "fourthline.again-mismatch")).toBe(true);
    expect(signed.told).toMatchObject([{ kind: "delivered", notice: null }]);
    const report = await reportOf(signed, "a-signed.pdf");
    expect(report.signatures[0]?.signer).toBe("Lotte Bakker-Jansen");
    expect(control().signatures()).toHaveLength(2);
  });

  test("is delivered with a notice when the service has not confirmed the signature", async () => {
    control().setFlaws({ countersignature: "none" });
    const signed = await sign({ details: detailsOf("practice", "pending"), person: whilePending("match") });
    expect(signed.told).toMatchObject([{ kind: "delivered", notice: { code: "returned.not-countersigned" } }]);
  });
});

describe("a signing that runs out", () => {
  /** Two hours pass at Fourthline. The program's own clock knows nothing of it, so the answers count. */
  const late = (): Person => {
    const willing = personWith(fourthline.sandbox);
    return (shown) => {
      if (shown.kind === "conditions" && control().signatures().length === 1) fourthline.time.ahead = 2.1 * 3_600_000;
      // What is signed in the future would not be valid now.
      if (shown.kind === "confirm") fourthline.time.ahead = 0;
      return willing(shown);
    };
  };

  test("before the approval is started anew, and signed", async () => {
    const { end, shown } = await sign({ person: late() });
    expect(shown.some(({ message }) => message === "fourthline.again-expired")).toBe(true);
    expect(end).toMatchObject({ kind: "done", signed: 1 });
    expect(control().signatures()).toHaveLength(2);
  });

  test("before the passcode is asked about after the program's own hour", async () => {
    const willing = personWith(fourthline.sandbox);
    const { end, shown } = await sign({
      settings: { codeLimit: 60 },
      person: (one) => {
        if (one.kind === "code") return null;
        if (one.kind === "confirm") return { kind: "confirm", accepted: false };
        return willing(one);
      },
    });
    expect(shown.some(({ message }) => message === "fourthline.again-expired")).toBe(true);
    expect(end).toMatchObject({ kind: "failed", failure: { code: "fourthline.expired" } });
  });

  test("by wrong passcodes ends in an error that is asked about", async () => {
    const willing = personWith(fourthline.sandbox);
    const { end, shown } = await sign({
      person: (one) => {
        if (one.kind === "code") return { kind: "code", value: "000000" };
        if (one.kind === "confirm") return { kind: "confirm", accepted: false };
        return willing(one);
      },
    });
    expect(shown.filter(({ kind }) => kind === "code")).toHaveLength(3);
    expect(end).toMatchObject({ kind: "failed", failure: { code: "fourthline.failed" } });
  });
});

describe("access and network", () => {
  test("a token that expires in the middle is renewed", async () => {
    const willing = personWith(fourthline.sandbox);
    const { end } = await sign({
      person: (shown) => {
        if (shown.kind === "code") control().expireTokens();
        return willing(shown);
      },
    });
    expect(end).toMatchObject({ kind: "done", signed: 1 });
  });

  test.each([
    "fourthline/approve",
    "fourthline/confirm",
    "fourthline/upload-documents",
    "fourthline/upload-mobile",
  ] as const)("a lost answer of %s makes no second SMS and no second signature", async (operation) => {
    fourthline.sandbox.control.addFault({ operation, drop: true, afterWork: true });
    const { end } = await sign();
    expect(end).toMatchObject({ kind: "done", signed: 1 });
    expect(control().messages()).toHaveLength(1);
    expect(
      control()
        .signatures()
        .filter(({ status }) => status === "signed"),
    ).toHaveLength(1);
  });
});

describe("what comes back wrong", () => {
  test.for<readonly [string, Partial<FourthlineFlaws>, string]>([
    ["written anew", { pdf: "re-saved" }, "fourthline.not-our-document"],
    ["with a byte changed", { pdf: "changed-byte" }, "fourthline.not-our-document"],
    ["that is another file", { pdf: "other-file" }, "fourthline.not-our-document"],
    ["as it was sent", { pdf: "unsigned" }, "provider.signature-missing"],
    ["changed after it was signed", { pdf: "broken-value" }, "output.verification"],
    ["signed by somebody else", { signer: "somebody-else" }, "returned.other-signer"],
  ])("a document %s is refused, and nothing is written", async ([, flaws, code]) => {
    control().setFlaws(flaws);
    const { world, told } = await sign();
    expect(told).toMatchObject([{ kind: "failed", failure: { code } }]);
    expect(await world.made()).toEqual([]);
  });

  test("documents that come under each other's ids are refused", async () => {
    control().setFlaws({ documents: "swapped" });
    const { world, told } = await sign({ names: ["a.pdf", "b.pdf"], pages: 2 });
    const failure = { code: "fourthline.not-our-document" };
    expect(told).toMatchObject([
      { kind: "failed", failure },
      { kind: "failed", failure },
    ]);
    expect(await world.made()).toEqual([]);
  });

  test.each(["multipart", "json"] as const)("a PDF inside %s is found", async (answer) => {
    control().setFlaws({ answer });
    const { end } = await sign();
    expect(end).toMatchObject({ kind: "done", signed: 1 });
  });
});

describe("a restart", () => {
  test.each(["conditions", "code", "selfie", "waiting"] as const)(
    "while a question of the kind %s is open goes on with it, and signs once",
    async (kind) => {
      const flow = kind === "waiting" ? "pending" : "completed";
      const details = detailsOf(kind === "selfie" ? "practice-selfie" : "practice", flow);
      const world = await makeWorld(["a.pdf"]);
      const willing = personWith(fourthline.sandbox);
      const isMeant = (shown: Interaction) =>
        shown.kind === kind && (shown.kind !== "waiting" || shown.takesDays === true);
      const first = openInstance(world, await fourthline.environment(), {
        person: (shown) => {
          if (!isMeant(shown)) return willing(shown);
          void first.service.detach();
          return null;
        },
      });
      await first.sign({ provider: "fourthline", level: "B-B", details, placement: { kind: "invisible" } });
      first.close();
      expect(first.ends).toEqual([]);
      if (kind === "waiting") control().finishVerification(last().id, "match");
      const second = openInstance(world, await fourthline.environment(), { person: willing });
      expect(await second.resume()).toBe(1);
      second.close();
      expect(second.ends).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
      expect(control().messages()).toHaveLength(1);
      expect(control().signatures()).toHaveLength(1);
    },
  );
});

describe("an account whose calls have other paths and names", () => {
  const table = {
    endpoints: {
      createWorkflow: { path: "/flows" },
      uploadDocuments: { method: "PUT", path: "/flows/{workflowId}/files" },
      details: { path: "/flows/{workflowId}/summary" },
      approve: { method: "PATCH", path: "/flows/{workflowId}/consent" },
      status: { path: "/flows/{workflowId}" },
      signedDocument: { path: "/flows/{workflowId}/files/{documentId}/signed" },
    },
    fields: {
      createWorkflow: { workflowName: "workflow.name", providerClientId: "client.reference", workflowId: "flow.id" },
      uploadDocuments: { informationPart: "meta", filePart: "file", documents: "items", title: "label" },
      uploadMobile: { mobilePhoneNumber: "phone" },
      details: { documents: "data.files", documentId: "id", documentTitle: "label", passcodeLength: "sms.digits" },
      approve: { documents: "accepted.files", legalConditions: "accepted.conditions", attemptId: "attempt.id" },
      confirm: { passcode: "sms.code" },
      status: { status: "state.name", statusCode: "state.code" },
    },
  } as const;

  test("is signed with by a profile that says so, and not by one that does not", async () => {
    const other = await openFourthlineWorld({ fourthlineTable: table });
    try {
      other.sandbox.control.fourthline.setSettings({ workMilliseconds: 20 });
      const run = async (profile: object) => {
        const world = await makeWorld(["a.pdf", "b.pdf"]);
        const instance = openInstance(world, await other.environment(profile), { person: personWith(other.sandbox) });
        await instance.sign({
          provider: "fourthline",
          level: "B-B",
          details: detailsOf(),
          placement: { kind: "invisible" },
        });
        instance.close();
        return instance.ends;
      };
      expect(await run({ table })).toEqual([{ kind: "done", signed: 2, failed: 0 }]);
      expect(await run({})).toMatchObject([{ kind: "failed", failure: { code: "fourthline.not-found" } }]);
    } finally {
      await other.close();
    }
  });
});
