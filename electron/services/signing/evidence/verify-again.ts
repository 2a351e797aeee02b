import type { BankIdTrust } from "../../../evidence/bankid/check-signer.ts";
import type { EvidenceContent } from "../../../evidence/bankid/evidence-files.ts";
import { verifyBankIdEvidence } from "../../../evidence/bankid/verify-bankid-evidence.ts";
import type { BankIdRule } from "../../../evidence/bankid/rules.ts";

/** Codes of what does not hold of this evidence, with this trust; null: everything does. */
export function evidenceProblem(content: EvidenceContent, trust: BankIdTrust): readonly BankIdRule[] | null {
  const { evidence, hiddenData, visibleFormat, visibleText } = content;
  const report = verifyBankIdEvidence({ evidence, trust, expected: { hiddenData, visibleFormat, visibleText } });
  if (report.verdict === "passed") {
    return null;
  }
  const failing = report.problems.map(({ code }) => code);
  return failing.length === 0 ? ["root"] : failing;
}
