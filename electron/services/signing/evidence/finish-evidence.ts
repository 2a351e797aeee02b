import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Failure } from "../../../../shared/failure.ts";
import type { EvidenceResult } from "../../../../shared/evidence-result.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { FileReport } from "../../../../shared/verification.ts";
import type { ItemRecord } from "../../../storage/journal-record.ts";
import { parseCertificate } from "../../../pki/certificate.ts";
import { nameTaken } from "../../documents/name-taken.ts";
import { outputName } from "../../documents/output-name.ts";
import { deliverItem, hasItsName, wasDelivered } from "../deliver-item.ts";
import { isBinding } from "../signing-environment.ts";
import type { DeliveredItem } from "../signing-steps.ts";
import { entryOf } from "./accept-evidence.ts";
import { evidencePackage } from "./evidence-package.ts";
import { attachedPath, failureOf } from "./evidence-work.ts";
import type { EvidenceWork } from "./evidence-work.ts";
import { organisationOf } from "./organisation-seal.ts";
import type { OrganisationSeal } from "./organisation-seal.ts";
import { isPackagePath, packageName } from "./package-name.ts";
import { sealDocument } from "./seal-document.ts";
import type { Sealing } from "./seal-document.ts";
import { usableSeal } from "./usable-seal.ts";
import { evidenceProblem } from "./verify-again.ts";

export type EvidenceParts = Omit<EvidenceWork, "entry" | "sent">;

/**
 * From evidence that the journal has to the delivered file: the sealed document, or a package beside the untouched one. Can
 * be repeated after a crash; the person is never asked again.
 */
export async function finishEvidence(parts: EvidenceParts): Promise<Result<DeliveredItem, Failure>> {
  const { item, signing, environment } = parts;
  const { sent } = item;
  const entry = entryOf(item, signing);
  if (entry === null || sent === null || sent === undefined) {
    return failed(failureOf(item, "evidence.not-this-document"));
  }
  const problem = evidenceProblem(signing, environment.trust);
  if (problem !== null) {
    return failed({ code: "evidence.not-valid", params: { name: item.name, rules: problem.join(", ") } });
  }
  // Without a timestamp service there is only the basic level; `deliverSealed` tells.
  const canTimestamp = parts.parts.environment.timestamp !== null;
  const work: EvidenceWork = { ...parts, sent, entry, level: canTimestamp ? parts.level : "B-B" };
  const found = item.phase === "assembled" ? await foundDelivered(work) : null;
  if (found !== null) {
    return success(found);
  }
  parts.onStep("assembling");
  const seal = await usableSeal(environment, new Date(parts.parts.clock.now()));
  if (seal === "none" || seal === "unusable") {
    return deliverPackage(work, seal === "none" ? null : failureOf(item, "evidence.no-seal"));
  }
  const sealing = await sealDocument(work, seal);
  if (!sealing.ok) {
    return sealing;
  }
  return sealing.value.kind === "beside"
    ? deliverPackage(work, sealing.value.why)
    : deliverSealed(work, lowered(sealing.value, parts.level !== work.level), seal);
}

type Sealed = Extract<Sealing, { readonly kind: "sealed" }>;

/** The wanted level could not be had for want of a timestamp service. */
function lowered(sealed: Sealed, isLowered: boolean): Sealed {
  const notice: Failure | null = isLowered ? { code: "extension.no-timestamp-service" } : null;
  return { ...sealed, reached: { ...sealed.reached, notice: sealed.reached.notice ?? notice } };
}

async function deliverSealed(
  { parts, item, signing, onStep }: EvidenceWork,
  { seal, reached }: Sealed,
  { organisation }: OrganisationSeal,
): Promise<Result<DeliveredItem, Failure>> {
  parts.journal.storeEvidenceAssembled(item.transaction, item.item, seal);
  onStep("delivering");
  const outcome = await deliverItem(parts.journal, { ...item, outputPath: documentPath(item) });
  if (!outcome.ok) {
    return outcome;
  }
  const { report, notice } = reached;
  const delivered = sealedItem(outcome.value, seal.field, report, notice, resultOf(signing, organisation));
  storeDelivered(parts, item, delivered);
  return success(delivered);
}

