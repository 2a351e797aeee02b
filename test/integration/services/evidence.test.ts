import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { readEvidenceFiles } from "../../../electron/evidence/bankid/evidence-files.ts";
import { verifyBankIdEvidence } from "../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { evidenceSets } from "../../../electron/verify/evidence/evidence-set.ts";
import type { OrganisationSeal } from "../../../electron/services/signing/evidence/organisation-seal.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { verifyPackage } from "../../../electron/verify/evidence/verify-package.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { makePki } from "../../attacks/test-authority.ts";
import type { TestPki } from "../../attacks/test-authority.ts";
import { signRaw } from "../../attacks/sign-raw.ts";
import { baseDocument } from "../../attacks/base-documents.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { archiveDocument } from "../../interop/judges/archive-document.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { hasTool, mustRun } from "../../interop/pades/run-tool.ts";
import { makeLocalSigner } from "../../unit/pades/local-signer.ts";
import { sign, workspace } from "../../unit/pades/prepare.ts";
import { encryptWithQpdf, KINDS } from "../../unit/pdf/encryption/encrypted-files.ts";
import { USUAL_INITIALS } from "../../../shared/mark-design.ts";
import { makeBankIdPeople, POLICY } from "../../unit/evidence/bankid/made-evidence.ts";
import type { BankIdPeople } from "../../unit/evidence/bankid/made-evidence.ts";
import { evidenceEnvironment, evidenceProvider, makeSeal, ORGANISATION, worldOf } from "./evidence-world.ts";
import type { Listing, MadeProvider } from "./evidence-world.ts";
import { Killed, Killer, onlyKilled } from "./killer.ts";
import { openInstance, unchangedOriginals } from "./signing-world.ts";
import type { InstanceOptions, World } from "./signing-world.ts";

let people: BankIdPeople;
let pki: TestPki;
let seal: OrganisationSeal;

beforeAll(async () => {
  [people, pki] = await Promise.all([makeBankIdPeople(), makePki()]);
  seal = await makeSeal(pki);
}, 60_000);

type SealSource = () => Promise<Result<OrganisationSeal | null, Failure>>;
const sealed: SealSource = async () => success(seal);
const none: SealSource = async () => success(null);
const noKey: SealSource = async () => failed({ code: "certificate.no-key" });

/** The first look at the seal is before anybody is asked; this happens at those that follow, when it is to be used. */
function whenSealing(act: () => Promise<void>): SealSource {
  let looks = 0;
  return async () => {
    looks += 1;
    if (looks > 1) {
      await act();
    }
    return success(seal);
  };
}

const REQUEST = { provider: "bankid", level: "B-B", placement: { kind: "invisible" } } as const;
const PDF = (): Uint8Array => makePdf({ pages: 2 });

interface Run {
  readonly made: MadeProvider;
  readonly environment: SigningEnvironment;
}
function runOf(source: SealSource, listed?: Listing): Run {
  const made = evidenceProvider(people, listed);
  return { made, environment: evidenceEnvironment(people, pki, made.provider, source) };
}

async function signIn(world: World, { environment }: Run, request = {}, options: InstanceOptions = {}) {
  const instance = openInstance(world, environment, options);
  await instance.sign({ ...REQUEST, ...request });
  const last = new Map(instance.progress.map(({ item, told }) => [item, told]));
  const open = instance.journal.unfinished().length;
  instance.close();
  const told = [...last].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, progress]) => progress);
  return { told, ends: instance.ends, open };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The evidence of these files, verified anew; the manifest's entries by their digests. */
function judged(files: ReadonlyMap<string, Uint8Array>) {
  const read = readEvidenceFiles(files);
  if (!read.ok) {
    return read.failure;
  }
  const { evidence, hiddenData, visibleFormat, visibleText, manifest } = read.value;
  const trust = { roots: [people.root.certificate], policies: [POLICY] };
  const { verdict, signer } = verifyBankIdEvidence({
    evidence,
    trust,
    expected: { hiddenData, visibleFormat, visibleText },
  });
  return { verdict, signer: signer?.name, digests: manifest.documents.map((entry) => entry.sha256) };
}

function filesOf(path: string): ReadonlyMap<string, Uint8Array> {
  const file = openPdf(openFileSource(path));
  try {
    return evidenceSets(file)[0]?.files ?? new Map<string, Uint8Array>();
  } finally {
    file.close();
  }
}

