import { type Certificate, fingerprint } from "../../pki/certificate.ts";

/** Kinds of BankID by the policies of their certificates (sheet section 3.3): on file, on card, mobile, and one bank's own. */
export const PRODUCTION_POLICIES: readonly string[] = [
  "1.2.752.78.1.1",
  "1.2.752.78.1.2",
  "1.2.752.78.1.5",
  "1.2.752.71.1.3",
];
export const TEST_POLICIES: readonly string[] = ["1.2.3.4.5", "1.2.3.4.10", "1.2.3.4.25", "1.2.752.60.1.6"];

/** SHA-256 of "Test BankID Root CA v1 Test" (sheet section 7). */
const TEST_ROOT = "c6faeaf8ccadcfd0738dc99140ca788c1a19a93f843c5a9ec1369872d50e45f2";

/** BankID's own root for tests. SECURITY: anybody can have a test BankID in any name. */
export const isBankIdTestRoot = (root: Certificate): boolean => fingerprint(root) === TEST_ROOT;
