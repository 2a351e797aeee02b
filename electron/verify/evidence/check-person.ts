import type { BankIdReport } from "../../evidence/bankid/bankid-report.ts";
import { isBankIdTestRoot, PRODUCTION_POLICIES, TEST_POLICIES } from "../../evidence/bankid/bankid-kinds.ts";
import type { ReadEvidence } from "../../evidence/bankid/evidence-files.ts";
import { verifyBankIdEvidence } from "../../evidence/bankid/verify-bankid-evidence.ts";
import { isTextAbout } from "../../evidence/bankid/visible-text.ts";
import { nameValue } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { knownCertificate } from "../../pki/known-certificates.ts";
import type { EvidencePerson } from "../../../shared/verification.ts";
import { failure, type Finding, note, unsure } from "../finding.ts";

export interface CheckedPerson {
  readonly person: EvidencePerson | null;
  readonly provenTime: string | null;
  readonly findings: readonly Finding[];
}

/** All kinds: which of them a root vouches for, the roots that are trusted decide. */
const KINDS = [...PRODUCTION_POLICIES, ...TEST_POLICIES];

/**
 * Who signed what, and when: the evidence judged again from its own bytes, at the time that it proves, without any network.
 * Says nothing yet of the file that carries it.
 *
 * @param now The time of checking, which no evidence may lie behind.
 */
export function checkPerson(content: ReadEvidence, roots: readonly Certificate[], now: Date): CheckedPerson {
  const verify = (trusted: readonly Certificate[]): BankIdReport =>
    verifyBankIdEvidence({
      evidence: content.evidence,
      trust: { roots: trusted, policies: KINDS },
      expected: {
        visibleText: content.visibleText,
        visibleFormat: content.visibleFormat,
        hiddenData: content.hiddenData,
      },
      now,
    });
  const real = roots.filter((root) => !isBankIdTestRoot(root));
  const genuine = verify(real);
  const isTest = genuine.verdict === "undecided" && real.length < roots.length;
  const report = isTest ? verify(roots) : genuine;
  const findings = [...bankIdFindings(report, roots.length > 0)];
  if (isTest && report.verdict === "passed") {
    const message = "BankID's test root vouches for this person: anybody can have a test BankID in any name.";
    findings.push(note("bankid.test-person", message));
  }
  if (!isTextAbout(content.visibleText, content.visibleFormat, content.manifest.documents)) {
    const message = "The text that the person read does not name the documents that were signed with it.";
    findings.push(failure("GENERIC", "evidence.text-differs", message));
  }
  return { person: personOf(report), provenTime: report.signedAt, findings };
}

function bankIdFindings({ verdict, problems }: BankIdReport, hasRoots: boolean): readonly Finding[] {
  if (verdict === "passed") {
    return [];
  }
  if (verdict === "undecided") {
    const message = hasRoots
      ? "The person's certificate does not lead to a BankID root that is trusted here."
      : "No BankID root is trusted here, so nobody vouches for the person.";
    return [unsure("NO_CERTIFICATE_CHAIN_FOUND", "bankid.root", message)];
  }
  const told = problems.map(({ code, message }) => failure("GENERIC", `bankid.${code}`, message));
  // SECURITY: no evidence fails without a reason, whatever rules may be added.
  return told.length > 0 ? told : [failure("GENERIC", "bankid.not-checked", "The evidence could not be checked.")];
}

function personOf({ certificates, signer }: BankIdReport): EvidencePerson | null {
  const [first] = certificates;
  if (signer === null || first === undefined) {
    return null;
  }
  const { subject } = knownCertificate(new Uint8Array(Buffer.from(first, "base64")));
  const { name, personalNumber } = signer;
  return { name, personalNumber, organisation: nameValue(subject, OID.organization) ?? null };
}
