import { isBankIdTestRoot } from "../../evidence/bankid/bankid-kinds.ts";
import { type Certificate, readableCertificates } from "../../pki/certificate.ts";

/**
 * BankID's roots as the settings name them. What is no certificate vouches for nobody.
 *
 * SECURITY: the test root is never among them, whoever wrote it there: anybody can have a test BankID in any name.
 */
export const configuredBankIdRoots = (pems: readonly string[]): readonly Certificate[] =>
  readableCertificates(pems).filter((root) => !isBankIdTestRoot(root));
