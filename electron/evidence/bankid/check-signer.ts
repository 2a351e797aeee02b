import { type Certificate, sameCertificate } from "../../pki/certificate.ts";
import { nameValue, nameValues } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";
import { couldIssue, isSignedBy, validatePath } from "../../pki/path.ts";
import type { RuleSheet } from "./rules.ts";

/** Who is believed. */
export interface BankIdTrust {
  /** BankID's root certificates; the test root is never among those for production. */
  readonly roots: readonly Certificate[];
  /** Object identifiers of the kinds of BankID that are accepted. */
  readonly policies: readonly string[];
}

/** The signer as the certificate names them. */
export interface BankIdSigner {
  readonly name: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  /** Twelve digits. */
  readonly personalNumber: string | null;
}

const PERSONAL_NUMBER = /^\d{12}$/u;

export function signerOf({ subject }: Certificate): BankIdSigner {
  const numbers = nameValues(subject, OID.serialNumber);
  const [number = ""] = numbers;
  return {
    name: nameValue(subject, OID.commonName) ?? null,
    givenName: nameValue(subject, OID.givenName) ?? null,
    surname: nameValue(subject, OID.surname) ?? null,
    // SECURITY: with two numbers in a name, everybody reads the one that suits.
    personalNumber: numbers.length === 1 && PERSONAL_NUMBER.test(number) ? number : null,
  };
}

/** The certificate among those at hand whose key signed the signer's; undefined: none. */
export function issuerOf(signer: Certificate, others: readonly Certificate[]): Certificate | undefined {
  return others.find(
    (other) => !sameCertificate(other, signer) && couldIssue(other, signer) && isSignedBy(signer, other),
  );
}

/** What the signer's certificate is, and where it leads at the proven time. Without one nothing is said of the chain. */
export function checkSigner(
  signer: Certificate,
  others: readonly Certificate[],
  trust: BankIdTrust,
  at: Date | undefined,
  sheet: RuleSheet,
): void {
  sheet.judge("key-usage", signer.keyUsage?.has("nonRepudiation") === true);
  sheet.judge(
    "policy",
    signer.policies.some((policy) => trust.policies.includes(policy)),
  );
  sheet.judge("personal-number", signerOf(signer).personalNumber !== null);
  if (at === undefined) {
    return;
  }
  // SECURITY: a person's certificate that an administrator put among the roots would vouch for itself.
  const anchors = trust.roots.filter((root) => !sameCertificate(root, signer));
  const path = validatePath({ target: signer, candidates: others, anchors, at, purpose: "document-signing" });
  const isLedToRoot = path.ok || path.problem.code !== "no-chain";
  if (sheet.judge("root", isLedToRoot)) {
    sheet.judge("chain", path.ok);
  }
}
