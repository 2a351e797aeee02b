import type { DocumentView } from "../../../shared/app-state.ts";
import type { EvidenceReport, FileReport, SignatureReport } from "../../../shared/verification.ts";
import { nameList } from "../../text/format.ts";
import { isRevocationUnchecked } from "../../text/revocation.ts";
import { text } from "../../text/text.ts";
import type { Tone } from "../controls/message-bar.tsx";

export interface Banner {
  readonly tone: Tone;
  readonly sentences: readonly string[];
}

/** What to say over the pages about the signatures; null when there are none. The worst thing known comes first. */
export function signatureBanner(document: DocumentView, report: FileReport | null): Banner | null {
  if (report === null) {
    const count = document.inspection.signatures.length;
    const key = document.checking === null ? "banner.unchecked" : "banner.checking";
    return count === 0 ? null : { tone: "info", sentences: [text(key, { count })] };
  }
  const { signatures, evidence = [] } = report;
  if (evidence.length > 0) {
    return evidenceBanner(report.verdict, evidence, signatures);
  }
  switch (report.verdict) {
    case "NO-SIGNATURE":
      return null;
    case "UNREADABLE":
      return { tone: "bad", sentences: [text("banner.unreadable")] };
    case "TOTAL-FAILED": {
      const changed = signatures.some(({ changesAfter }) => changesAfter === "forbidden");
      return { tone: "bad", sentences: [text(changed ? "banner.changed" : "banner.failed")] };
    }
    case "INDETERMINATE":
      return { tone: "warn", sentences: [text("banner.indeterminate", people(signatures)), ...changes(signatures)] };
    case "TOTAL-PASSED":
      return {
        tone: "good",
        sentences: [
          text("banner.signed-valid", people(signatures)),
          ...(signatures.some(isRevocationUnchecked) ? [text("banner.revocation-unchecked")] : []),
          ...changes(signatures),
        ],
      };
  }
}

/**
 * SECURITY: who sealed is never named as who signed, and who signed with BankID is named only where that is proven and nothing
 * else is wrong with the file.
 */
function evidenceBanner(
  verdict: FileReport["verdict"],
  evidence: readonly EvidenceReport[],
  signatures: readonly SignatureReport[],
): Banner {
  if (evidence.some((one) => one.verdict === "failed")) {
    return { tone: "bad", sentences: [text("banner.proof-failed")] };
  }
  if (verdict === "TOTAL-FAILED") {
    const changed = signatures.some(({ changesAfter }) => changesAfter === "forbidden");
    return { tone: "bad", sentences: [text(changed ? "banner.changed" : "banner.failed")] };
  }
  if (verdict !== "TOTAL-PASSED") {
    const isOpen = evidence.some((one) => one.verdict === "undecided");
    return { tone: "warn", sentences: [text(isOpen ? "banner.proof-open" : "verdict.proof.INDETERMINATE")] };
  }
  const someone = text("banner.someone");
  const names = nameList([...new Set(evidence.map(({ person }) => person?.name ?? someone))]);
  const seals = nameList([...new Set(evidence.map(({ sealedBy }) => sealedBy?.signer ?? someone))]);
  return {
    tone: "good",
    sentences: [
      text("banner.proof-valid", { names, seals }),
      ...(signatures.some(isRevocationUnchecked) ? [text("banner.revocation-unchecked")] : []),
    ],
  };
}

function people(signatures: readonly SignatureReport[]): { readonly names: string; readonly count: number } {
  const signers = signatures
    .filter(({ type }) => type === "signature")
    .map(({ signer }) => signer ?? text("banner.someone"));
  return { names: nameList([...new Set(signers)]), count: signatures.length };
}

function changes(signatures: readonly SignatureReport[]): readonly string[] {
  return signatures.some(({ changesAfter }) => changesAfter === "allowed") ? [text("banner.allowed-changes")] : [];
}
