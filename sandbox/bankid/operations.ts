/** The calls of PhenixID's local API and of BankID's own RP API, as faults name them. */
export const bankidOperations = [
  "bankid/phenixid-sign",
  "bankid/phenixid-collect",
  "bankid/rp-sign",
  "bankid/rp-auth",
  "bankid/rp-collect",
  "bankid/rp-cancel",
] as const;
