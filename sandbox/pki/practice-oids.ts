/** Object identifiers of the practice PKI, under 2.999: the arc that ITU-T X.660 keeps for examples. */
export const PRACTICE_OID = {
  personPolicy: "2.999.1.1",
  timestampPolicy: "2.999.1.2",
  sealPolicy: "2.999.1.3",
  /** ETSI EN 319 411-2: QCP-n-qscd, as in the certificates of the documents. */
  qualifiedPersonPolicy: "0.4.0.194112.1.2",
  /** Policy qualifier "CPS" (RFC 5280 4.2.1.4). */
  certificationPracticeStatement: "1.3.6.1.5.5.7.2.1",
  /** ETSI EN 319 412-1: identifiers of a natural person. */
  semanticsNatural: "0.4.0.194121.1.1",
  /** RFC 3739: pkixQCSyntax-v2. */
  qcSyntaxV2: "1.3.6.1.5.5.7.11.2",
  microsoftDocumentSigning: "1.3.6.1.4.1.311.10.3.12",
} as const;