const attached = async (world: World, name: string) => judged(filesOf(join(world.folder, name)));
const packaged = async (world: World, name: string) =>
  judged(new Map(Object.entries(unzipSync(new Uint8Array(await readFile(join(world.folder, name)))))));
const good = (...originals: readonly Uint8Array[]) => ({
  verdict: "passed",
  signer: "Anna Andersson",
  digests: originals.map(sha256),
});

describe("with a seal", () => {
  test("the evidence goes into the document, under the organisation's signature, behind the original's bytes", async () => {
    const original = PDF();
    const world = await worldOf({ "a.pdf": original });
    const { told, open } = await signIn(world, runOf(sealed));
    expect(told).toMatchObject([
      {
        kind: "delivered",
        level: "B-B",
        notice: null,
        evidence: {
          kind: "bankid",
          form: "sealed-pdf",
          signer: "Anna Andersson",
          signedAt: "2026-11-20T12:00:00.000Z",
          sealedBy: ORGANISATION,
        },
      },
    ]);
    expect(open).toBe(0);
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await unchangedOriginals(world)).toBe(true);
    const path = join(world.folder, "a-signed.pdf");
    expect((await readFile(path)).subarray(0, original.length).equals(original)).toBe(true);
    expect(await attached(world, "a-signed.pdf")).toEqual(good(original));
    const report = await verifyFile(path, {
      trustAnchors: [pki.rootCertificate],
      bankIdRoots: [people.root.certificate],
      at: new Date("2026-11-25T00:00:00Z"),
    });
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures).toMatchObject([{ signer: ORGANISATION, coverage: "whole-file", intact: true }]);
    expect(report.evidence).toMatchObject([
      {
        verdict: "passed",
        person: { name: "Anna Andersson", personalNumber: "198001012384" },
        provenTime: "2026-11-20T12:00:00.000Z",
        document: { name: "a.pdf", size: original.length, sha256: sha256(original), pages: 2 },
        pagesNow: 3,
        sealedBy: { signer: ORGANISATION, intact: true },
        reasons: [{ code: "evidence.page-added" }],
      },
    ]);
    const bytes = (await readFile(path)).toString("latin1");
    expect(bytes).toContain(`/Reason (Signed with BankID \\(evidence\\), sealed by ${ORGANISATION})`);
    expect(bytes).not.toContain("/Name (Anna Andersson)");
    const file = openPdf(openFileSource(path));
    expect(file.pageCount()).toBe(3);
    file.close();
  });

  test("a mark on the page says who sealed and not that the person signed the PDF; no page when none is wanted", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const placement = { kind: "rectangle", page: 1, rectangle: { x: 72, y: 100, width: 200, height: 60 } };
    const { told } = await signIn(world, runOf(sealed), { placement, evidencePage: false, reason: "Godkänt" });
    expect(told).toMatchObject([{ kind: "delivered", notice: null }]);
    const path = join(world.folder, "a-signed.pdf");
    const file = openPdf(openFileSource(path));
    expect(file.pageCount()).toBe(2);
    file.close();
  });

  test("one signature over two documents: each gets the evidence, and each is checked by its own bytes", async () => {
    const [a, b] = [PDF(), makePdf({ pages: 1, rotate: 90 })];
    const world = await worldOf({ "a.pdf": a, "b.pdf": b });
    const { told, ends } = await signIn(world, runOf(sealed));
    expect(told).toMatchObject([{ kind: "delivered" }, { kind: "delivered" }]);
    expect(ends).toEqual([{ kind: "done", signed: 2, failed: 0 }]);
    expect(await attached(world, "a-signed.pdf")).toEqual(good(a, b));
    expect(await attached(world, "b-signed.pdf")).toEqual(good(a, b));
  });
});

