import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConformance } from "../../electron/pades/conformance.ts";
import { inspectForSigning } from "../../electron/pades/inspect-for-signing.ts";
import type { PreparedSignature } from "../../electron/pades/prepared-signature.ts";
import { openFileSource } from "../../electron/pdf/file-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import type { Placement } from "../../shared/placement.ts";
import { success } from "../../shared/result.ts";
import type { FileReport } from "../../shared/verification.ts";
import { limited } from "./pades/limited.ts";
import { makeAllPdfs } from "./pades/made-pdfs.ts";
import { askMutool, askOpenssl, askPdfsig, askQpdf } from "./pades/outside-judges.ts";
import { hasTool } from "./pades/run-tool.ts";
import { opensslTimestamp, verifyTimestamp } from "./pades/openssl-timestamp.ts";
import { signAs } from "./pades/sign-as.ts";
import { SIGNABLE_CORPUS } from "./pades/signing-cases.ts";
import { makePeople } from "./pades/test-people.ts";
import type { TestPeople } from "./pades/test-people.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");
const tools = ["openssl", "qpdf", "pdfsig", "mutool"] as const;
const missing = tools.filter((tool) => !hasTool(tool));

interface SignedTwice {
  readonly source: string;
  readonly once: string;
  readonly twice: string;
  readonly first: PreparedSignature;
  readonly second: PreparedSignature;
  readonly people: TestPeople;
  readonly folder: string;
}

/** Signs as two people one after the other; `round` varies how: visible, invisible, existing field. */
async function signTwice(source: string, folder: string, people: TestPeople, round: number): Promise<SignedTwice> {
  const work = await mkdtemp(join(folder, "case-"));
  const [once, twice] = [join(work, "once.pdf"), join(work, "twice.pdf")];
  const first = await signAs(people.first, source, once, {
    placement: await choose(source, round),
    reason: "Gelesen – geprüft",
  });
  const second = await signAs(people.second, once, twice, { placement: await choose(once, round + 1) });
  if (!first.ok || !second.ok) {
    throw new Error(`not signed: ${JSON.stringify([first, second])}`);
  }
  return { source, once, twice, first: first.value, second: second.value, people, folder };
}

/** An existing empty field where there is one, else by turns visible and invisible. */
async function choose(path: string, round: number): Promise<Placement> {
  const file = openPdf(openFileSource(path));
  try {
    const { emptyFields, certification } = inspectForSigning(file);
    const [empty] = emptyFields;
    if (empty !== undefined) {
      return { kind: "field", field: empty.name };
    }
    // A certified document takes no new mark.
    if (round % 2 === 1 || certification !== null) {
      return { kind: "invisible" };
    }
    const page = file.pageCount();
    const [left, bottom, right, top] = file.page(page - 1).cropBox;
    const [width, height] = [(right - left) * 0.4, (top - bottom) * 0.15];
    return { kind: "rectangle", page, rectangle: { x: left + width, y: bottom + height, width, height } };
  } finally {
    file.close();
  }
}

