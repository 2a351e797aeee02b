import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodePem } from "../../electron/pki/pem.ts";
import type { OrganisationSeal } from "../../electron/services/signing/evidence/organisation-seal.ts";
import { success } from "../../shared/result.ts";
import { makePki } from "../attacks/test-authority.ts";
import type { TestPki } from "../attacks/test-authority.ts";
import {
  evidenceEnvironment,
  evidenceProvider,
  makeSeal,
  ORGANISATION,
  worldOf,
} from "../integration/services/evidence-world.ts";
import { openInstance } from "../integration/services/signing-world.ts";
import type { World } from "../integration/services/signing-world.ts";
import { makeBankIdPeople } from "../unit/evidence/bankid/made-evidence.ts";
import type { BankIdPeople } from "../unit/evidence/bankid/made-evidence.ts";
import { archiveDocument } from "./judges/archive-document.ts";
import { askJavaJudges, hasJavaJudges, javaNote } from "./judges/java-judges.ts";
import type { VeraPdfAnswer } from "./judges/java-judges.ts";
import { makePdf } from "./pades/made-pdfs.ts";
import { askMutool, askPdfsig, askQpdf } from "./pades/outside-judges.ts";
import { hasTool, mustRun, runTool } from "./pades/run-tool.ts";

// What other people's programs see in documents with evidence, and find out by hand with a package.

const NAMES = ["bankid-evidence.json", "bankid-manifest.json", "bankid-ocsp.der", "bankid-signature.xml"];
const tools = ["qpdf", "pdfsig", "pdfdetach", "pdftotext", "mutool"] as const;
const missing = tools.filter((tool) => !hasTool(tool));
const corpus = join(import.meta.dirname, "../../../shared/corpus");

let people: BankIdPeople;
let pki: TestPki;
let seal: OrganisationSeal;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-evidence-"));
  [people, pki] = await Promise.all([makeBankIdPeople(), makePki()]);
  seal = await makeSeal(pki);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function signed(original: Uint8Array, sealed = true) {
  const world = await worldOf({ "a.pdf": original });
  const { provider } = evidenceProvider(people);
  const instance = openInstance(
    world,
    evidenceEnvironment(people, pki, provider, async () => success(sealed ? seal : null)),
  );
  await instance.sign({ provider: "bankid", level: "B-B", placement: { kind: "invisible" } });
  const told = instance.progress.at(-1)?.told;
  instance.close();
  return { world, told };
}

/** The document as a writer with cross-reference and object streams would have it. */
async function withObjectStreams(document: Uint8Array, ...options: readonly string[]): Promise<Uint8Array> {
  const [from, to] = [join(folder, "from.pdf"), join(folder, "to.pdf")];
  await writeFile(from, document);
  await rm(to, { force: true });
  await mustRun("qpdf", ["--object-streams=generate", ...options, from, to]);
  return new Uint8Array(await readFile(to));
}

const theirs = (path: string) => (): Promise<Uint8Array> =>
  readFile(join(corpus, path)).then((all) => Uint8Array.from(all));
const DOCUMENTS: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>])[] = [
  ["a plain document", () => makePdf({ pages: 3 })],
  ["a PDF/A-3", () => archiveDocument("3a")],
  ["a tagged document", () => archiveDocument("ua1")],
  ["one with object streams", () => withObjectStreams(makePdf({ pages: 2 }))],
  ["a linearised one", () => withObjectStreams(makePdf({ pages: 2 }), "--linearize")],
  // An invoice with its own attached file.
  ["zug__pdfa3-invoice-4pages.pdf", theirs("structure/zug__pdfa3-invoice-4pages.pdf")],
];
const present = DOCUMENTS.filter(([title]) => !title.endsWith(".pdf") || existsSync(join(corpus, "structure", title)));

describe.skipIf(missing.length > 0)(`a document with evidence, to other programs (needs ${tools.join(", ")})`, () => {
  test.each(present)("is sound, sealed as a whole, and gives its files back: %s", async (_title, document) => {
    const original = await document();
    const { world, told } = await signed(original);
    expect(told).toMatchObject({ kind: "delivered", notice: null, evidence: { form: "sealed-pdf" } });
    const path = join(world.folder, "a-signed.pdf");
    expect(await askQpdf(path)).toEqual(await askQpdf(join(world.folder, "a.pdf")));
    const signatures = [...(await askPdfsig(path, folder)).values()];
    expect(signatures).toMatchObject([{ valid: true, totalDocument: true, signer: ORGANISATION }]);
    expect(await askMutool(path, ORGANISATION)).toEqual(["unchanged"]);
    const listed = (await mustRun("qpdf", ["--list-attachments", path])).match(/^bankid-\S+/gmu);
    expect(listed).toEqual(NAMES);
    await expectFiles(world, path);
    const text = await mustRun("pdftotext", ["-f", String(await pagesOf(path)), "-layout", path, "-"]);
    for (const words of ["Signed with BankID", "Anna Andersson", "19800101-****", "2026-11-20 12:00:00 UTC", "a.pdf"]) {
      expect(text).toContain(words);
    }
    expect(text).toContain(`Sealed by\n${ORGANISATION}`);
    expect(text).not.toContain("198001012384");
  });
});

