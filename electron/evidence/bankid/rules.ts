/**
 * What has to hold for BankID's answer to be evidence (sheet section 6), in the order in which it is asked, each with the
 * sentence for when it does not. The codes are stable: reports and tests name them.
 */
export const BANKID_RULES = {
  // The signature as a document
  "signature-encoding": "BankID's signature is not the Base64 of a document.",
  xml: "BankID's signature is not XML of the plain kind that BankID writes.",
  shape: "BankID's signature has not the parts that it should have, each once and in its place.",
  ids: "The signed parts of BankID's signature cannot be told apart by their Ids.",
  references: "BankID's signature does not cover exactly the signed data and the certificates.",
  algorithms: "BankID's signature was made with algorithms that are not accepted.",
  certificates: "The certificates in BankID's signature cannot be read.",
  content: "What was signed with BankID cannot be read without doubt.",
  // The signature as cryptography
  "signed-data-digest": "What was signed with BankID was changed afterwards.",
  "key-info-digest": "The certificates in BankID's signature were changed afterwards.",
  key: "The signer's key is not of a kind or size that is accepted.",
  "signature-value":
    "The value of BankID's signature does not belong to the signer's certificate and the signed parts.",
  // The answer about the certificate
  "ocsp-encoding": "The status response that belongs to the signature cannot be read.",
  "ocsp-certificate": "The status response is about another certificate.",
  "ocsp-status": "The signer's BankID was not valid when it was used: it was blocked or unknown.",
  "ocsp-algorithm": "The status response was signed with algorithms that are not accepted.",
  "ocsp-responder":
    "The status response was not signed by somebody who may speak for the issuer of the signer's certificate.",
  "ocsp-responder-valid": "The certificate of who signed the status response was not valid at that time.",
  "ocsp-time": "The times in the status response contradict each other.",
  "ocsp-nonce": "The status response belongs to another signature.",
  "not-in-the-future": "The status response bears a time that is still to come.",
  // The signer
  root: "The signer's certificate does not lead to a BankID root that this program trusts.",
  chain: "One of the certificates above the signer, or the signer's own, was not valid for this when it was used.",
  "key-usage": "The signer's certificate is not made for signatures that bind the signer.",
  policy: "The signer's certificate is no BankID of an accepted kind.",
  function: "BankID was used to identify, not to sign.",
  "personal-number": "The signer's certificate does not name one personal number.",
  // What we asked for
  "visible-text": "The signer was shown another text than this program sent.",
  "visible-format": "The text was shown in another format than this program sent.",
  "hidden-data": "The data signed together with the text are not those that this program sent.",
  person: "Somebody else signed than the person who was expected.",
} as const;

export type BankIdRule = keyof typeof BANKID_RULES;

export type BankIdOutcome =
  | "passed"
  | "failed"
  /** Something that has to come first failed. */
  | "not-checked"
  /** Nothing was given to compare with. */
  | "not-asked";

const ALL = Object.keys(BANKID_RULES) as BankIdRule[];

/** Thrown inside this folder alone: a rule does not hold, and what follows from it cannot be asked. */
export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
  readonly rule: BankIdRule;

  constructor(rule: BankIdRule) {
    super(BANKID_RULES[rule]);
    this.rule = rule;
  }
}

/** Outcomes so far. SECURITY: a rule that nobody has answered is "not-checked", and that is not a pass. */
export class RuleSheet {
  readonly #outcomes = new Map<BankIdRule, BankIdOutcome>(ALL.map((rule) => [rule, "not-checked"]));

  /** A failure stays one, whatever is said later. */
  set(rule: BankIdRule, outcome: BankIdOutcome): void {
    if (this.#outcomes.get(rule) !== "failed") {
      this.#outcomes.set(rule, outcome);
    }
  }

  judge(rule: BankIdRule, holds: boolean): boolean {
    this.set(rule, holds ? "passed" : "failed");
    return holds;
  }

  /** Runs what may throw `RuleBroken`; these rules hold when it does not. Undefined: it threw. */
  attempt<T>(rules: readonly BankIdRule[], read: () => T): T | undefined {
    try {
      const value = read();
      for (const rule of rules) {
        this.set(rule, "passed");
      }
      return value;
    } catch (error) {
      if (error instanceof RuleBroken) {
        this.set(error.rule, "failed");
        return undefined;
      }
      throw error;
    }
  }

  get outcomes(): readonly { readonly rule: BankIdRule; readonly outcome: BankIdOutcome }[] {
    return ALL.map((rule) => ({ rule, outcome: this.#outcomes.get(rule) ?? "not-checked" }));
  }
}
