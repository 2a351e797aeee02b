import type { DocumentWarning } from "../../../../shared/document-warning.ts";
import { EVIDENCE_FILE_NAMES } from "../../../evidence/bankid/evidence-file-names.ts";
import { attachmentObstacle } from "../../../pades/attach/attachment-obstacle.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { usableSeal } from "./usable-seal.ts";

/**
 * What will become of the documents, before anybody is asked. "sealed": those that may be changed get the evidence inside,
 * under the seal of the organisation. "package", "unsealed": all get a package, because no seal is set up, or it cannot be
 * used. Null: the provider signs.
 */
export type EvidenceOutlook =
  | { readonly kind: "sealed"; readonly sealedBy: string }
  | { readonly kind: "package" | "unsealed"; readonly sealedBy: null }
  | null;

export async function evidenceOutlook(environment: SigningEnvironment, now: Date): Promise<EvidenceOutlook> {
  if (environment.provider.descriptor.returns !== "evidence") {
    return null;
  }
  const seal = environment.evidence === undefined ? "none" : await usableSeal(environment.evidence, now);
  if (typeof seal !== "string") {
    return { kind: "sealed", sealedBy: seal.organisation };
  }
  return { kind: seal === "none" ? "package" : "unsealed", sealedBy: null };
}

/** Must this document stay as it is, so that its evidence lies beside it? */
export function mustStayAsItIs(file: PdfFile): boolean {
  try {
    return attachmentObstacle(file, EVIDENCE_FILE_NAMES) !== null;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return true;
    }
    throw error;
  }
}

/** What the person should know before confirming. */
export function outlookWarnings(outlook: EvidenceOutlook, stays: boolean): readonly DocumentWarning[] {
  if (outlook?.kind === "unsealed") {
    return [{ code: "evidence-unsealed" }];
  }
  return outlook?.kind === "sealed" && stays ? [{ code: "evidence-beside" }] : [];
}