describe("a package beside the untouched document", () => {
  test("is made where no seal is set up, and says nothing is missing", async () => {
    const original = PDF();
    const world = await worldOf({ "a.pdf": original });
    const { told } = await signIn(world, runOf(none), { level: "B-LTA" });
    expect(told).toMatchObject([
      { kind: "delivered", level: null, report: null, notice: null, evidence: { form: "package", sealedBy: null } },
    ]);
    expect(await world.made()).toEqual(["a-bankid.zip"]);
    expect(await packaged(world, "a-bankid.zip")).toEqual(good(original));
    const paths = [join(world.folder, "a-bankid.zip"), join(world.folder, "a.pdf")] as const;
    const options = { bankIdRoots: [people.root.certificate], now: new Date("2026-11-25T00:00:00Z"), options: {} };
    expect(await verifyPackage(...paths, options)).toMatchObject({ verdict: "passed", reasons: [] });
    const files = unzipSync(new Uint8Array(await readFile(join(world.folder, "a-bankid.zip"))));
    const readMe = new TextDecoder().decode(files["READ-ME.txt"]);
    expect(readMe).toContain("sealdesk evidence verify PACKAGE DOCUMENT");
    expect(readMe).toContain(sha256(original));
    expect(readMe).toContain(`${original.length} bytes`);
    expect(readMe).toContain("UNDERTECKNAT MED BANKID");
    expect(await unchangedOriginals(world)).toBe(true);
  });

  test("takes the next free name, also one that somebody takes meanwhile", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    await writeFile(join(world.folder, "a-bankid.zip"), "somebody's");
    const wrapJournal: NonNullable<InstanceOptions["wrapJournal"]> = (journal) =>
      new Proxy(journal, {
        get: (own, key) => {
          const value: unknown = Reflect.get(own, key);
          if (key === "storeOutputPath") {
            void writeFile(join(world.folder, "a-bankid-2.zip"), "somebody's", { flag: "wx" }).catch(() => undefined);
          }
          return typeof value === "function" ? value.bind(own) : value;
        },
      });
    await signIn(world, runOf(none), {}, { wrapJournal });
    expect(await readFile(join(world.folder, "a-bankid.zip"), "utf8")).toBe("somebody's");
    const names = await world.made();
    const own = names.filter((name) => name.endsWith(".zip")).at(-1) ?? "";
    expect(await packaged(world, names.includes("a-bankid-3.zip") ? "a-bankid-3.zip" : own)).toMatchObject({
      verdict: "passed",
    });
  });

  const signsNothing: SealSource = async () =>
    success({ ...seal, sign: async () => failed({ code: "token.removed" }) });
  const otherKey: SealSource = async () => success({ ...seal, sign: (await makeSeal(pki)).sign });
  const expired: SealSource = async () => success(await makeSeal(pki, { until: "2025-06-01T00:00:00Z" }));

  test.each<readonly [string, string, SealSource]>([
    ["the seal's key is missing", "evidence.no-seal", noKey],
    ["the seal's key refuses to sign", "evidence.no-seal", signsNothing],
    ["the seal's certificate has run out", "evidence.no-seal", expired],
    ["the seal's key is not that of its certificate", "evidence.no-seal", otherKey],
  ])("is made when %s (%s)", async (_title, code, source) => {
    const original = PDF();
    const world = await worldOf({ "a.pdf": original });
    const { told } = await signIn(world, runOf(source));
    expect(told).toMatchObject([{ kind: "delivered", level: null, notice: { code, params: { name: "a.pdf" } } }]);
    expect(await world.made()).toEqual(["a-bankid.zip"]);
    expect(await packaged(world, "a-bankid.zip")).toEqual(good(original));
  });

  test.each<readonly [string, string, () => Uint8Array | Promise<Uint8Array>]>([
    ["has a signature already", "evidence.beside-signed", () => bytesOfText(signRaw(baseDocument(), pki.other).text)],
    ["claims PDF/A-1", "evidence.beside-pdfa", () => archiveDocument("1b")],
    ["claims PDF/A-2", "evidence.beside-pdfa", () => archiveDocument("2b")],
    [
      "is damaged inside",
      "evidence.beside-damaged",
      () =>
        Buffer.from(
          Buffer.from(makePdf())
            .toString("latin1")
            .replace(/startxref\s+\d+/u, "startxref 7"),
          "latin1",
        ),
    ],
    [
      "is certified against every change",
      "evidence.beside-signed",
      async () => {
        const where = await workspace(makePdf());
        await sign(where, await makeLocalSigner(), { certification: "no-changes" });
        return new Uint8Array(await readFile(where.staged));
      },
    ],
  ])("is made for a document that %s (%s)", async (_title, code, document) => {
    const original = await document();
    const world = await worldOf({ "a.pdf": original });
    const { told } = await signIn(world, runOf(sealed));
    expect(told).toMatchObject([{ kind: "delivered", level: null, notice: { code } }]);
    expect(await packaged(world, "a-bankid.zip")).toEqual(good(original));
    expect(await unchangedOriginals(world)).toBe(true);
  });

  test.skipIf(!hasTool("qpdf"))("is made for an encrypted document, also one that a password opens", async () => {
    for (const user of ["", "correct-horse-32"]) {
      const world = await worldOf({ "a.pdf": PDF() });
      const path = join(world.folder, "a.pdf");
      const kind = KINDS.find(({ title }) => title === "AES-256")!;
      encryptWithQpdf(path, `${path}.locked`, kind, { user, owner: "owner" });
      await rename(`${path}.locked`, path);
      const original = await readFile(path);
      const { told } = await signIn(world, runOf(sealed), {}, user === "" ? {} : { password: user });
      expect(told).toMatchObject([{ kind: "delivered", level: null, notice: { code: "evidence.beside-encrypted" } }]);
      expect(await packaged(world, "a-bankid.zip")).toEqual(good(original));
    }
  });

  test("is told before anybody is asked, with its name", async () => {
    const world = await worldOf({ "a.pdf": PDF(), "b.pdf": archiveDocument("1b") });
    const sheetOf = async (source: SealSource) => {
      const instance = openInstance(world, runOf(source).environment);
      const reviewed = await instance.review(REQUEST);
      instance.close();
      if (!reviewed.ok) {
        throw new Error(reviewed.failure.code);
      }
      const { items, warnings, sends } = reviewed.value.sheet;
      const told = warnings.filter(({ warning }) => warning.code.startsWith("evidence-"));
      return { sends, names: items.map(({ outputName }) => outputName), told };
    };
    expect(await sheetOf(sealed)).toEqual({
      sends: "text",
      names: ["a-signed.pdf", "b-bankid.zip"],
      told: [{ warning: { code: "evidence-beside" }, documents: ["b.pdf"] }],
    });
    const packages = ["a-bankid.zip", "b-bankid.zip"];
    expect(await sheetOf(none)).toEqual({ sends: "text", names: packages, told: [] });
    expect(await sheetOf(noKey)).toEqual({
      sends: "text",
      names: packages,
      told: [{ warning: { code: "evidence-unsealed" }, documents: ["a.pdf", "b.pdf"] }],
    });
  });

  test("has the name that the person gave the result", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const outputFile = join(world.folder, "result.pdf");
    await signIn(world, runOf(none), {}, { outputFile });
    expect(await world.made()).toEqual(["result-bankid.zip"]);
  });

  test("is made when the document was changed or taken away between the order and now, for the bytes that were signed", async () => {
    for (const harm of [
      (path: string) => appendFile(path, "\n% later"),
      (path: string) => rename(path, `${path}.moved`),
    ]) {
      const original = PDF();
      const world = await worldOf({ "a.pdf": original });
      const path = join(world.folder, "a.pdf");
      const { told } = await signIn(world, runOf(whenSealing(() => harm(path))));
      expect(told).toMatchObject([
        { kind: "delivered", level: null, notice: { code: "evidence.original-changed", params: { name: "a.pdf" } } },
      ]);
      expect(await packaged(world, "a-bankid.zip")).toEqual(good(original));
    }
  });
});

