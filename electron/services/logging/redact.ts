import { homedir } from "node:os";

/** Turns a text into one without secrets and personal data, as far as they can be recognised. */
export interface Redactor {
  redact(text: string): string;
  /** From now on this very text never passes, in any of its usual spellings. Shorter than four characters: ignored. */
  conceal(secret: string): void;
}

const MINIMUM_SECRET_LENGTH = 4;

/**
 * Applied in this order; each keeps what helps support (that there was a path) and not what it said. `SECURITY:` this is
 * the second line. The first is that entries have codes and facts, and no free text.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // What is signed with, and what proves who one is.
  [/-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/gu, "[PEM]"],
  [/\b(?:Bearer|Basic|Digest|Negotiate)\s+[\w~+/.=-]+/giu, "[authorization]"],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/gu, "[token]"],
  [
    /(?<![a-z])(pass(?:word|phrase|wd)?|secret|pin|tan|otp|passcode|token|api[-_ ]?key|authorization|cookie)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}&]+)/giu,
    "$1$2[hidden]",
  ],
  // Addresses keep scheme and host only; what stands behind may name a session.
  [/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#@"'<>]*@)?([^\s/?#"'<>]+)[^\s"'<>]*/giu, "$1$2/…"],
  [/\bbankid:[^\s"'<>]*/giu, "bankid:…"],
  // People.
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[e-mail]"],
  [/(?<![\w.])\+\d[\d ()/-]{5,}\d/gu, "[phone]"],
  [/(?<![\w-])(?:\d{2})?\d{6}[-+ ]?\d{4}(?![\w-])/gu, "[number]"],
  // Files: drive letters, shares, and paths of two parts or more.
  [/\b[a-z]:\\[^\s"'<>|:]*(?: [^\s"'<>|:\\]*\\[^\s"'<>|:]*)*/giu, "[path]"],
  [/\\\\[^\s"'<>|]+/gu, "[path]"],
  [/(?<![\w.:/…])~?\/(?:[^\s"'<>:/()]+\/)+[^\s"'<>:()]*/gu, "[path]"],
  [/\b[\p{L}\p{N}_. -]{1,200}\.(?:pdf|p12|pfx|pem|key|cer|crt|docx?|xlsx?|zip)\b/giu, "[file]"],
  // Long values of any kind; ids of runs (UUIDs) stay, they say nothing to anybody else.
  [
    /(?<![\w-])(?![\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-]))[\w+/=-]*\w{24,}[\w+/=-]*/giu,
    "[value]",
  ],
  // Codes from a phone, account and card numbers.
  [/(?<![\w.-])\d{6,}(?![\w-])/gu, "[digits]"],
];

export function createRedactor(): Redactor {
  const concealed = new Set<string>();
  const redactor: Redactor = {
    conceal(secret) {
      if (secret.length < MINIMUM_SECRET_LENGTH) {
        return;
      }
      const bytes = Buffer.from(secret, "utf8");
      for (const spelling of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        bytes.toString("base64"),
        bytes.toString("base64url"),
        bytes.toString("hex"),
      ]) {
        concealed.add(spelling);
      }
    },
    redact(text) {
      let told = text;
      // Longer ones first, so that none is left in halves.
      for (const secret of [...concealed].sort((one, other) => other.length - one.length)) {
        told = told.replaceAll(secret, "[hidden]");
      }
      for (const [pattern, replacement] of PATTERNS) {
        told = told.replace(pattern, replacement);
      }
      return told;
    },
  };
  redactor.conceal(homedir());
  return redactor;
}
