import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isString } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { Certificate } from "../../../electron/pki/certificate.ts";
import { parseSignedData } from "../../../electron/pki/cms-signed-data.ts";
import { signaturesOfForm } from "../../../electron/verify/find-signatures.ts";
import { documentStore } from "../../../electron/verify/validation-data.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";

const CORPUS = fileURLToPath(new URL("../../../../shared/corpus/", import.meta.url));
const hasCorpus = existsSync(`${CORPUS}MANIFEST.tsv`);

interface Row {
  readonly file: string;
  readonly expected: string;
}

interface Judged extends Row {
  readonly untrusted: FileReport;
  /** Each signer's own top certificate trusted, judged now and at the time that the signers claim. */
  readonly trusted: readonly FileReport[];
  readonly milliseconds: number;
}

function rows(): readonly Row[] {
  const [, ...lines] = readFileSync(`${CORPUS}MANIFEST.tsv`, "utf8").trimEnd().split("\n");
  return lines
    .map((line) => line.split("\t"))
    .map(([file = "", , , , , , expected = ""]) => ({ file, expected }))
    .filter(({ file }) => file.endsWith(".pdf"));
}

/** The last certificate of every chain that the signatures and the security store carry. */
function topCertificates(path: string): readonly Certificate[] {
  try {
    const file = openPdf(memorySource(new Uint8Array(readFileSync(path))));
    const ofSignatures = signaturesOfForm(file).flatMap(({ dict }) => {
      const contents = file.get(dict, "Contents");
      return isString(contents) ? certificatesOf(contents.bytes) : [];
    });
    const all = [...ofSignatures, ...documentStore(file).certificates];
    return all.filter((one) => !all.some((other) => isIssuerOf(other, one)));
  } catch {
    return [];
  }
}

const isIssuerOf = (other: Certificate, one: Certificate): boolean =>
  Buffer.compare(other.der, one.der) !== 0 && Buffer.compare(other.subject.raw, one.issuer.raw) === 0;

function certificatesOf(cms: Uint8Array): readonly Certificate[] {
  try {
    return parseSignedData(cms).certificates;
  } catch {
    return [];
  }
}

async function judge(row: Row): Promise<Judged> {
  const path = `${CORPUS}${row.file}`;
  const started = performance.now();
  const untrusted = await verifyFile(path, { trustAnchors: [] });
  const milliseconds = performance.now() - started;
  const trustAnchors = topCertificates(path);
  const claimed = untrusted.signatures.flatMap(({ claimedTime }) =>
    claimedTime === null ? [] : new Date(claimedTime).getTime(),
  );
  const then = new Date(claimed.length === 0 ? Date.now() : Math.max(...claimed) + 60_000);
  const trusted = [await verifyFile(path, { trustAnchors }), await verifyFile(path, { trustAnchors, at: then })];
  return { ...row, untrusted, trusted, milliseconds };
}

const isIntact = ({ signatures }: FileReport): boolean =>
  signatures.length > 0 && signatures.every(({ intact }) => intact);

/**
 * Overlapping links lie inside the revision that was signed; nothing was changed afterwards and every byte is accounted
 * for. Its SHA-1 timestamps keep it from passing; the overlap itself is not judged yet.
 */
const INTACT_BUT_SUSPICIOUS = ["attacks/dss__pades-multiple-pages-annots-overlap.pdf"];

describe.skipIf(!hasCorpus)(`the corpus${hasCorpus ? "" : " (skipped: ../shared/corpus is not there)"}`, () => {
  let judged: readonly Judged[] = [];

  beforeAll(async () => {
    const results: Judged[] = [];
    for (const row of rows()) {
      results.push(await judge(row));
    }
    judged = results;
  });

  const expecting = (...expected: readonly string[]): readonly Judged[] =>
    judged.filter((row) => expected.includes(row.expected));
  const names = (list: readonly Row[]): readonly string[] => list.map(({ file }) => file);

  test("never lets a suspicious, invalid or indeterminate file pass, whomever it trusts", () => {
    const passed = expecting("suspicious", "invalid", "indeterminate", "robust").filter(({ untrusted, trusted }) =>
      [untrusted, ...trusted].some(({ verdict }) => verdict === "TOTAL-PASSED"),
    );
    expect(names(passed)).toEqual([]);
  });

  test("never calls an attacked or changed file intact", () => {
    const intact = expecting("suspicious", "invalid").filter(({ untrusted }) => isIntact(untrusted));
    expect(names(intact)).toEqual(INTACT_BUT_SUSPICIOUS);
  });

  test("never says that an attacked file has no signature", () => {
    const blind = expecting("suspicious", "invalid").filter(({ untrusted }) => untrusted.verdict === "NO-SIGNATURE");
    expect(names(blind)).toEqual([]);
  });

  test("gives every refusal a reason", () => {
    const silent = expecting("suspicious", "invalid", "indeterminate").filter(
      ({ untrusted }) =>
        untrusted.reasons.length === 0 && untrusted.signatures.every(({ reasons }) => reasons.length === 0),
    );
    expect(names(silent)).toEqual([]);
  });

  test("finds every honest signature intact", () => {
    const honest = expecting("valid-integrity");
    const alarms = honest.filter(({ untrusted }) => !isIntact(untrusted));
    const detail = alarms.map(({ file, untrusted }) => [
      file,
      untrusted.verdict,
      ...untrusted.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ]);
    console.info(`valid-integrity: ${honest.length - alarms.length} of ${honest.length} intact`);
    expect(detail).toEqual([]);
  });

  test("finds no signature where there is none, or says why the file cannot be read", () => {
    const wrong = expecting("no-signature").filter(({ untrusted: { verdict, reasons, signatures } }) => {
      const told = verdict === "UNREADABLE" && reasons.length > 0;
      return signatures.length > 0 || !(verdict === "NO-SIGNATURE" || told);
    });
    expect(names(wrong)).toEqual([]);
  });

  test("answers for every file within ten seconds", () => {
    expect(judged.length).toBeGreaterThan(0);
    expect(names(judged.filter(({ milliseconds }) => milliseconds > 10_000))).toEqual([]);
  });
});
