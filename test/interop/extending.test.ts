import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extendFile } from "../../electron/pades/extend-signature.ts";
import type { ExtensionLevel } from "../../electron/pades/extend-signature.ts";
import { storedItems } from "../../electron/pades/extend/stored-data.ts";
import { readSignatureFields } from "../../electron/pades/earlier-signatures.ts";
import { openFileSource } from "../../electron/pdf/file-source.ts";
import { isArray, isString } from "../../electron/pdf/objects.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import { encodePem } from "../../electron/pki/pem.ts";
import { RevocationCache } from "../../electron/pki/revocation-cache.ts";
import { practiceSigner } from "../integration/pades/practice-signer.ts";
import type { PracticeSigner } from "../integration/pades/practice-signer.ts";
import { askPdfsig, askQpdf } from "./pades/outside-judges.ts";
import { hasTool, runTool } from "./pades/run-tool.ts";

const missing = ["openssl", "qpdf", "pdfsig"].filter((tool) => !hasTool(tool));
/** A Python that has pyHanko: the one named by SEALDESK_PYTHON, or the system's. */
const python = process.env["SEALDESK_PYTHON"] ?? "python3";
const hasPyHanko = spawnSync(python, ["-c", "import pyhanko.sign.validation.ades"], { timeout: 30_000 }).status === 0;
const pyHankoNote = hasPyHanko ? "" : " (pyHanko is not installed: set SEALDESK_PYTHON to a Python that has it)";

interface Step {
  readonly level: ExtensionLevel;
  readonly path: string;
}

let practice: PracticeSigner;
let original: string;
/** B-T with a signature timestamp, then B-LT, B-LTA, renewed twice. */
const steps: Step[] = [];

beforeAll(async () => {
  practice = await practiceSigner();
  const { folder, sandbox } = practice;
  await writeFile(join(folder, "root.pem"), sandbox.rootCertificatePem);
  await writeFile(join(folder, "issuing.pem"), sandbox.issuingCertificatePem);
  await writeFile(join(folder, "signer.pem"), encodePem("CERTIFICATE", practice.certificate));
  original = await practice.sign("B-T");
  let source = original;
  for (const level of ["B-LT", "B-LTA", "B-LTA", "B-LTA"] as const) {
    const staged = join(folder, `step-${steps.length}.pdf`);
    const outcome = await extendFile({
      source,
      staged,
      level,
      transport: practice.http,
      cache: new RevocationCache(),
      timestampUrl: sandbox.baseUrls.tsa,
      anchors: practice.anchors,
      timestampAnchors: practice.anchors,
      now: () => new Date(),
    });
    if (!outcome.ok || outcome.value.level !== level) {
      throw new Error(`not extended: ${JSON.stringify(outcome)}`);
    }
    steps.push({ level, path: staged });
    source = staged;
  }
});
afterAll(() => practice.close());

const openssl = async (line: string): Promise<string> =>
  (await runTool("openssl", line.split(" "), { cwd: practice.folder })).output;

/** Token and covered bytes of every document timestamp. */
async function documentTimestamps(path: string) {
  const bytes = await readFile(path);
  const file = openPdf(openFileSource(path));
  try {
    return readSignatureFields(file)
      .signed.filter(({ field }) => field.name.startsWith("Timestamp"))
      .map(({ dictionary }) => {
        const range = file.get(dictionary, "ByteRange");
        const contents = file.get(dictionary, "Contents");
        const [, length, second, rest] = isArray(range) ? range.map(Number) : [];
        const data = Buffer.concat([bytes.subarray(0, length), bytes.subarray(second, second! + rest!)]);
        return { data, token: isString(contents) ? contents.bytes : new Uint8Array() };
      });
  } finally {
    file.close();
  }
}

describe.skipIf(missing.length > 0)(
  `extended documents${missing.length > 0 ? ` (missing: ${missing.join()})` : ""}`,
  () => {
    test("keep their signature valid for pdfsig, and their structure for qpdf", async () => {
      const before = await askQpdf(original);
      for (const { path } of steps) {
        const verdict = (await askPdfsig(path, practice.folder)).get("Signature1");
        expect(verdict).toMatchObject({ valid: true, signer: "Ada Practice" });
        expect(await askQpdf(path)).toEqual(before);
      }
    });

    test("have document timestamps that OpenSSL verifies over the covered bytes", async () => {
      const stamps = await documentTimestamps(steps.at(-1)!.path);
      expect(stamps).toHaveLength(3);
      for (const { data, token } of stamps) {
        await writeFile(join(practice.folder, "stamp.data"), data);
        // Tag 0x30, a length of two octets; what follows is padding.
        await writeFile(
          join(practice.folder, "stamp.token"),
          token.subarray(0, 4 + Buffer.from(token).readUInt16BE(2)),
        );
        const verify = "ts -verify -token_in -in stamp.token -data stamp.data -CAfile root.pem -untrusted issuing.pem";
        expect(await openssl(verify)).toContain("Verification: OK");
      }
      await writeFile(join(practice.folder, "stamp.data"), "something else");
      expect(
        await openssl("ts -verify -token_in -in stamp.token -data stamp.data -CAfile root.pem -untrusted issuing.pem"),
      ).toContain("message imprint mismatch");
    });

    test("hold OCSP answers and lists that OpenSSL verifies", async () => {
      const file = openPdf(openFileSource(steps[0]!.path));
      const same = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
      const [responses, lists] = [storedItems(file, "OCSPs", same), storedItems(file, "CRLs", same)];
      file.close();
      const answers: string[] = [];
      for (const response of responses) {
        await writeFile(join(practice.folder, "answer.ocsp"), response);
        answers.push(
          await openssl("ocsp -respin answer.ocsp -issuer issuing.pem -cert signer.pem -CAfile root.pem -no_nonce"),
        );
      }
      expect(answers.every((answer) => answer.includes("Response verify OK"))).toBe(true);
      expect(answers.filter((answer) => answer.includes("signer.pem: good"))).toHaveLength(1);
      expect(lists).toHaveLength(1);
      await writeFile(join(practice.folder, "list.crl"), lists[0]!);
      expect(await openssl("crl -inform DER -in list.crl -CAfile root.pem -noout")).toContain("verify OK");
    });
  },
);

describe.skipIf(!hasPyHanko)(`pyHanko${pyHankoNote}`, () => {
  /** Ten years on, long after every certificate but the authorities' has run out. */
  const ask = async (path: string): Promise<unknown> => {
    const script = join(import.meta.dirname, "pades/pyhanko_lta.py");
    const { output } = await runTool(python, [script, path, join(practice.folder, "root.pem"), "3650"]);
    return JSON.parse(output.trim());
  };

  test("passes B-LTA documents by AdES rules, now and in ten years, and sees only long-term updates", async () => {
    for (const { path } of steps.filter(({ level }) => level === "B-LTA")) {
      expect(await ask(path)).toEqual({
        field: "Signature1",
        now: "AdESPassed.OK",
        archived: true,
        changes: "ModificationLevel.LTA_UPDATES",
        future: "AdESPassed.OK",
      });
    }
  });

  test("agrees that a B-LT document is not archived yet but has all it needs", async () => {
    expect(await ask(steps[0]!.path)).toMatchObject({ archived: false, future: "AdESPassed.OK" });
  });

  test("agrees that a B-T document lacks the data", async () => {
    expect(await ask(original)).not.toMatchObject({ future: "AdESPassed.OK" });
  });
});
