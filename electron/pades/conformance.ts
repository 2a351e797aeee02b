import type { Certification } from "../../shared/certification.ts";
import type { PadesLevel } from "../../shared/verification.ts";
import { openFileSource } from "../pdf/file-source.ts";
import { openOptions, openPdf } from "../pdf/open-pdf.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import { digestRanges } from "../pdf/range-digest.ts";
import { parseSignedData } from "../pki/cms-signed-data.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { isSigningDigest } from "../pki/signing-schemes.ts";
import { checkCms } from "./conformance/check-cms.ts";
import { checkCertification } from "./conformance/check-certification.ts";
import { checkDictionary } from "./conformance/check-dictionary.ts";
import { checkFile, findNewestSignature } from "./conformance/check-file.ts";
import { checkPrefix } from "./conformance/check-prefix.ts";
import type { ConformanceViolation } from "./conformance/violation.ts";

export interface ConformanceOptions {
  readonly expectedLevel: Extract<PadesLevel, "B-B" | "B-T">;
  /** The document before this signature: the result must begin with exactly its bytes. */
  readonly originalPath?: string;
  /** For an encrypted document that does not open without one. */
  readonly password?: string;
  /** What the signature was to certify; null or absent: nothing. */
  readonly certification?: Certification | null;
  readonly signal?: AbortSignal;
}

export interface ConformanceOutcome {
  /** Empty: the file may be delivered. */
  readonly violations: readonly ConformanceViolation[];
}

/**
 * Reads a finished file again, from the disk, and holds its newest signature against the baseline's requirements (ETSI
 * EN 319 142-1 6.3, items 1 to 23 of our checklist). It is a gate for our own output, not a verifier: it trusts nothing
 * that the writer remembers, asks nobody, and judges no certificate.
 */
export async function checkConformance(path: string, options: ConformanceOptions): Promise<ConformanceOutcome> {
  let file: PdfFile | null = null;
  try {
    file = openPdf(openFileSource(path), openOptions(options.password));
    return { violations: await checkOpened(path, file, options) };
  } catch (error) {
    if (error instanceof PdfProblem || error instanceof DerProblem) {
      return { violations: [{ rule: "readable", message: `The result cannot be read again: ${error.message}` }] };
    }
    throw error;
  } finally {
    file?.close();
  }
}

async function checkOpened(
  path: string,
  file: PdfFile,
  options: ConformanceOptions,
): Promise<readonly ConformanceViolation[]> {
  const found = findNewestSignature(file);
  if ("rule" in found) {
    return [found];
  }
  const [first, firstLength, second, secondLength] = found.byteRange;
  // Another algorithm than ours is a violation that `checkCms` names; what is hashed for it does not matter.
  const algorithm = parseSignedData(found.contents).signerInfos[0]?.digestAlgorithm;
  const digest = await digestRanges(
    path,
    [
      { offset: first, length: firstLength },
      { offset: second, length: secondLength },
    ],
    {
      ...(isSigningDigest(algorithm) ? { algorithm } : {}),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
  );
  return [
    ...checkFile(file, found),
    ...checkDictionary(file, found.dictionary),
    ...checkCertification(file, found, options.certification ?? null),
    ...checkCms(file, found, digest, options.expectedLevel),
    ...(options.originalPath === undefined
      ? []
      : await checkPrefix(path, options.originalPath, found.byteRange, options.signal)),
  ];
}