test("initials are refused: the person signs a text and no pages", async () => {
  const world = await worldOf({ "a.pdf": PDF() });
  const instance = openInstance(world, runOf(sealed).environment);
  expect(await instance.review({ ...REQUEST, initials: USUAL_INITIALS })).toEqual({
    ok: false,
    failure: { code: "evidence.no-initials" },
  });
  instance.close();
});

describe("what comes from a test environment says that it binds nobody", () => {
  /** As a profile for BankID's test servers makes it: no practice with the sandbox, and not real either. */
  const inTest = (source: SealSource): Run => {
    const run = runOf(source);
    return { ...run, environment: { ...run.environment, practice: false, environment: "test" } };
  };

  test.skipIf(!hasTool("pdftotext"))("on the page in the sealed document", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    await signIn(world, inTest(sealed));
    const path = join(world.folder, "a-signed.pdf");
    expect(await mustRun("pdftotext", ["-f", "3", "-layout", path, "-"])).toContain("PRACTICE: not legally binding");
  });

  test("in the package", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    await signIn(world, inTest(none));
    const files = unzipSync(new Uint8Array(await readFile(join(world.folder, "a-bankid.zip"))));
    expect(new TextDecoder().decode(files["READ-ME.txt"])).toContain("PRACTICE: not legally binding");
  });
});

