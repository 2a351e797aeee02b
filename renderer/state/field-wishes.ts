import type { DocumentView, EmptyField } from "../../shared/app-state.ts";
import { CERTIFICATIONS } from "../../shared/certification.ts";
import type { Certification } from "../../shared/certification.ts";
import type { DocumentId } from "../../shared/ids.ts";
import { placementOf } from "./mark-placement.ts";
import type { MarkChoices } from "./window-state.ts";

/** What the authors of the chosen signature fields ask for, over all documents that will be signed. */
export interface FieldWishes {
  /** To choose from; null: any reason, or none. Empty: no reason may be given. */
  readonly reasons: readonly string[] | null;
  readonly reasonRequired: boolean;
  /** The field that decides about certifying, and how; null: the person decides. */
  readonly certification: { readonly field: string; readonly value: Certification | null } | null;
}

export function fieldWishes(
  documents: readonly DocumentView[],
  mark: MarkChoices,
  current: DocumentId | null,
): FieldWishes {
  const fields = documents.flatMap((document) => chosenField(document, mark, current) ?? []);
  const lists = fields.flatMap(({ reasons }) => (reasons === null ? [] : [reasons]));
  const [first = null, ...others] = lists;
  const asking = fields.find(({ certification }) => certification !== null);
  return {
    reasons: first === null ? null : first.filter((reason) => others.every((list) => list.includes(reason))),
    reasonRequired: fields.some(({ reasonRequired }) => reasonRequired),
    certification: asking === undefined ? null : { field: asking.name, value: certificationOf(asking.certification) },
  };
}

function chosenField(document: DocumentView, mark: MarkChoices, current: DocumentId | null): EmptyField | undefined {
  const placement = placementOf(document, mark, current);
  return placement?.kind === "field"
    ? document.inspection.emptyFields.find(({ name }) => name === placement.field)
    : undefined;
}

/** DocMDP levels 1 to 3; 0 is an ordinary signature. */
function certificationOf(level: EmptyField["certification"]): Certification | null {
  return level === null || level === 0 ? null : (CERTIFICATIONS[level - 1] ?? null);
}

/** The first document that cannot be certified any more, because something is signed in it; null when all can. */
export function notCertifiable(documents: readonly DocumentView[]): DocumentView | null {
  return (
    documents.find(
      ({ inspection: { signatures, certification } }) => signatures.length > 0 || certification !== null,
    ) ?? null
  );
}
