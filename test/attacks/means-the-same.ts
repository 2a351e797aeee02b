import type { FileReport } from "../../shared/verification.ts";

/** Value of /Contents, in hexadecimal digits. */
const VALUES = /(?<=\/Contents\s*<)[0-9a-fA-F]*(?=>)/gu;

/**
 * The same file, but for the signature values: letters of hexadecimal digits, and parts of the CMS that say nothing. Only
 * of such a change may a file with changed bytes still pass.
 */
export function meansTheSame(text: string, original: string, before: FileReport, now: FileReport): boolean {
  const masked = (file: string): string => file.replaceAll(VALUES, (value) => `${value.length}`);
  return masked(text) === masked(original) && JSON.stringify(before.signatures) === JSON.stringify(now.signatures);
}