describe("evidence that speaks of other documents", () => {
  test("ends the documents it does not name, and only those", async () => {
    const [a, b] = [PDF(), makePdf({ rotate: 180 })];
    const world = await worldOf({ "a.pdf": a, "b.pdf": b });
    const listed: Listing = (document) => (document.id === "2" ? { ...document, sha256: sha256(a) } : document);
    const { told, ends } = await signIn(world, runOf(sealed, listed));
    expect(told).toMatchObject([
      { kind: "delivered" },
      { kind: "failed", failure: { code: "evidence.not-this-document", params: { name: "b.pdf" } } },
    ]);
    expect(ends).toEqual([{ kind: "done", signed: 1, failed: 1 }]);
    expect(await world.made()).toEqual(["a-signed.pdf"]);
  });

  test("is refused when the size is another one", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const { told } = await signIn(
      world,
      runOf(sealed, (document) => ({ ...document, size: document.size + 1 })),
    );
    expect(told).toMatchObject([{ kind: "failed", failure: { code: "evidence.not-this-document" } }]);
    expect(await world.made()).toEqual([]);
  });

  test("swapped in the journal between two runs is not put into the document", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const other = await worldOf({ "b.pdf": makePdf({ rotate: 180 }) });
    const lost = (): SealSource => whenSealing(() => Promise.reject(new Error("the program ends here")));
    const first = runOf(lost());
    const foreign = openInstance(other, runOf(lost()).environment);
    await foreign.sign(REQUEST);
    const evidence = foreign.journal.evidence(1);
    foreign.close();
    const { open } = await signIn(world, first);
    expect(open).toBe(1);
    const second = openInstance(world, runOf(sealed).environment, {
      owner: 2,
      wrapJournal: (journal) =>
        new Proxy(journal, {
          get: (own, key) => {
            const value: unknown = Reflect.get(own, key);
            return key === "evidence" ? () => evidence : typeof value === "function" ? value.bind(own) : value;
          },
        }),
    });
    await second.resume();
    expect(second.progress.at(-1)?.told).toMatchObject({
      kind: "failed",
      failure: { code: "evidence.not-this-document" },
    });
    second.close();
    expect(await world.made()).toEqual([]);
  });
});

describe("what may pass keeps the evidence for the next try, and nobody is asked again", () => {
  test("the output folder is away, and comes back", async () => {
    const original = PDF();
    const world = await worldOf({ "a.pdf": original });
    const folder = join(world.folder, "..", `${world.folder.split("/").at(-1)}-out`);
    await mkdir(folder);
    const made = evidenceProvider(people);
    const vanishing = whenSealing(() => rm(folder, { recursive: true, force: true }));
    const first = evidenceEnvironment(people, pki, made.provider, vanishing);
    const { told, open } = await signIn(world, { made, environment: first }, {}, { outputFolder: folder });
    expect(told).toMatchObject([{ kind: "needs-attention", failure: { code: "output.folder-missing" } }]);
    expect(open).toBe(1);
    await mkdir(folder);
    const second = openInstance(world, evidenceEnvironment(people, pki, made.provider, sealed), { owner: 2 });
    await second.resume();
    second.close();
    const output = join(folder, "a-signed.pdf");
    expect(judged(filesOf(output))).toEqual(good(original));
    expect(made.log.filter((entry) => entry === "ordered documents")).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });

  test("BankID's root is taken out of the settings, and put back", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const made = evidenceProvider(people);
    const environment = evidenceEnvironment(people, pki, made.provider, sealed);
    const without = { ...environment, evidence: { seal: sealed, trust: { roots: [], policies: [POLICY] } } };
    const { told } = await signIn(world, { made, environment: without });
    expect(told).toMatchObject([{ kind: "needs-attention", failure: { code: "evidence.not-valid" } }]);
    const second = openInstance(world, environment, { owner: 2 });
    await second.resume();
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(made.log.filter((entry) => entry === "ordered documents")).toHaveLength(1);
  });

  test("a seal that is gone at the second try leaves nothing of the first behind", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const made = evidenceProvider(people);
    const dying: SealSource = async () => success({ ...seal, sign: () => Promise.reject(new Killed("signing")) });
    const first = openInstance(world, evidenceEnvironment(people, pki, made.provider, dying));
    await first.sign(REQUEST);
    first.close();
    const [part = ""] = await world.made();
    await writeFile(join(world.folder, `${part.replace(".evidence", "")}.evidence`), "half a copy");
    const second = openInstance(world, evidenceEnvironment(people, pki, made.provider, noKey), { owner: 2 });
    await second.resume();
    second.close();
    expect(await world.made()).toEqual(["a-bankid.zip"]);
    expect(made.log.filter((entry) => entry === "ordered documents")).toHaveLength(1);
  });

  test("a timestamp that never fits into its place ends in a package, not in another question to the person", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const made = evidenceProvider(people);
    let bytes = 30_000;
    const environment: SigningEnvironment = {
      ...evidenceEnvironment(people, pki, made.provider, sealed),
      timestamp: async () => {
        bytes *= 3;
        return success(new Uint8Array(bytes));
      },
    };
    const { told } = await signIn(world, { made, environment }, { level: "B-T" });
    expect(told).toMatchObject([{ kind: "delivered", level: null, notice: { code: "evidence.seal-refused" } }]);
    expect(await world.made()).toEqual(["a-bankid.zip"]);
    expect(made.log.filter((entry) => entry === "ordered documents")).toHaveLength(1);
  });

  test("a seal that is back at the second try seals, whatever the first was on its way to", async () => {
    const world = await worldOf({ "a.pdf": PDF() });
    const made = evidenceProvider(people);
    const killer = new Killer("after journal.storeOutputPath");
    const without = evidenceEnvironment(people, pki, made.provider, async () => failed({ code: "certificate.no-key" }));
    const first = openInstance(world, without, { wrapJournal: (own) => killer.around(own, "journal") });
    await first.sign(REQUEST).catch(onlyKilled);
    first.close();
    const second = openInstance(world, evidenceEnvironment(people, pki, made.provider, sealed), { owner: 2 });
    await second.resume();
    second.close();
    expect(await world.made()).toEqual(["a-signed.pdf"]);
    expect(await attached(world, "a-signed.pdf")).toMatchObject({ verdict: "passed" });
  });
});

