import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodePem } from "../../electron/pki/pem.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import type { PadesLevel } from "../../shared/verification.ts";
import { practiceSigner } from "../integration/pades/practice-signer.ts";
import type { PracticeSigner } from "../integration/pades/practice-signer.ts";
import { askJavaJudges, hasJavaJudges, javaNote } from "./judges/java-judges.ts";
import type { DssAnswer } from "./judges/java-judges.ts";
import { PASSED, WANTS_OTHER_TIMESTAMP } from "./judges/level-cases.ts";
import { MARKS } from "./judges/marks.ts";
import { practiceFiles } from "./judges/practice-files.ts";
import type { PracticeFiles } from "./judges/practice-files.ts";
import { askPyHanko, hasPyHanko, pyHankoNote, signWithPyHanko } from "./judges/pyhanko.ts";
import type { PyHankoAnswer, PyHankoSigning } from "./judges/pyhanko.ts";
import { makePdf } from "./pades/made-pdfs.ts";

interface Theirs {
  readonly title: string;
  readonly level: PadesLevel;
  readonly docMdp: PyHankoSigning["docMdp"];
  /** Somebody signs with us after them, before everything is extended. */
  readonly signedAgain: boolean;
}

/** ISO 32000-2 table 257: 1 forbids further signatures; a store and a document timestamp are allowed by all three. */
const THEIRS: readonly Theirs[] = [
  { title: "B-B", level: "B-B", docMdp: null, signedAgain: false },
  // One alone has timestamps of theirs: asn1crypto takes up to half a minute to encode each.
  { title: "B-LTA, signed again by us", level: "B-LTA", docMdp: null, signedAgain: true },
  { title: "certified, no changes allowed", level: "B-B", docMdp: 1, signedAgain: false },
  { title: "certified, filling in allowed, signed again by us", level: "B-B", docMdp: 2, signedAgain: true },
  { title: "certified, annotations allowed, signed again by us", level: "B-B", docMdp: 3, signedAgain: true },
];

/** As DSS names the permissions. */
const DOC_MDP = ["null", "NO_CHANGE_PERMITTED", "MINIMAL_CHANGES_PERMITTED", "CHANGES_PERMITTED"];

let practice: PracticeSigner;
let files: PracticeFiles;
const paths = new Map<string, { readonly signed: string; readonly extended: string }>();
let dss: ReadonlyMap<string, DssAnswer> = new Map();
let pyHanko: ReadonlyMap<string, PyHankoAnswer> = new Map();

/** A person of theirs: key, certificate and chain as files. */
async function theirPerson() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = practice.issue("Thea Theirs", new Uint8Array(publicKey.export({ type: "spki", format: "der" })));
  const save = async (name: string, text: string): Promise<string> => {
    const path = join(practice.folder, name);
    await writeFile(path, text);
    return path;
  };
  return {
    key: await save("theirs.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    certificate: await save("theirs.pem", encodePem("CERTIFICATE", certificate)),
    chain: [await save("issuing.pem", practice.sandbox.issuingCertificatePem)],
    roots: [await save("root.pem", practice.sandbox.rootCertificatePem)],
    tsa: practice.sandbox.baseUrls.tsa,
  };
}

describe.skipIf(!hasPyHanko)(`documents that pyHanko signed${pyHankoNote}`, () => {
  beforeAll(async () => {
    practice = await practiceSigner();
    files = practiceFiles(practice);
    const person = await theirPerson();
    const source = await files.save(makePdf());
    const orders = THEIRS.map(({ title, level, docMdp }) => {
      return { id: title, level, docMdp, source, target: files.fresh(), ...person };
    });
    const made = await signWithPyHanko(orders);
    for (const [index, { title, signedAgain }] of THEIRS.entries()) {
      const signed = orders[index]!.target;
      if (made.get(title)?.error !== undefined) {
        throw new Error(`pyHanko: ${title}: ${made.get(title)?.error}`);
      }
      const again = signedAgain ? [{ sign: "ECDSA P-256", level: "B-T", ...MARKS.invisible } as const] : [];
      const extended = (await files.make(signed, [...again, { extend: "B-LTA" }])).at(-1) ?? "";
      paths.set(title, { signed, extended });
    }
    const { roots } = person;
    const jobs = [...paths].map(([id, { extended }]) => ({ id, path: extended, roots }));
    [dss, pyHanko] = await Promise.all([
      hasJavaJudges ? askJavaJudges<DssAnswer>(jobs.map((job) => ({ ...job, judge: "dss" }))) : dss,
      askPyHanko(jobs.map((job) => ({ ...job, levels: ["LTA", "LTA"] }))),
    ]);
  });
  afterAll(() => practice.close());

  const ours = (path: string) => verifyFile(path, { trustAnchors: practice.anchors, revocation: "required" });

  test.each(THEIRS)("are intact for us, and of the level that pyHanko made: $title", async ({ title, level }) => {
    const [signature] = (await ours(paths.get(title)!.signed)).signatures;
    expect(signature).toMatchObject({ field: "Theirs", intact: true, level });
    // Without revocation data in the document nobody can say more.
    const carriesItAll = level === "B-LTA";
    expect(signature?.indication).toBe(carriesItAll ? "TOTAL-PASSED" : "INDETERMINATE");
    expect(signature?.subIndication).toBe(carriesItAll ? null : "TRY_LATER");
  });

  test.each(THEIRS)("are B-LTA for us and for pyHanko after we extended them: $title", async ({ title, level }) => {
    const report = await ours(paths.get(title)!.extended);
    expect(report.verdict).toBe("TOTAL-PASSED");
    const ofPeople = report.signatures.filter(({ type }) => type === "signature");
    expect(ofPeople.map((signature) => signature.level)).toEqual(ofPeople.map(() => "B-LTA"));
    // A B-B signature gets its timestamp from the document: see the level cases.
    const says = level === "B-B" ? WANTS_OTHER_TIMESTAMP : PASSED;
    const theirs = pyHanko.get(title)?.signatures ?? [];
    expect(theirs.map(({ indication }) => indication)).toEqual([says, PASSED].slice(0, ofPeople.length));
    expect(theirs.map(({ docMdpOk }) => docMdpOk)).toEqual(ofPeople.map(() => true));
  });

  test.skipIf(!hasJavaJudges).each(THEIRS)(
    `are B-LTA for EU DSS after we extended them: $title${javaNote}`,
    ({ title, docMdp, signedAgain }) => {
      const { signatures = [] } = dss.get(title) ?? {};
      const passed = { level: "PAdES-BASELINE-LTA", indication: "TOTAL_PASSED", errors: [], warnings: [] };
      expect(signatures).toMatchObject(Array.from({ length: signedAgain ? 2 : 1 }, () => passed));
      expect(signatures.map(({ undefinedChanges }) => undefinedChanges)).toEqual(signatures.map(() => []));
      expect(signatures[0]?.docMdp).toBe(DOC_MDP[docMdp ?? 0]);
    },
  );
});
