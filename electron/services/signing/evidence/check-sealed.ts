import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FileReport } from "../../../../shared/verification.ts";
import type { BankIdTrust } from "../../../evidence/bankid/check-signer.ts";
import type { EvidenceContent } from "../../../evidence/bankid/evidence-files.ts";
import { checkConformance } from "../../../pades/conformance.ts";
import type { PreparedSignature } from "../../../pades/prepared-signature.ts";
import { openFileSource } from "../../../pdf/file-source.ts";
import { openPdf } from "../../../pdf/open-pdf.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { evidenceSets } from "../../../verify/evidence/evidence-set.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import type { ItemRecord, SentDocument } from "../../../storage/journal-record.ts";
import { digestOfStart } from "../../documents/digest-of-start.ts";
import type { Judge } from "../check-result.ts";
import { evidenceProblem } from "./verify-again.ts";

type Refusal = (reason: string) => Result<never, Failure>;

const refusal =
  (item: ItemRecord): Refusal =>
  (reason) =>
    failed({ code: "evidence.seal-refused", params: { name: item.name, reason } });

/** The sealed file as the baseline's rules and the verifier see it, which judges it as it would a stranger's. */
export async function checkSeal(
  judge: Judge,
  item: ItemRecord,
  seal: PreparedSignature,
  level: "B-B" | "B-T",
): Promise<Result<FileReport, Failure>> {
  const refuse = refusal(item);
  const { violations } = await checkConformance(item.stagedPath, {
    expectedLevel: level,
    certification: item.certification ?? null,
  });
  const [violation] = violations;
  if (violation !== undefined) {
    return refuse(violation.message);
  }
  const report = await judge(item.stagedPath);
  const own = report.signatures.find(({ field }) => field === seal.field);
  const isGood = own !== undefined && own.intact && own.indication !== "TOTAL-FAILED" && own.coverage === "whole-file";
  return isGood && report.signatures.length === 1
    ? success(report)
    : refuse(own?.reasons[0]?.message ?? report.reasons[0]?.message ?? "The seal could not be found.");
}

/**
 * SECURITY: what is delivered begins with the very bytes that the person signed for, and has the evidence in it that came,
 * which still holds, to the verifier too. Asked of the finished file, read anew.
 */
export async function checkSealedEvidence(
  item: ItemRecord,
  sent: SentDocument,
  signing: BankIdSigning,
  trust: BankIdTrust,
  report: FileReport,
): Promise<Result<null, Failure>> {
  const refuse = refusal(item);
  if ((await digestOfStart(item.stagedPath, sent.size)) !== sent.sha256) {
    return refuse("The result does not begin with the bytes of the document that was signed.");
  }
  const read = evidenceIn(item.stagedPath);
  if (read === null || !isSame(read, signing)) {
    return refuse("The evidence in the result is not the one that came.");
  }
  const problem = evidenceProblem(read, trust);
  if (problem !== null) {
    return refuse(`The evidence in the result does not hold (${problem.join(", ")}).`);
  }
  const [judged, ...others] = report.evidence ?? [];
  return judged?.verdict === "passed" && others.length === 0
    ? success(null)
    : refuse(judged?.reasons[0]?.message ?? "The verifier finds no evidence in the result, or more than one.");
}

/** The one evidence in a file; null: there is none that can be read without doubt, or more than one. */
function evidenceIn(path: string): EvidenceContent | null {
  let file: PdfFile | null = null;
  try {
    file = openPdf(openFileSource(path));
    const [set, ...others] = evidenceSets(file);
    return set !== undefined && set.findings.length === 0 && others.length === 0 ? (set.content ?? null) : null;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return null;
    }
    throw error;
  } finally {
    file?.close();
  }
}

const isSame = (one: EvidenceContent, other: EvidenceContent): boolean =>
  one.evidence.signature === other.evidence.signature &&
  one.evidence.ocspResponse === other.evidence.ocspResponse &&
  one.hiddenData === other.hiddenData &&
  one.visibleFormat === other.visibleFormat &&
  one.visibleText === other.visibleText;
