import type { PadesLevel } from "../../../shared/verification.ts";
import { openFileSource } from "../../pdf/file-source.ts";
import { isArray, isDict, isName, isRef, isStream } from "../../pdf/objects.ts";
import type { PdfDict } from "../../pdf/objects.ts";
import { openOptions, openPdf } from "../../pdf/open-pdf.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { digestRanges } from "../../pdf/range-digest.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import { parseCrl } from "../../pki/crl.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { toHex } from "../../pki/der-values.ts";
import { sha256 } from "../../pki/digest.ts";
import { parseOcspResponse } from "../../pki/ocsp.ts";
import { verifyTimestampToken } from "../../pki/timestamp.ts";
import { checkFile, findNewestSignature } from "./check-file.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

/**
 * Reads an extended file again, from the disk, and holds it against EN 319 142-1 table 1: at B-LT a well-formed document
 * security store, at B-LTA a document timestamp at the end that covers it. It asks nobody and judges no certificate;
 * whether the store is complete says the verifier.
 */
export async function checkLongTerm(
  path: string,
  level: Extract<PadesLevel, "B-LT" | "B-LTA">,
  password?: string,
): Promise<readonly ConformanceViolation[]> {
  let file: PdfFile | null = null;
  try {
    file = openPdf(openFileSource(path), openOptions(password));
    return [...checkStore(file), ...(level === "B-LTA" ? await checkArchive(path, file) : [])];
  } catch (error) {
    if (error instanceof PdfProblem || error instanceof DerProblem) {
      return [violation("readable", `The result cannot be read again: ${error.message}`)];
    }
    throw error;
  } finally {
    file?.close();
  }
}

const LISTS = [
  ["Certs", parseCertificate],
  ["OCSPs", parseOcspResponse],
  ["CRLs", parseCrl],
] as const;

/** Streams of DER, each once (EN 319 142-1 5.4.2.2), and for a document before PDF 2.0 the extension declared. */
function checkStore(file: PdfFile): readonly ConformanceViolation[] {
  const store = file.get(file.catalog, "DSS");
  if (!isDict(store)) {
    return [violation("security-store", "There is no document security store.")];
  }
  const violations = LISTS.flatMap(([key, parse]) => checkList(file, store, key, parse));
  const extensions = file.get(file.catalog, "Extensions");
  if (file.version < "2.0" && (!isDict(extensions) || !["ESIC", "ADBE"].some((key) => extensions.entries.has(key)))) {
    violations.push(violation("security-store", "The store is not declared as an extension of this PDF version."));
  }
  return violations;
}

function checkList(
  file: PdfFile,
  store: PdfDict,
  key: string,
  parse: (der: Uint8Array) => unknown,
): ConformanceViolation[] {
  const list = file.get(store, key);
  const seen = new Set<string>();
  return (isArray(list) ? list : []).flatMap((item) => {
    const object = file.resolve(item);
    if (!isRef(item) || !isStream(object)) {
      return [violation("security-store", `/${key} of the store holds something else than streams.`)];
    }
    const bytes = file.streamBytes(object);
    parse(bytes);
    const name = toHex(sha256(bytes));
    const repeated = seen.has(name);
    seen.add(name);
    return repeated ? [violation("security-store", `/${key} of the store holds something twice.`)] : [];
  });
}

async function checkArchive(path: string, file: PdfFile): Promise<readonly ConformanceViolation[]> {
  const found = findNewestSignature(file);
  if ("rule" in found) {
    return [found];
  }
  const { dictionary, byteRange, contents } = found;
  if (!isName(file.get(dictionary, "SubFilter"), "ETSI.RFC3161")) {
    return [violation("archive-timestamp", "What covers the file up to its end is no document timestamp.")];
  }
  const violations = [...checkFile(file, found)];
  if (!isName(file.get(dictionary, "Type"), "DocTimeStamp") || dictionary.duplicates.length > 0) {
    violations.push(violation("archive-timestamp", "The document timestamp's dictionary is not as it must be."));
  }
  const [first, firstLength, second, secondLength] = byteRange;
  const digest = await digestRanges(path, [
    { offset: first, length: firstLength },
    { offset: second, length: secondLength },
  ]);
  const verified = verifyTimestampToken({
    token: contents,
    imprint: (algorithm) => (algorithm === "SHA-256" ? digest : undefined),
    anchors: "none",
  });
  if (!verified.ok) {
    violations.push(violation("archive-timestamp", verified.failure.message));
  }
  return violations;
}
