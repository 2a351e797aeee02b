import type { HistoryDocument } from "../../../shared/history.ts";
import { providerName } from "../../text/provider-name.ts";
import { failureText, text } from "../../text/text.ts";

/** Enough of a digest to tell two documents of a page apart. */
const SHORT_DIGEST = 12;

/** The file's name as long as it is known, otherwise what its digest begins with. */
export function entryName({ name, source, result }: HistoryDocument): string {
  if (name !== null) return name;
  const digest = source ?? result;
  return digest === null
    ? text("history.unnamed-unknown")
    : text("history.unnamed", { digest: digest.slice(0, SHORT_DIGEST) });
}

/** "with itsme, profile Main, level B-T". */
export function howSigned({ provider, profile, environment, wanted, level, state }: HistoryDocument): string {
  const name = provider === null ? text("history.unknown-provider") : providerName(provider);
  const isNamed = profile !== null && environment !== "sandbox" && provider !== "certificate";
  const how = isNamed
    ? text("history.with-profile", { provider: name, profile })
    : text("history.with", { provider: name });
  if (state !== "delivered")
    return wanted === null ? how : `${how}, ${text("history.level-wanted", { level: wanted })}`;
  if (level === null) return `${how}, ${text("history.evidence")}`;
  return wanted === null || wanted === level
    ? `${how}, ${text("history.level", { level })}`
    : `${how}, ${text("history.level-instead", { level, wanted })}`;
}

/** Why it was not signed, or waits. Null: there is nothing to explain. */
export function entryReason({ failure, isFailureWhole, outcome }: HistoryDocument): string | null {
  if (failure !== null) {
    const what = failureText(failure, "what");
    return isFailureWhole ? `${what} ${failureText(failure, "why")}` : what;
  }
  return outcome === "not-signed" ? text("history.reason-unknown") : null;
}

export function verdictText({ verdict }: HistoryDocument): string | null {
  switch (verdict) {
    case null:
      return null;
    case "TOTAL-PASSED":
    case "INDETERMINATE":
      return text(`history.verdict.${verdict}`);
    default:
      return text("history.verdict.other", { verdict });
  }
}
