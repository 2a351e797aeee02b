import type { DocumentView } from "../../../shared/app-state.ts";
import type { FileReport, SignatureReport } from "../../../shared/verification.ts";
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
  const { signatures } = report;
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

function people(signatures: readonly SignatureReport[]): { readonly names: string; readonly count: number } {
  const signers = signatures
    .filter(({ type }) => type === "signature")
    .map(({ signer }) => signer ?? text("banner.someone"));
  return { names: nameList([...new Set(signers)]), count: signatures.length };
}

function changes(signatures: readonly SignatureReport[]): readonly string[] {
  return signatures.some(({ changesAfter }) => changesAfter === "allowed") ? [text("banner.allowed-changes")] : [];
}
