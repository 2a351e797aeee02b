const MAXIMUM = 50;

/**
 * File names as services take them: at most 50 characters, each only once (they are keys), without path separators and
 * control characters. In the order of the input.
 */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const { stem, extension } = parts(name);
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? "" : ` (${number})`;
      const candidate = cut(stem, MAXIMUM - suffix.length - extension.length) + suffix + extension;
      // Whether IDnow tells "A.pdf" from "a.pdf" is not known.
      if (!taken.has(candidate.toLowerCase())) {
        taken.add(candidate.toLowerCase());
        return candidate;
      }
    }
  });
}

function parts(name: string): { readonly stem: string; readonly extension: string } {
  const clean = name
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, "_")
    .trim();
  const stem = clean.replace(/\.pdf$/iu, "").trim();
  return { stem: stem === "" ? "document" : stem, extension: ".pdf" };
}

/** Never through the middle of a character. */
function cut(text: string, maximum: number): string {
  let length = 0;
  let kept = "";
  for (const character of text) {
    length += character.length;
    if (length > maximum) {
      break;
    }
    kept += character;
  }
  return kept.trimEnd();
}
