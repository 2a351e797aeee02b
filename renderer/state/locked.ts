import type { DocumentView } from "../../shared/app-state.ts";

/** Encrypted, and nobody has given the password yet: it can be neither read nor signed nor checked. */
export function isLocked({ inspection }: DocumentView): boolean {
  return inspection.refusal?.code === "document.encrypted";
}

/** Would a password help this document on? */
export function wantsPassword(document: DocumentView): boolean {
  const { state } = document;
  switch (state.kind) {
    case "waiting-for-password":
      return true;
    case "needs-attention":
    case "failed":
      return state.failure.code === "document.password-needed" || isLocked(document);
    case "new":
    case "ready":
      return isLocked(document);
    case "waiting-for-you":
    case "waiting-for-provider":
    case "working":
    case "signed":
      return false;
  }
}
