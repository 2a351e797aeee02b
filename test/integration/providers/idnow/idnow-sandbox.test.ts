import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { success } from "../../../../shared/result.ts";
import { createHttpClient } from "../../../../electron/net/http-client.ts";
import type { HttpClient } from "../../../../electron/net/http-client.ts";
import { createIdnowProvider } from "../../../../electron/providers/idnow/create-idnow-provider.ts";
import { idnowProfileSchema } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type { IdnowProfileInput } from "../../../../electron/providers/idnow/idnow-profile.ts";
import type {
  DocumentToSend,
  FlowInteraction,
  SealedRecords,
  SigningOrder,
  SigningProvider,
} from "../../../../electron/providers/provider.ts";
import { verifyFile } from "../../../../electron/verify/verify-file.ts";
import { simplePdf } from "../../../../sandbox/documents/simple-pdf.ts";
import type { Sandbox } from "../../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../../sandbox/start-sandbox.ts";
import type { IdnowDetails } from "../../../../shared/order-details.ts";
import { driveIdnow } from "../../../unit/providers/idnow/drive-idnow.ts";
import type { DriveOptions, DriveOutcome } from "../../../unit/providers/idnow/drive-idnow.ts";
import { answer, erika, jan, willing } from "../../../unit/providers/idnow/flow-bench.ts";

