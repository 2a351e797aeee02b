/** One requirement that our own output misses. `rule` is stable; `message` is one plain English sentence. */
export interface ConformanceViolation {
  readonly rule: ConformanceRule;
  readonly message: string;
}

export type ConformanceRule =
  | "readable"
  | "signature-found"
  | "byte-range"
  | "contents-string"
  | "contents-der"
  | "padding"
  | "field"
  | "signature-flags"
  | "incremental-update"
  | "original-bytes"
  | "filter"
  | "sub-filter"
  | "signing-time-entry"
  | "no-certificate-entry"
  | "one-signer"
  | "detached"
  | "certificates"
  | "signed-attributes"
  | "attribute-not-allowed"
  | "reason-exclusive"
  | "algorithms"
  | "signature"
  | "unsigned-attributes"
  | "level"
  | "security-store"
  | "archive-timestamp"
  | "certification";

export const violation = (rule: ConformanceRule, message: string): ConformanceViolation => ({ rule, message });
