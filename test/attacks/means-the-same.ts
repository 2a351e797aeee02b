import type { FileReport } from "../../shared/verification.ts";

/** Value of a signature's /Contents, in hexadecimal digits: no comment of an annotation is as long. */
const VALUES = /(?<=\/Contents\s*<)[0-9a-fA-F]{1000,}(?=>)/gu;

/**
 * The same file, but for the signature values where the original has them: letters of hexadecimal digits, and parts of the
 * CMS that say nothing. Only of such a change may a file with changed bytes still pass.
 */
export function meansTheSame(text: string, original: string, before: FileReport, now: FileReport): boolean {
  let from = 0;
  for (const { index, 0: value } of original.matchAll(VALUES)) {
    if (text.slice(from, index) !== original.slice(from, index)) {
      return false;
    }
    from = index + value.length;
  }
  return (
    text.slice(from) === original.slice(from) && JSON.stringify(before.signatures) === JSON.stringify(now.signatures)
  );
}
