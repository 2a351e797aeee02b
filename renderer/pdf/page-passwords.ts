import type { DocumentView } from "../../shared/app-state.ts";
import type { DocumentId } from "../../shared/ids.ts";

/**
 * What was typed in this window, for pdf.js, which decrypts the pages here and is asked anew whenever another document has been
 * looked at in between.
 *
 * SECURITY: only what was typed here and was found right, only while the document is open, and outside of everything that is
 * drawn, sent or recorded. Main gives no password to the window.
 */
const passwords = new Map<DocumentId, string>();

export function keepPagePassword(document: DocumentId, password: string): void {
  passwords.set(document, password);
}

export function pagePassword(document: DocumentId): string | undefined {
  return passwords.get(document);
}

/** Forgets closed documents. A signed copy opens with the password of its original. */
export function followDocuments(documents: readonly DocumentView[]): void {
  for (const { id, signedFrom } of documents) {
    const inherited = signedFrom === null ? undefined : passwords.get(signedFrom);
    if (inherited !== undefined && !passwords.has(id)) passwords.set(id, inherited);
  }
  const open = new Set(documents.map(({ id }) => id));
  for (const id of passwords.keys()) {
    if (!open.has(id)) passwords.delete(id);
  }
}