/** What outside tools, a plain comparison of bytes and our own gate say of a file that was signed twice. */
async function judge(signed: SignedTwice) {
  const { source, once, twice, first, second, people, folder } = signed;
  const [original, afterFirst, afterSecond] = await Promise.all([readFile(source), readFile(once), readFile(twice)]);
  const [before, afterOne, afterTwo] = [
    await askPdfsig(source, folder),
    await askPdfsig(once, folder),
    await askPdfsig(twice, folder),
  ];
  const earlier = [...before.keys()].filter((field) => field !== first.field && field !== second.field);
  const [checkBefore, checkAfter] = await Promise.all([askQpdf(source), askQpdf(twice)]);
  const gate = { expectedLevel: "B-B" } as const;
  const ours = await verifyFile(twice, { trustAnchors: [] });
  const verdict = {
    originalIsPrefix: afterFirst.subarray(0, original.length).equals(original),
    firstResultIsPrefix: afterSecond.subarray(0, afterFirst.length).equals(afterFirst),
    pdfsigAfterFirst: afterOne.get(first.field),
    pdfsigFirst: afterTwo.get(first.field),
    pdfsigSecond: afterTwo.get(second.field),
    earlierSignaturesChanged: earlier.filter((field) => afterTwo.get(field)?.valid !== before.get(field)?.valid),
    mutoolFirst: await askMutool(twice, people.first.name),
    mutoolSecond: await askMutool(twice, people.second.name),
    qpdfFindsMore: checkAfter.status > checkBefore.status || checkAfter.warnings > checkBefore.warnings,
    opensslFirst: await askOpenssl(twice, first, people.rootPem),
    opensslSecond: await askOpenssl(twice, second, people.rootPem),
    verifierFirst: bytesVerdict(ours, first.field),
    verifierSecond: bytesVerdict(ours, second.field),
    violations: [
      ...(await checkConformance(once, { ...gate, originalPath: source })).violations,
      ...(await checkConformance(twice, { ...gate, originalPath: once })).violations,
    ],
  };
  await rm(dirname(twice), { recursive: true });
  return verdict;
}

/** The first signature is "not total" after the second, and mutool then only says that there is a later update. */
const ALL_AGREE = {
  originalIsPrefix: true,
  firstResultIsPrefix: true,
  pdfsigAfterFirst: { valid: true, totalDocument: true, subFilter: "ETSI.CAdES.detached", signer: "Test Stephane" },
  pdfsigFirst: { valid: true, totalDocument: false, subFilter: "ETSI.CAdES.detached", signer: "Test Stephane" },
  pdfsigSecond: { valid: true, totalDocument: true, subFilter: "ETSI.CAdES.detached", signer: "Anna Larsson" },
  earlierSignaturesChanged: [],
  mutoolFirst: ["edits"],
  mutoolSecond: ["unchanged"],
  qpdfFindsMore: false,
  opensslFirst: "CMS Verification successful",
  opensslSecond: "CMS Verification successful",
  verifierFirst: { intact: true, coverage: "entire-revision", changesAfter: "allowed" },
  verifierSecond: { intact: true, coverage: "whole-file", changesAfter: "none" },
  violations: [],
};

/** What our own verifier, which knows nothing of the writer, says of a signature's bytes. */
function bytesVerdict(report: FileReport, field: string) {
  const found = report.signatures.find((signature) => signature.field === field);
  return found === undefined
    ? undefined
    : { intact: found.intact, coverage: found.coverage, changesAfter: found.changesAfter };
}

/** Where a tool cannot be asked; everything that is not named must still agree. */
const NOT_ASKED: Readonly<Record<string, readonly (keyof typeof ALL_AGREE)[]>> = {
  // ISO 32000-2 12.8.1 counts from the beginning of the file; mutool counts from the header.
  "junk before the header": ["mutoolFirst", "mutoolSecond"],
  // ISO 32000-2 12.7.4.1: /V belongs to the field. pdfsig 22.12 and mutool 1.21 look for it in the widget only.
  "form separate-widget": ["pdfsigAfterFirst", "pdfsigFirst", "mutoolFirst"],
  // The original's cross-reference has an entry (object 109, its own hybrid stream) that points at another object.
  // Nothing refers to it, but our verifier cannot rule that out and answers "forbidden", which is its safe side.
  "qpdf__hybrid-xref.pdf": ["verifierFirst"],
};

function expectedFor(name: string, verdict: object) {
  const left = Object.entries(verdict).filter(([key]) => NOT_ASKED[name]?.some((one) => one === key) === true);
  return { ...ALL_AGREE, ...Object.fromEntries(left) };
}