async function deliverPackage(
  { parts, item, signing, entry, onStep }: EvidenceWork,
  notice: Failure | null,
): Promise<Result<DeliveredItem, Failure>> {
  // An earlier try may have been on its way to a sealed document.
  await rm(attachedPath(item), { force: true });
  await rm(item.stagedPath, { force: true });
  const bytes = evidencePackage(signing, entry, !isBinding(parts.environment));
  await writeFile(item.stagedPath, bytes, { mode: 0o600, flag: "wx", flush: true });
  parts.journal.storeEvidenceAssembled(item.transaction, item.item, null);
  onStep("delivering");
  const outcome = await deliverItem(parts.journal, { ...item, outputPath: packagePath(item) }, packageName);
  if (!outcome.ok) {
    return outcome;
  }
  const delivered = packageItem(outcome.value, notice, resultOf(signing, null));
  storeDelivered(parts, item, delivered);
  return success(delivered);
}

/** An earlier try may have been on its way to a package, or to a document. */
function packagePath(item: ItemRecord): string {
  const folder = dirname(item.outputPath);
  return isPackagePath(item.outputPath)
    ? item.outputPath
    : join(
        folder,
        packageName(item, (name) => nameTaken(join(folder, name))),
      );
}

function documentPath(item: ItemRecord): string {
  if (!isPackagePath(item.outputPath)) {
    return item.outputPath;
  }
  const folder = dirname(item.outputPath);
  return join(
    folder,
    outputName(item.name, (name) => nameTaken(join(folder, name))),
  );
}

/** The file may have got its name just before the program ended. */
async function foundDelivered(work: EvidenceWork): Promise<DeliveredItem | null> {
  const { parts, item, judge, signing, entry } = work;
  const { prepared: seal, outputPath } = item;
  if (seal === null) {
    const bytes = evidencePackage(signing, entry, !isBinding(parts.environment));
    const isOurs = async (path: string): Promise<boolean> => (await readFile(path)).equals(bytes);
    if (!(await hasItsName(item, bytes.length, isOurs))) {
      return null;
    }
    const delivered = packageItem(outputPath, null, resultOf(signing, null));
    storeDelivered(parts, item, delivered);
    return delivered;
  }
  if (!(await wasDelivered(item, seal))) {
    return null;
  }
  const report = await judge(outputPath);
  const [leaf] = seal.chain;
  const organisation =
    leaf === undefined ? "?" : organisationOf(parseCertificate(new Uint8Array(Buffer.from(leaf, "base64"))));
  const delivered = sealedItem(outputPath, seal.field, report, null, resultOf(signing, organisation));
  storeDelivered(parts, item, delivered);
  return delivered;
}

function storeDelivered(parts: EvidenceWork["parts"], item: ItemRecord, { level, report }: DeliveredItem): void {
  parts.journal.storeDelivered(item.transaction, item.item, { level, verdict: report?.verdict ?? null });
}

const sealedItem = (
  outputPath: string,
  field: string,
  report: FileReport,
  notice: Failure | null,
  evidence: EvidenceResult,
): DeliveredItem => ({
  outputPath,
  level: report.signatures.find((one) => one.field === field)?.level ?? "B-B",
  report: { ...report, file: outputPath },
  notice,
  evidence,
});

const packageItem = (outputPath: string, notice: Failure | null, evidence: EvidenceResult): DeliveredItem => ({
  outputPath,
  level: null,
  report: null,
  notice,
  evidence,
});

const resultOf = ({ report }: EvidenceWork["signing"], sealedBy: string | null): EvidenceResult => ({
  kind: "bankid",
  form: sealedBy === null ? "package" : "sealed-pdf",
  signer: report.signer?.name ?? null,
  signedAt: report.signedAt,
  sealedBy,
});
