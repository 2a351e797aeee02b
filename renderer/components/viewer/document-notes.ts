import type { DocumentView } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";

/** Plain facts about the file, in words. */
export function documentNotes(document: DocumentView): readonly string[] {
  const { certification, refusal, repaired, warnings, emptyFields } = document.inspection;
  const notes: string[] = [];
  if (document.result !== null) notes.push(text("banner.has-result"));
  if (document.signedFrom !== null) notes.push(text("banner.signed-from"));
  if (certification !== null && refusal === null) notes.push(text("banner.certified"));
  if (repaired) notes.push(text("banner.repaired"));
  notes.push(...warnings.map(({ code, params }) => text(`warning.${code}`, params)));
  if (emptyFields.length > 0 && document.result === null) {
    notes.push(text("banner.empty-fields", { count: emptyFields.length }));
  }
  return notes;
}
