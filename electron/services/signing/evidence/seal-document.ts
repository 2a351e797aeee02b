import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Failure, FailureCode } from "../../../../shared/failure.ts";
import { success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { writeEvidenceFiles } from "../../../evidence/bankid/evidence-files.ts";
import { attachToCopy } from "../../../pades/attach/attach-to-copy.ts";
import type { AttachmentObstacle } from "../../../pades/attach/attachment-obstacle.ts";
import type { PreparedSignature } from "../../../pades/prepared-signature.ts";
import type { ItemRecord } from "../../../storage/journal-record.ts";
import { MARK_FONT } from "../mark-font-file.ts";
import { reachLevel } from "../reach-level.ts";
import type { LevelReached } from "../reach-level.ts";
import { isBinding } from "../signing-environment.ts";
import { documentsIn } from "./accept-evidence.ts";
import { checkSeal, checkSealedEvidence } from "./check-sealed.ts";
import { evidencePage } from "./evidence-page.ts";
import { attachedPath, failureOf } from "./evidence-work.ts";
import type { EvidenceWork } from "./evidence-work.ts";
import type { OrganisationSeal } from "./organisation-seal.ts";
import { putSeal } from "./put-seal.ts";

export type Sealing =
  | { readonly kind: "sealed"; readonly seal: PreparedSignature; readonly reached: LevelReached }
  /** It cannot be put into the document: a package is made, and the person is told why. */
  | { readonly kind: "beside"; readonly why: Failure };

const OBSTACLES: Readonly<Record<AttachmentObstacle, FailureCode>> = {
  encrypted: "evidence.beside-encrypted",
  damaged: "evidence.beside-damaged",
  signed: "evidence.beside-signed",
  pdfa: "evidence.beside-pdfa",
  form: "evidence.beside-form",
  portfolio: "evidence.beside-portfolio",
  names: "evidence.beside-names",
};

/**
 * Puts the evidence into a staged copy of the document, seals it and checks the result. A failure is one that may pass (a
 * disk that is full, a timestamp service that is away); whatever else is in the way ends beside the document.
 */
export async function sealDocument(work: EvidenceWork, seal: OrganisationSeal): Promise<Result<Sealing, Failure>> {
  const { item } = work;
  try {
    const attached = await attach(work, seal);
    if (!attached.ok) {
      return isPassing(attached.failure) ? attached : success({ kind: "beside", why: changed(item) });
    }
    if (attached.value.kind === "obstacle") {
      return beside(item, OBSTACLES[attached.value.obstacle]);
    }
    const sealed = await sealAttached(work, seal);
    if (!sealed.ok) {
      return isPassing(sealed.failure) ? sealed : success({ kind: "beside", why: unsealed(item, sealed.failure) });
    }
    const { reached } = sealed.value;
    const pageMissing = attached.value.page === "left-out" ? failureOf(item, "evidence.page-left-out") : null;
    return success({
      ...sealed.value,
      kind: "sealed",
      reached: { ...reached, notice: reached.notice ?? pageMissing },
    });
  } finally {
    await rm(attachedPath(item), { force: true }).catch(() => undefined);
  }
}

async function attach({ parts, item, sent, signing, entry }: EvidenceWork, { organisation }: OrganisationSeal) {
  return attachToCopy({
    source: item.sourcePath,
    size: sent.size,
    sha256: sent.sha256,
    staged: attachedPath(item),
    attachments: writeEvidenceFiles(signing),
    page:
      item.evidencePage === false
        ? null
        : evidencePage({
            signing,
            entry,
            documents: documentsIn(signing),
            organisation,
            practice: !isBinding(parts.environment),
          }),
    font: new Uint8Array(await readFile(join(parts.fonts, MARK_FONT))),
    time: new Date(signing.report.signedAt ?? item.claimedTime),
  });
}

async function sealAttached(
  work: EvidenceWork,
  organisation: OrganisationSeal,
): Promise<Result<{ readonly seal: PreparedSignature; readonly reached: LevelReached }, Failure>> {
  const { parts, judge, item, sent, signing, environment, level, onStep, signal } = work;
  const put = await putSeal(work, organisation);
  if (!put.ok) {
    return put;
  }
  const { seal, level: own } = put.value;
  onStep("checking");
  const checked = await checkSeal(judge, item, seal, own);
  if (!checked.ok) {
    return checked;
  }
  let reached: LevelReached = { report: checked.value, notice: null };
  if (level === "B-LT" || level === "B-LTA") {
    onStep("extending");
    const wanted = { item, level, report: checked.value, password: undefined };
    const raised = await reachLevel(parts.environment.extend, judge, wanted, signal);
    // What keeps it from the level is no fault of the seal.
    const shortfall = raised.ok || !raised.failure.code.startsWith("extension.") ? null : raised.failure;
    if (!raised.ok && shortfall === null) {
      return raised;
    }
    reached = raised.ok ? raised.value : { ...reached, notice: shortfall };
  }
  const evidence = await checkSealedEvidence(item, sent, signing, environment.trust, reached.report);
  return evidence.ok ? success({ seal, reached }) : evidence;
}

/** What would come out again; the others of their kind are the disk's and the folder's, which may change. */
const LASTING: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "output.conformance",
  "output.verification",
  // SECURITY: of a signature that is asked for again; with evidence nobody is ever asked twice.
  "output.placeholder-too-small",
]);

/** Worth another try with the same evidence: disk, folder, network, an aborted wait. */
const isPassing = ({ code }: Failure): boolean =>
  (code.startsWith("output.") && !LASTING.has(code)) ||
  code.startsWith("timestamp.") ||
  code.startsWith("network.") ||
  code === "provider.cancelled";

const beside = (item: ItemRecord, code: FailureCode): Result<Sealing, Failure> =>
  success({ kind: "beside", why: failureOf(item, code) });

const changed = (item: ItemRecord): Failure => failureOf(item, "evidence.original-changed");

/** What kept the seal off, in words that the person can pass on. */
function unsealed(item: ItemRecord, failure: Failure): Failure {
  if (failure.code === "evidence.seal-refused" || failure.code === "evidence.no-seal") {
    return { ...failure, params: { name: item.name, ...failure.params } };
  }
  // A key or a certificate that cannot make this signature.
  if (failure.code.startsWith("provider.") || failure.code.startsWith("certificate.")) {
    return failureOf(item, "evidence.no-seal");
  }
  const message = failure.params?.["message"] ?? failure.params?.["reason"] ?? failure.code;
  return { code: "evidence.seal-refused", params: { name: item.name, reason: `${message}.`.replace("..", ".") } };
}
