import type { FailureCode } from "./failure.ts";

/** Why a signature cannot be put into a document, and evidence can lie beside it all the same. */
const NO_MATTER: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "document.certified-no-changes",
  "document.certified-no-new-mark",
  "document.damaged-signed",
  "document.locked-by-signature",
  "document.signing-not-permitted",
]);

/** A person who signs a text changes no document: what forbids changes does not forbid that. */
export const isNoMatter = (takes: "hash" | "document" | "text" | undefined, code: FailureCode): boolean =>
  takes === "text" && NO_MATTER.has(code);
