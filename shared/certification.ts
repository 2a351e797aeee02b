/** What a certification signature lets others do (ISO 32000-2 table 257): levels 1, 2 and 3 of DocMDP, in this order. */
export const CERTIFICATIONS = ["no-changes", "forms", "annotations"] as const;

/**
 * `no-changes`: nothing but proofs (validation data, document timestamps). `forms`: filling in and signing the fields
 * that are there. `annotations`: also commenting.
 */
export type Certification = (typeof CERTIFICATIONS)[number];
