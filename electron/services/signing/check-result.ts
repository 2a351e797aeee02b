import { copyFile, rm, truncate } from "node:fs/promises";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { checkConformance } from "../../pades/conformance.ts";
import type { PreparedSignature } from "../../pades/prepared-signature.ts";
import { openOptions } from "../../pdf/open-pdf.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import { keptForLater } from "./kept-for-later.ts";

/** The verifier, for one time and one set of trust anchors. */
export type Judge = (path: string) => Promise<FileReport>;

/**
 * Our own two judges of a finished, staged file: the baseline's rules, and the verifier, which judges it as it would a
 * stranger's. The original is not needed: it may be gone by now, and what was approved must still be delivered.
 */
export async function checkResult(
  judge: Judge,
  item: ItemRecord,
  prepared: PreparedSignature,
  level: "B-B" | "B-T",
  password: string | undefined,
): Promise<Result<FileReport, Failure>> {
  const { violations } = await checkConformance(item.stagedPath, {
    expectedLevel: level,
    certification: item.certification ?? null,
    ...openOptions(password),
  });
  const [violation] = violations;
  if (violation !== undefined) {
    return refused(item, "output.conformance", { rule: violation.rule, message: violation.message });
  }
  if (!(await beginsWithOriginal(item, prepared))) {
    return refused(item, "output.conformance", {
      rule: "original-bytes",
      message: "The result does not begin with the bytes of the original.",
    });
  }
  const report = await judge(item.stagedPath);
  const own = report.signatures.find((signature) => signature.field === prepared.field);
  const good = own !== undefined && own.intact && own.indication !== "TOTAL-FAILED" && own.coverage === "whole-file";
  const kept = own === undefined ? null : keptForLater(own);
  if (kept !== null) {
    return failed(kept);
  }
  if (!good) {
    return refused(item, "output.verification", { reason: own?.reasons[0]?.code ?? report.reasons[0]?.code ?? "?" });
  }
  const broken = report.signatures.length === 1 ? null : await brokenEarlier(judge, item, prepared, report);
  return broken === null
    ? success(report)
    : refused(item, "output.verification", { reason: `earlier-signature.${broken}` });
}

/**
 * SECURITY: what was signed are the bytes that the person saw and confirmed. Compared by the digest of the review, so
 * that it holds whatever has become of the original since. A rewritten file has no original that it begins with.
 */
async function beginsWithOriginal(item: ItemRecord, prepared: PreparedSignature): Promise<boolean> {
  if (item.rewrite) {
    return true;
  }
  return (
    (await digestOfStart(item.stagedPath, item.sourceSize)) === item.sourceSha256 &&
    prepared.originalSize === item.sourceSize &&
    prepared.byteRange[1] >= item.sourceSize
  );
}

/** A signature that was intact in the original must still be; returns the field of one that is not. */
async function brokenEarlier(
  judge: Judge,
  item: ItemRecord,
  prepared: PreparedSignature,
  after: FileReport,
): Promise<string | null> {
  const before = await reportOfEarlier(judge, item, prepared.originalSize);
  const broken = before.signatures.find((signature) => {
    const now = after.signatures.find((other) => other.field === signature.field);
    return signature.intact && now?.intact !== true;
  });
  return broken?.field ?? null;
}

/** Of the document as it was before, as it stands in the result: the original itself may have changed or gone. */
export async function reportOfEarlier(judge: Judge, item: ItemRecord, size: number): Promise<FileReport> {
  const earlier = `${item.stagedPath}.earlier`;
  try {
    await copyFile(item.stagedPath, earlier);
    await truncate(earlier, size);
    return await judge(earlier);
  } finally {
    await rm(earlier, { force: true });
  }
}

function refused(
  item: ItemRecord,
  code: "output.conformance" | "output.verification",
  params: Readonly<Record<string, string>>,
): Result<FileReport, Failure> {
  return failed({ code, params: { name: item.name, ...params } });
}
