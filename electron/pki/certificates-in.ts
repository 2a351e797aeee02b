import { parseCertificates } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { DerProblem } from "./der-reader.ts";

/** The certificates of a PEM text. What is none vouches for nobody, so that it is as good as not there. */
export function certificatesIn(pem: string): readonly Certificate[] {
  try {
    return parseCertificates(new TextEncoder().encode(pem));
  } catch (error) {
    if (error instanceof DerProblem) {
      return [];
    }
    throw error;
  }
}