const pagesOf = async (path: string): Promise<number> => Number(await mustRun("qpdf", ["--show-npages", path]));

/** poppler takes every file out, by the list of names; they say what the JSON says. */
async function expectFiles(world: World, path: string): Promise<void> {
  const out = join(world.folder, "out");
  await mkdir(out);
  await mustRun("pdfdetach", ["-saveall", "-o", out, path]);
  const read = (name: string): Promise<Buffer> => readFile(join(out, name));
  const truth = JSON.parse((await read("bankid-evidence.json")).toString("utf8")) as Record<string, string>;
  expect(truth).toMatchObject({ kind: "bankid", v: 1 });
  expect(await read("bankid-signature.xml")).toEqual(Buffer.from(truth["signature"] ?? "", "base64"));
  expect(await read("bankid-ocsp.der")).toEqual(Buffer.from(truth["ocspResponse"] ?? "", "base64"));
  expect((await read("bankid-manifest.json")).toString("utf8")).toBe(truth["hiddenData"]);
}

describe.skipIf(!["xmlsec1", "openssl", "unzip", "sha256sum"].every(hasTool))(
  "a package, by hand as its READ-ME.txt says (needs xmlsec1, openssl, unzip, sha256sum)",
  () => {
    test("everything that it tells to type works and says what it promises", async () => {
      const { world } = await signed(makePdf(), false);
      const [zip, document] = [join(world.folder, "a-bankid.zip"), join(world.folder, "a.pdf")];
      const out = join(world.folder, "package");
      await mustRun("unzip", ["-q", "-d", out, zip]);
      const readMe = await readFile(join(out, "READ-ME.txt"), "utf8");
      const manifest = await readFile(join(out, "bankid-manifest.json"), "utf8");
      const [digest = "?"] = (await mustRun("sha256sum", [document])).split(" ");
      expect(readMe).toContain(digest);
      expect(manifest).toContain(digest);
      const typed = (start: string): readonly string[] => {
        const command = new RegExp(`${start}(?:.*\\\\\\r\\n)*.*`, "u").exec(readMe)?.[0] ?? "";
        return (command.replaceAll(/\\\r\n/gu, " ").match(/"[^"]*"|\S+/gu) ?? []).map((word) =>
          word.replaceAll('"', ""),
        );
      };
      await writeFile(join(out, "bankid-root.pem"), encodePem("CERTIFICATE", people.root.certificate.der));
      const inUtc = { cwd: out, env: { TZ: "UTC" } };
      const [xmlsec = "", ...check] = typed("xmlsec1 --verify");
      expect(await runTool(xmlsec, check, inUtc)).toMatchObject({ status: 0 });
      const xml = await readFile(join(out, "bankid-signature.xml"), "utf8");
      await writeFile(join(out, "bankid-signature.xml"), xml.replace(/(<usrVisibleData[^>]*>)./u, "$1X"));
      expect(await runTool(xmlsec, check, inUtc)).toMatchObject({ status: 1 });
      const [openssl = "", ...show] = typed("openssl ocsp");
      const response = await mustRun(openssl, show, inUtc);
      expect(response).toContain("Cert Status: good");
      expect(response).toContain("Produced At: Nov 20 12:00:00 2026 GMT");
      expect(xml).toContain(Buffer.from(manifest, "utf8").toString("base64"));
    });

    test("its files have the proven time, in UTC wherever it was made", async () => {
      const { world } = await signed(makePdf(), false);
      const listed = await mustRun("unzip", ["-l", join(world.folder, "a-bankid.zip")]);
      expect(listed.match(/2026-11-20 12:00/gu)).toHaveLength(5);
      const files = unzipSync(new Uint8Array(await readFile(join(world.folder, "a-bankid.zip"))));
      expect(Object.keys(files).toSorted()).toEqual(["READ-ME.txt", ...NAMES].toSorted());
    });
  },
);

describe.skipIf(!hasJavaJudges)(`veraPDF about documents with evidence${javaNote}`, () => {
  async function judged(original: Uint8Array, flavour: string) {
    const { world } = await signed(original);
    const answers = await askJavaJudges<VeraPdfAnswer>(
      ["a.pdf", "a-signed.pdf"].map((name) => ({
        id: name,
        judge: "verapdf",
        path: join(world.folder, name),
        flavour,
      })),
    );
    return [answers.get("a.pdf"), answers.get("a-signed.pdf")];
  }

  test.each([
    ["a PDF/A-3a stays one", "3a", "3a"],
    ["a PDF/UA-1 stays one", "ua1", "ua1"],
  ] as const)("%s", async (_title, claim, flavour) => {
    const [before, after] = await judged(archiveDocument(claim), flavour);
    expect(before).toMatchObject({ compliant: true });
    expect(after).toMatchObject({ compliant: true, broken: {} });
  });

  test("a document that claims PDF/A-4f is one", async () => {
    // As long as what it replaces, so that nothing moves.
    const space = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"';
    const text = Buffer.from(archiveDocument("4")).toString("latin1");
    expect(text).toContain(space);
    const claiming = text.replace(space, ' pdfaid:conformance="F"'.padEnd(space.length));
    const [, after] = await judged(Buffer.from(claiming, "latin1"), "4f");
    expect(after).toMatchObject({ compliant: true, broken: {} });
  });
});
