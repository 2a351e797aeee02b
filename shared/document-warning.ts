/**
 * What a person should know before signing, though nothing forbids it. Words: `warning.<code>` in `shared/messages/`;
 * `params` fills them.
 */
export interface DocumentWarning {
  readonly code: WarningCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type WarningCode = (typeof WARNING_CODES)[number];

export const WARNING_CODES = [
  // What the mark covers
  "covers-field",
  "covers-annotation",
  "covers-signature",
  // What kind of document it is
  "xfa",
  "portfolio",
  "usage-rights",
  "unfinished-form",
  // What is wrong with it already
  "earlier-signature-broken",
  "earlier-signature-of-nobody",
  "hidden-parts",
  // What nobody sees in it now, and somebody could bring to light
  "covered-content",
  "hidden-layers",
  "differing-layers",
  "field-shows-otherwise",
  "more-fields-show-otherwise",
  "doubled-entries",
  "pages-not-searched",
  "fields-not-searched",
  // What the field's author wants
  "field-timestamp-service",
  "field-keeps-its-lock",
  // Where evidence will lie
  "evidence-beside",
  "evidence-unsealed",
] as const;