describe("a program that is killed while it works with evidence", () => {
  test.each([
    ["a sealed document", sealed, "a-signed.pdf"],
    ["a package", none, "a-bankid.zip"],
  ] as const)(
    "loses none, asks nobody twice, delivers everything once and leaves nothing behind: %s",
    async (_title, source, results) => {
      const documents = { "a.pdf": PDF() };
      const runKilledAt = async (world: World, at: number) => {
        const killer = new Killer(at);
        const made = evidenceProvider(people);
        const environment = evidenceEnvironment(people, pki, made.provider, async () => {
          killer.moment("seal");
          return source();
        });
        const first = openInstance(
          world,
          { ...environment, provider: killer.around(made.provider, "provider") },
          { wrapJournal: (own) => killer.around(own, "journal"), wrapSteps: (own) => killer.around(own, "steps") },
        );
        // The page is one more object; its font takes most of the time.
        await first.sign({ ...REQUEST, evidencePage: false }).catch(onlyKilled);
        first.close();
        return { killer, made };
      };
      const whole = await runKilledAt(await worldOf(documents), Number.POSITIVE_INFINITY);
      expect(whole.killer.moments.length).toBeGreaterThan(30);
      const bad: unknown[] = [];
      for (let at = 1; at <= whole.killer.moments.length; at += 1) {
        const world = await worldOf(documents);
        const { killer, made } = await runKilledAt(world, at);
        const second = openInstance(world, evidenceEnvironment(people, pki, made.provider, source), { owner: 2 });
        const approved = second.journal.unfinished()[0]?.state.step === "approved";
        const askedBefore = made.log.filter((entry) => entry === "ordered documents").length;
        await second.resume();
        const asked = made.log.filter((entry) => entry === "ordered documents").length;
        const left = second.journal.unfinished().length;
        second.close();
        const names = await world.made();
        const begun = killer.moments.includes("after journal.begin");
        const verdicts = await Promise.all(
          names.map(async (name) => (name.endsWith(".zip") ? packaged(world, name) : attached(world, name))),
        );
        const isGood =
          left === 0 &&
          names.join() === (begun ? results : "") &&
          (!approved || asked === askedBefore) &&
          (await unchangedOriginals(world)) &&
          verdicts.every((verdict) => "verdict" in verdict && verdict.verdict === "passed");
        if (!isGood) {
          bad.push({ at, moment: killer.moments.at(-1), left, names, asked, askedBefore, verdicts });
        }
      }
      expect(bad).toEqual([]);
    },
    240_000,
  );
});
