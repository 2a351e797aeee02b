import { existsSync, readFileSync } from "node:fs";

import type { BankIdQuestion } from "../../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { parseCertificates } from "../../../../electron/pki/certificate.ts";

const folder = new URL("../../../../../shared/providers/vectors/", import.meta.url);

/** A signature of BankID's own test environment (2017) lies beside the checkout; tests that need it are skipped where it does not. */
export const haveVectors = existsSync(folder);

export const vectorBytes = (name: string): Uint8Array => readFileSync(new URL(`bankid-${name}`, folder));
export const vectorText = (name: string): string => readFileSync(new URL(`bankid-${name}`, folder), "utf8");

/** Everything that the sheet says of the vector: it holds. */
export function vectorQuestion(): BankIdQuestion {
  return {
    evidence: { signature: vectorText("signature.b64"), ocspResponse: vectorText("ocsp.b64") },
    trust: { roots: parseCertificates(vectorBytes("test-root.pem")), policies: ["1.2.3.4.5"] },
    expected: {
      visibleText: "This is the data to be signed!!",
      visibleFormat: null,
      hiddenData: "This is the hidden data!!",
      personalNumber: "191212127771",
    },
    now: new Date("2026-11-28T00:00:00Z"),
  };
}
