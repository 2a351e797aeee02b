import { isArray, isDict, isStream } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";

export const storedCertificates = (file: PdfFile): readonly Certificate[] =>
  storedItems(file, "Certs", parseCertificate);

/** SECURITY: a store with a hundred thousand entries must not keep the program busy. */
const MAXIMUM_ITEMS = 2000;

/** What can be read of one list of the store; it is evidence to be checked, never trust. */
export function storedItems<T>(
  file: PdfFile,
  key: "Certs" | "OCSPs" | "CRLs",
  parse: (bytes: Uint8Array) => T,
): readonly T[] {
  const store = file.get(file.catalog, "DSS");
  const list = isDict(store) ? file.get(store, key) : null;
  return (isArray(list) ? list : []).slice(0, MAXIMUM_ITEMS).flatMap((item) => {
    try {
      const object = file.resolve(item);
      return isStream(object) ? [parse(file.streamBytes(object))] : [];
    } catch (error) {
      if (error instanceof DerProblem || error instanceof PdfProblem) {
        return [];
      }
      throw error;
    }
  });
}
