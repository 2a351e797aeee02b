import type { FileVerdict } from "../../../shared/verification.ts";
import type { Tone } from "../controls/message-bar.tsx";
import type { IconName } from "../icon/icon.tsx";

export interface VerdictLook {
  readonly tone: Tone;
  readonly icon: IconName;
}

/** Only TOTAL-PASSED is green; "not certain" never looks like "valid". */
export function verdictLook(verdict: FileVerdict): VerdictLook {
  switch (verdict) {
    case "TOTAL-PASSED":
      return { tone: "good", icon: "check" };
    case "INDETERMINATE":
      return { tone: "warn", icon: "question" };
    case "TOTAL-FAILED":
    case "UNREADABLE":
      return { tone: "bad", icon: "error" };
    case "NO-SIGNATURE":
      return { tone: "info", icon: "info" };
  }
}
