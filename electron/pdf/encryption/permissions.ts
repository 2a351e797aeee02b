/** What a file allows to those who opened it with the user password (ISO 32000-2 table 22). */
export interface PdfPermissions {
  readonly print: boolean;
  readonly modify: boolean;
  readonly copy: boolean;
  /** Add and change annotations. */
  readonly annotate: boolean;
  /** Fill in fields that exist; this is also what signing in an existing field needs. */
  readonly fillForms: boolean;
  /** Make new fields; this is also what signing without an existing field needs. */
  readonly createFields: boolean;
  readonly assemble: boolean;
}

export const ALL_PERMITTED: PdfPermissions = {
  print: true,
  modify: true,
  copy: true,
  annotate: true,
  fillForms: true,
  createFields: true,
  assemble: true,
};

/** @param flags /P as a 32-bit number; bits are counted from 1. */
export function readPermissions(flags: number, revision: number): PdfPermissions {
  const bit = (position: number): boolean => (flags & (1 << (position - 1))) !== 0;
  const [modify, annotate] = [bit(4), bit(6)];
  return {
    print: bit(3),
    modify,
    copy: bit(5),
    annotate,
    // Bits 9 and 11 have a meaning from revision 3 on.
    fillForms: annotate || (revision >= 3 && bit(9)),
    createFields: annotate && modify,
    assemble: modify || (revision >= 3 && bit(11)),
  };
}
