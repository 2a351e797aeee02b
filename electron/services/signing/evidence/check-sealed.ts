import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FileReport } from "../../../../shared/verification.ts";
import type { BankIdTrust } from "../../../evidence/bankid/check-signer.ts";
import { readEvidenceFiles } from "../../../evidence/bankid/evidence-files.ts";
import { checkConformance } from "../../../pades/conformance.ts";
import type { PreparedSignature } from "../../../pades/prepared-signature.ts";
import type { BankIdSigning } from "../../../providers/provider.ts";
import type { ItemRecord, SentDocument } from "../../../storage/journal-record.ts";
import { digestOfStart } from "../../documents/digest-of-start.ts";
import type { Judge } from "../check-result.ts";
import { attachedFiles } from "./read-attached.ts";
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
 * which still holds. Asked of the finished file, read anew.
 */
export async function checkSealedEvidence(
  item: ItemRecord,
  sent: SentDocument,
  signing: BankIdSigning,
  trust: BankIdTrust,
): Promise<Result<null, Failure>> {
  const refuse = refusal(item);
  if ((await digestOfStart(item.stagedPath, sent.size)) !== sent.sha256) {
    return refuse("The result does not begin with the bytes of the document that was signed.");
  }
  const read = readEvidenceFiles(attachedFiles(item.stagedPath) ?? new Map());
  if (!read.ok) {
    return refuse(`The evidence cannot be read back (${read.failure.code}).`);
  }
  const { evidence, hiddenData, visibleFormat, visibleText } = read.value;
  const isSame =
    evidence.signature === signing.evidence.signature &&
    evidence.ocspResponse === signing.evidence.ocspResponse &&
    hiddenData === signing.hiddenData &&
    visibleFormat === signing.visibleFormat &&
    visibleText === signing.visibleText;
  const problem = isSame ? evidenceProblem(read.value, trust) : [];
  return problem === null
    ? success(null)
    : refuse(`The evidence in the result is another one (${problem.join(", ")}).`);
}