const GENERATED = [
  "plain",
  "crlf line ends",
  "no line end behind the end marker",
  "junk before the header",
  "crop box away from the origin",
  "negative media box",
  "user unit of two",
  "page turned by 90",
  "page turned by 180",
  "page turned by 270",
  "form direct",
  "form indirect",
  "form fields-indirect",
  "form without-fields",
  "form with-signature-field",
  "form separate-widget",
  "annotations direct",
  "annotations indirect",
  "annotations empty",
  "annotations dangling",
  "object streams",
  "linearized with table",
  "linearized with object streams",
];

const skipped = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")} not installed)`;

describe.skipIf(missing.length > 0)(`files signed twice convince other people's tools${skipped}`, () => {
  let folder = "";
  let people: TestPeople;
  let made: ReadonlyMap<string, string> = new Map();
  const twoAtATime = limited(2);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-signing-"));
    const pki = join(folder, "pki");
    await mkdir(pki);
    people = await makePeople(pki);
    made = new Map((await makeAllPdfs(folder)).map(({ name, path }) => [name, path]));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const present = existsSync(corpus);
  describe.skipIf(!present)(`corpus${present ? "" : " (skipped: ../shared/corpus is absent)"}`, () => {
    test.concurrent.each(SIGNABLE_CORPUS.map((file, round) => ({ file, round, name: basename(file) })))(
      "$name",
      async ({ file, round, name }) => {
        await twoAtATime(async () => {
          const verdict = await judge(await signTwice(join(corpus, file), folder, people, round));
          expect(verdict).toEqual(expectedFor(name, verdict));
        });
      },
    );
  });

  describe("generated structures", () => {
    test.concurrent.each(GENERATED.map((name, round) => ({ name, round })))("$name", async ({ name, round }) => {
      await twoAtATime(async () => {
        const verdict = await judge(await signTwice(made.get(name) ?? "", folder, people, round));
        expect(verdict).toEqual(expectedFor(name, verdict));
      });
    });

    test("are all named here", () => {
      expect(new Set(made.keys())).toEqual(new Set(GENERATED));
    });
  });

  test("OpenSSL accepts the timestamp of a B-T signature, and the signature with it", async () => {
    const [source, signedFile] = [made.get("plain") ?? "", join(folder, "b-t.pdf")];
    let value: Uint8Array = new Uint8Array();
    let token: Uint8Array = new Uint8Array();
    const prepared = await signAs(people.first, source, signedFile, {
      placement: { kind: "invisible" },
      timestamp: async (signatureValue) => {
        value = signatureValue;
        token = await opensslTimestamp(people.folder, signatureValue);
        return success(token);
      },
    });
    if (!prepared.ok) {
      throw new Error(prepared.failure.code);
    }
    const { violations } = await checkConformance(signedFile, { expectedLevel: "B-T", originalPath: source });
    expect(violations).toEqual([]);
    expect(await askOpenssl(signedFile, prepared.value, people.rootPem)).toBe("CMS Verification successful");
    expect((await askPdfsig(signedFile, folder)).get("Signature1")).toMatchObject({ valid: true, totalDocument: true });
    // The token that stands in the file, found by its own bytes, is over the value of the signature.
    const digits = Buffer.from(token).toString("hex").toUpperCase();
    expect((await readFile(signedFile, "latin1")).includes(digits)).toBe(true);
    expect(await verifyTimestamp(people, token, value)).toContain("Verification: OK");
  });

  test("a key that is reserved for RSASSA-PSS signs so that OpenSSL and mutool agree", async () => {
    const [source, signedFile] = [made.get("plain") ?? "", join(folder, "pss.pdf")];
    const prepared = await signAs(people.third, source, signedFile, { placement: { kind: "invisible" } });
    if (!prepared.ok) {
      throw new Error(prepared.failure.code);
    }
    // pdfsig 22.12 calls this signature invalid ("Signature is Invalid"), so it is not asked.
    expect(await askOpenssl(signedFile, prepared.value, people.rootPem)).toBe("CMS Verification successful");
    expect(await askMutool(signedFile, people.third.name)).toEqual(["unchanged"]);
    expect((await checkConformance(signedFile, { expectedLevel: "B-B" })).violations).toEqual([]);
  });
});
