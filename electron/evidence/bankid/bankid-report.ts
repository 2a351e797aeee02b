import type { Certificate } from "../../pki/certificate.ts";
import { type BankIdSigner, signerOf } from "./check-signer.ts";
import { BANKID_RULES, type BankIdOutcome, type BankIdRule, type RuleSheet } from "./rules.ts";
import type { SignedData } from "./signed-data.ts";

/** The outcome as plain data. Everything but `verdict` is a claim as long as the verdict is not "passed". */
export interface BankIdReport {
  /**
   * "passed": every rule holds. "undecided": nothing speaks against it, but no trusted root vouches for the signer.
   * "failed": the rest.
   */
  readonly verdict: "passed" | "undecided" | "failed";
  /** Every rule with what came out, in the order of `BANKID_RULES`. */
  readonly rules: readonly { readonly rule: BankIdRule; readonly outcome: BankIdOutcome }[];
  /** Those that do not hold, each with its sentence. */
  readonly problems: readonly { readonly code: BankIdRule; readonly message: string }[];
  readonly signer: BankIdSigner | null;
  /** ISO 8601: when BankID answered for the signer's certificate, bound to this signature. */
  readonly signedAt: string | null;
  readonly visibleText: string | null;
  readonly visibleFormat: string | null;
  /** Base64. */
  readonly hiddenData: string | null;
  readonly relyingParty: { readonly name: string | null; readonly displayName: string | null } | null;
  readonly client: Readonly<Record<string, string>>;
  /** Base64 of DER, the signer's first. */
  readonly certificates: readonly string[];
}

export interface BankIdFindings {
  readonly data: SignedData | undefined;
  readonly signer: Certificate | undefined;
  readonly certificates: readonly Certificate[] | undefined;
  readonly producedAt: Date | undefined;
}

export function reportOf(sheet: RuleSheet, { data, signer, certificates, producedAt }: BankIdFindings): BankIdReport {
  const rules = sheet.outcomes;
  return {
    verdict: verdictOf(rules),
    rules,
    problems: rules
      .filter(({ outcome }) => outcome === "failed")
      .map(({ rule }) => ({ code: rule, message: BANKID_RULES[rule] })),
    signer: signer === undefined ? null : signerOf(signer),
    signedAt: producedAt?.toISOString() ?? null,
    visibleText: data?.visibleText ?? null,
    visibleFormat: data?.visibleFormat ?? null,
    hiddenData: base64OrNull(data?.hiddenData),
    relyingParty: data?.relyingParty ?? null,
    client: data?.client ?? {},
    certificates: (certificates ?? []).map(({ der }) => Buffer.from(der).toString("base64")),
  };
}

/** SECURITY: a pass has to be earned rule by rule; only comparisons may be left out, and only by who asks. */
function verdictOf(rules: BankIdReport["rules"]): BankIdReport["verdict"] {
  const open = rules.filter(({ outcome }) => outcome !== "passed" && outcome !== "not-asked");
  if (open.length === 0) {
    return "passed";
  }
  // Without a root there is no chain to be judged.
  const onlyTrust = open.every(
    ({ rule, outcome }) => rule === "root" || (rule === "chain" && outcome === "not-checked"),
  );
  return onlyTrust ? "undecided" : "failed";
}

const base64OrNull = (bytes: Uint8Array | null | undefined): string | null =>
  bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString("base64");
