import { isBankIdTestRoot } from "../../evidence/bankid/bankid-kinds.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { certificatesIn } from "../../pki/certificates-in.ts";

/**
 * BankID's roots as the settings name them. What is no certificate vouches for nobody.
 *
 * SECURITY: the test root is never among them, whoever wrote it there: anybody can have a test BankID in any name.
 */
export const configuredBankIdRoots = (pems: readonly string[]): readonly Certificate[] =>
  pems.flatMap(certificatesIn).filter((root) => !isBankIdTestRoot(root));