/** The whole flow over real HTTPS against the practice IDnow, which was written from the manual and not from our client. */
let folder = "";
let sandbox: Sandbox;
let http: HttpClient;
const clock = { time: Date.now() };
/** Every call that went out: name and status. */
let wire: (readonly [string, number | string])[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-idnow-"));
  sandbox = await startSandbox({ folder, clock: () => clock.time });
  const real = createHttpClient({ onlyCaPem: [sandbox.tlsCaPem] });
  http = {
    async request(request) {
      const answered = await real.request(request);
      const name = request.url.slice(sandbox.baseUrls.idnow.length + 1).split("/")[0] ?? "";
      wire.push([name, answered.ok ? answered.value.status : answered.failure.code]);
      return answered;
    },
    close: () => real.close(),
  };
});
beforeEach(() => {
  sandbox.control.reset();
  wire = [];
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function provider(profile: Partial<IdnowProfileInput> = {}, password?: string): SigningProvider {
  const { idnowProfile, baseUrls } = sandbox;
  return createIdnowProvider({
    profile: idnowProfileSchema.parse({
      environment: "sandbox",
      baseUrl: baseUrls.idnow,
      user: idnowProfile.user,
      password: "vault",
      pageOrigins: [new URL(baseUrls.idnowPages).origin],
      redirectUrl: idnowProfile.redirectUrls.success,
      signatureTypes: ["QES", "AES", "BES"],
      customerSideSigning: true,
      ...profile,
    }),
    http,
    secrets: {
      password: () => Promise.resolve(success(password ?? idnowProfile.password)),
      cryptKey: () => Promise.resolve(success(new Uint8Array(Buffer.from(idnowProfile.cryptKeyHex, "hex")))),
    },
  });
}

function pdf(id: string): DocumentToSend {
  const bytes = simplePdf(id, ["One line"]);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const rectangle = { x: 100, y: 100, width: 200, height: 60 };
  const pageBox = { x: 0, y: 0, width: 595, height: 842 };
  return {
    id,
    name: `${id}.pdf`,
    size: bytes.length,
    sha256,
    place: { kind: "rectangle", page: 1, rectangle, pageBox },
    firstPage: pageBox,
    read: () => Promise.resolve({ ok: true, value: bytes }),
  };
}

interface RunOptions extends Partial<DriveOptions> {
  readonly details?: Partial<IdnowDetails>;
  readonly profile?: Partial<IdnowProfileInput>;
  readonly password?: string;
  readonly description?: string;
}

async function run({ details, profile, password, ...options }: RunOptions = {}): Promise<DriveOutcome> {
  const documents = options.documents ?? [pdf("contract"), pdf("annex")];
  const make = () => provider(profile, password);
  const order: SigningOrder = {
    documents: documents.map(({ id, name, size }) => ({ id, name, size })),
    language: "DE",
    description: "Vertrag",
    policy: null,
    commitmentType: null,
    signerRole: null,
    knownPerson: null,
    details: {
      provider: "idnow",
      signers: [erika],
      signatureType: "QES",
      codeEntry: "page",
      showIdentification: true,
      keepIdentification: false,
      checkboxes: ["I have read it"],
      robot: null,
      ...details,
    },
  };
  expect(make().check(order)).toBeNull();
  return driveIdnow({ provider: make, state: make().begin(order), clock, person: onThePage, ...options, documents });
}

const latest = () =>
  sandbox.control.idnow
    .orders()
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .at(-1)!;

/** Does on the page what it is for: identifies, and signs there unless the code is typed in the program. */
function onThePage(shown: FlowInteraction) {
  const { idnow } = sandbox.control;
  if (shown.kind === "page") {
    if (shown.message === "idnow.page-identify") {
      idnow.identify(latest().id);
    } else {
      idnow.sign(latest().id);
    }
  }
  if (shown.kind === "code") {
    // The newest message is the first; where none has come, the person waits.
    const tan = idnow.messages().find(({ order }) => order === latest().id)?.tan ?? null;
    return tan === null ? null : answer(shown, { kind: "code", value: tan });
  }
  return willing(shown);
}

async function signersOf(bytes: Uint8Array): Promise<readonly (string | null)[]> {
  const path = join(folder, "returned.pdf");
  writeFileSync(path, bytes);
  const report = await verifyFile(path, { trustAnchors: [] });
  return report.signatures.filter(({ type, intact }) => type === "signature" && intact).map(({ signer }) => signer);
}

describe("an order at the practice IDnow", () => {
  test("brings every document back, signed by the person, and leaves nothing there", async () => {
    const outcome = await run();
    expect(outcome.failure).toBeNull();
    expect(outcome.signed.map(({ id }) => id)).toEqual(["contract", "annex"]);
    for (const { id, bytes } of outcome.signed) {
      const sent = await pdf(id).read();
      expect(sent.ok && Buffer.from(bytes).subarray(0, sent.value.length).equals(sent.value)).toBe(true);
      expect(await signersOf(bytes)).toEqual(["Erika Mustermann"]);
    }
    expect(outcome.interactions.at(-1)).toMatchObject({
      kind: "identification",
      problem: null,
      rows: expect.arrayContaining([{ field: "surname", ordered: "Mustermann", checked: "Mustermann" }]) as unknown,
    });
    expect(wire.filter(([, status]) => typeof status !== "number" || status > 202)).toEqual([]);
    expect(sandbox.control.idnow.orders()).toEqual([]);
  });

  test("takes the code that is typed here, encrypted answers included", async () => {
    const outcome = await run({ details: { codeEntry: "here" }, profile: { cryptKey: "vault" } });
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(2);
    expect(outcome.interactions.map(({ kind }) => kind)).toEqual(["page", "code", "identification"]);
  });

  test("is signed by two people one after the other, each mark in a place of its own", async () => {
    const outcome = await run({ details: { signers: [erika, jan] } });
    expect(outcome.failure).toBeNull();
    expect(await signersOf(outcome.signed[0]!.bytes)).toEqual(["Erika Mustermann", "Jan de Vries"]);
  });

  test("gives an audit log and an advanced signature where that was ordered", async () => {
    const names: string[] = [];
    let asked = false;
    const outcome = await run({
      details: { signatureType: "AES" },
      context: { offerFile: ({ name }) => Promise.resolve(names.push(name) > 0) },
      person: (shown) => {
        if (shown.kind === "identification" && !asked) {
          asked = true;
          return answer(shown, { kind: "save-file", file: "audit-log" });
        }
        return onThePage(shown);
      },
    });
    expect(outcome.failure).toBeNull();
    expect(names[0]).toMatch(/^audit-log-9992\d{10}\.pdf$/u);
  });

  test("uses an identification again that was kept", async () => {
    const kept = new Map<string, Uint8Array>();
    const records: SealedRecords = {
      get: (key) => Promise.resolve(kept.get(key) ?? null),
      put: (key, record) => Promise.resolve(kept.set(key, record).size > 0),
      remove: (key) => Promise.resolve(void kept.delete(key)),
    };
    const details = { keepIdentification: true, codeEntry: "here" } as const;
    expect((await run({ details, context: { records } })).failure).toBeNull();
    expect(kept.size).toBe(1);
    const again = await run({ details, context: { records } });
    expect(again.failure).toBeNull();
    expect(again.interactions[0]?.kind).toBe("code");
  });

  test.each([
    ["positive", null],
    ["negative", "idnow.negative"],
    ["fraud", "idnow.not-accepted"],
  ] as const)("is played by the test robot: %s", async (robot, code) => {
    const outcome = await run({ details: { robot } });
    expect(outcome.failure?.code ?? null).toBe(code);
  });

  test("sends digests and gets a CMS for each", async () => {
    const outcome = await run({ profile: { sends: "hash" } });
    expect(outcome.failure).toBeNull();
    // RFC 5652 5.1: a SEQUENCE that names id-signedData.
    for (const { value } of outcome.values) {
      expect(Buffer.from(value, "base64").toString("hex")).toMatch(/^3082.{4}06092a864886f70d010702/u);
    }
  });

  test("is found again when the answer to it was lost, and not placed twice", async () => {
    const whole = http;
    let lost = false;
    http = {
      ...whole,
      async request(sent) {
        const answered = await whole.request(sent);
        if (sent.method === "PUT" && !lost) {
          lost = true;
          return { ok: false, failure: { code: "provider.unreachable" } };
        }
        return answered;
      },
    };
    const outcome = await run({
      person: (shown) => {
        if (shown.message === "idnow.page-link") {
          sandbox.control.idnow.sign(latest().id);
        }
        return onThePage(shown);
      },
    });
    http = whole;
    expect(outcome.failure).toBeNull();
    expect(wire.filter(([name]) => name === "putOrder")).toHaveLength(1);
  });
});

describe("what goes wrong at the practice IDnow", () => {
  test("a wrong password", async () => {
    expect((await run({ password: "wrong" })).failure).toEqual({ code: "idnow.credentials" });
  });

  test.each([
    ["re-saved", "idnow.not-our-document"],
    ["changed-byte", "idnow.not-our-document"],
    ["other-file", "idnow.not-our-document"],
    ["unsigned", "provider.signature-missing"],
  ] as const)("documents that are %s", async (flaw, code) => {
    sandbox.control.idnow.setFlaws({ pdf: flaw });
    const outcome = await run();
    expect(outcome.failure?.code).toBe(code);
    expect(outcome.signed).toEqual([]);
  });

  test("documents in another order", async () => {
    sandbox.control.idnow.setFlaws({ pdfOrder: "reversed" });
    expect((await run()).signed.map(({ id }) => id)).toEqual(["contract", "annex"]);
  });

  test("one document missing", async () => {
    sandbox.control.idnow.setFlaws({ pdfOrder: "one-missing" });
    const outcome = await run();
    expect(outcome.failure?.code).toBe("provider.signature-missing");
    expect(outcome.signed).toHaveLength(1);
  });

  test.each([
    [{ base64: "truncated" }, {}],
    [{ crypt: "wrong-tag" }, { cryptKey: "vault" }],
  ] as const)("downloads that stay damaged: %o", async (flaws, profile) => {
    sandbox.control.idnow.setFlaws(flaws);
    const outcome = await run({
      profile,
      person: (shown) =>
        shown.kind === "confirm" ? answer(shown, { kind: "confirm", accepted: false }) : onThePage(shown),
    });
    expect(outcome.failure).toEqual({ code: "idnow.not-fetched" });
  });

  test.each(["shuffled", "unknown-codes", "one-second"] as const)("histories that are %s", async (history) => {
    sandbox.control.idnow.setFlaws({ history });
    expect((await run()).failure).toBeNull();
  });

  test("a code that is lost once", async () => {
    sandbox.control.idnow.setFlaws({ tanSending: "fails-once" });
    const outcome = await run({
      details: { codeEntry: "here" },
      person: (shown) => {
        if (shown.kind !== "code") {
          return onThePage(shown);
        }
        if (sandbox.control.idnow.messages().length > 0) {
          return onThePage(shown);
        }
        return shown.problem === null ? null : answer(shown, { kind: "resend-code" });
      },
    });
    const problems = outcome.interactions.flatMap((shown) => (shown.kind === "code" ? [shown.problem?.code] : []));
    expect(problems).toContain("idnow.code-not-sent");
    expect(outcome.failure).toBeNull();
  });

  test("three wrong codes", async () => {
    const outcome = await run({
      details: { codeEntry: "here" },
      person: (shown) => (shown.kind === "code" ? answer(shown, { kind: "code", value: "000000" }) : onThePage(shown)),
    });
    expect(outcome.failure).toEqual({ code: "idnow.too-many-tans" });
  });

  test("a number that belongs to somebody else", async () => {
    sandbox.control.idnow.setFlaws({ refusal: 65 });
    const outcome = await run({ details: { codeEntry: "here" } });
    expect(outcome.failure).toMatchObject({ code: "idnow.phone-of-another", params: { idnowStatus: "29.65" } });
  });

  test.each([
    [99, "idnow.timed-out"],
    [16, "idnow.declined"],
    [22, "idnow.ended"],
  ] as const)("an order that ends with %d", async (kind, code) => {
    const outcome = await run({
      person: (shown) => {
        if (shown.kind === "page") {
          sandbox.control.idnow.end(latest().id, { kind });
        }
        return willing(shown);
      },
    });
    expect(outcome.failure?.code).toBe(code);
  });

  test("an attempt that is broken off, and the next one that is not", async () => {
    let attempts = 0;
    const outcome = await run({
      person: (shown) => {
        if (shown.kind === "page" && (attempts += 1) === 1) {
          sandbox.control.idnow.start(latest().id);
          sandbox.control.idnow.breakOff(latest().id, 39);
          return willing(shown);
        }
        return onThePage(shown);
      },
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.filter(({ kind }) => kind === "page")).toHaveLength(2);
  });

  test("cancelling, before and after the signature", async () => {
    const before = await run({ before: (state) => (state.step === "watch" ? { kind: "cancel" } : null) });
    expect(before.failure).toEqual({ code: "provider.cancelled" });
    expect(latest().history.at(-1)?.kind).toBe(63);
    sandbox.control.reset();
    const after = await run({
      before: (state) => {
        if (state.step === "watch") {
          sandbox.control.idnow.sign(latest().id);
          return { kind: "cancel" };
        }
        return null;
      },
    });
    expect(after.failure).toBeNull();
    expect(after.signed).toHaveLength(2);
  });
});
