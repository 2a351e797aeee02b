import type { RawDocument } from "./raw-document.ts";
import type { SignedDocument } from "./sign-raw.ts";
import type { TestPki } from "./test-authority.ts";

/** One manipulated file. */
export interface Attack {
  readonly family: string;
  readonly name: string;
  /** One of the reasons, of the file or of a signature, begins like this. */
  readonly reason: string;
  /** What was signed is still what is shown; only the verdict must not pass. */
  readonly bytesStayHonest?: true;
  /** Fields whose own signature was made after the manipulation and covers it. */
  readonly mayStayIntact?: readonly string[];
  readonly build: () => RawDocument | string | Promise<RawDocument | string>;
}

/** What the attacks start from. */
export interface Victims {
  readonly pki: TestPki;
  /** Signed once, with a classic cross-reference table. */
  readonly table: SignedDocument;
  /** Signed once, with cross-reference streams and object streams. */
  readonly packed: SignedDocument;
  readonly hybrid: SignedDocument;
  /** Signed by two people. */
  readonly twice: SignedDocument;
  /** Certified with the permission of the index. */
  readonly certified: Readonly<Record<1 | 2 | 3, SignedDocument>>;
}

/** A short way to write many attacks of one family down. */
export const family =
  (name: string) =>
  (
    title: string,
    reason: string,
    build: Attack["build"],
    more: Pick<Attack, "bytesStayHonest" | "mayStayIntact"> = {},
  ): Attack => ({
    family: name,
    name: title,
    reason,
    build,
    ...more,
  });

/** Replaces text by text of the same length, filled with blanks, so that no offset moves. */
export function overwrite(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const changed = text.replace(from, (found) => {
    const replacement = typeof to === "string" ? to : to(found);
    if (replacement.length > found.length) {
      throw new Error(`too long by ${replacement.length - found.length}: ${replacement.slice(0, 80)}`);
    }
    return replacement.padEnd(found.length);
  });
  if (changed === text) {
    throw new Error(`nothing to replace: ${from}`);
  }
  return changed;
}
