/** What the practice installation is set up for. */
export interface BankIdAccount {
  /** Header `tenant`. */
  readonly tenant: string;
  readonly user: string;
  readonly password: string;
  /** Of the BankID API behind PhenixID: `pnr` exists in the older one only. */
  readonly version: "v5.1" | "v6.0";
  /** Whether PhenixID's server encodes the texts, or expects them in Base64. */
  readonly encode: "plain" | "base64";
  /**
   * Which statuses PhenixID tells: "hints" are BankID's own in capitals, "documented" only those of its list of values; the
   * rest is PENDING, CANCELLED or ERROR.
   */
  readonly statuses: "hints" | "documented";
  /** PhenixID's documents print the body of a 500 with typographic quotation marks, which is no JSON. */
  readonly errorBody: "json" | "as-printed";
  /** Codes of so many seconds before and after the present one are accepted. */
  readonly codeSeconds: number;
  /** All time limits are multiplied by this. */
  readonly timeFactor: number;
  /** Whether a result is gone once it was fetched. */
  readonly collectOnce: boolean;
  /** Whether the RP API refuses to be asked about an order more than twice a second. */
  readonly limitsRate: boolean;
  /** How BankID's responder signs: with SHA-1, as in PhenixID's example, or with SHA-256. */
  readonly responseDigest: "SHA-1" | "SHA-256";
  /** Name of the relying party as the app shows it. */
  readonly displayName: string;
}

export const practiceAccount: BankIdAccount = {
  tenant: "practice",
  user: "practice",
  password: "practice",
  version: "v6.0",
  encode: "plain",
  statuses: "hints",
  errorBody: "json",
  codeSeconds: 2,
  timeFactor: 1,
  collectOnce: true,
  limitsRate: true,
  responseDigest: "SHA-256",
  displayName: "Sealdesk Practice",
};
