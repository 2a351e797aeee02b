import type {
  AppState,
  DocumentInspection,
  DocumentView,
  EmptyField,
  ProviderView,
  TransactionView,
} from "../../../shared/app-state.ts";
import { SETUPS } from "../../../electron/services/profiles/setups.ts";
import { NO_PRESETS } from "../../../shared/mark-design.ts";
import { documentId, sha256Hex, transactionId } from "../../../shared/ids.ts";
import type {
  ChainMember,
  EvidenceReport,
  FileReport,
  SignatureDetails,
  SignatureReport,
} from "../../../shared/verification.ts";
import { USUAL_PREVIEW } from "./mark-answers.ts";
import type { BridgeScript } from "./fake-bridge.ts";

/** States of the program as main could send them, for looking at the window without a program behind it. */
export const RUN = transactionId("00000000-0000-4000-8000-000000000001");
export const idOf = (number: number) => documentId(`10000000-0000-4000-8000-${String(number).padStart(12, "0")}`);

export const NOTHING_SPECIAL: DocumentInspection = {
  signatures: [],
  emptyFields: [],
  certification: null,
  refusal: null,
  repaired: false,
  warnings: [],
};

/** An empty field whose author asks for nothing. */
export const emptyField = (name: string, page: number | null, visible: boolean): EmptyField => ({
  name,
  page,
  visible,
  reasons: null,
  reasonRequired: false,
  certification: null,
});

export function documentView(number: number, size: number, change: Partial<DocumentView> = {}): DocumentView {
  return {
    id: idOf(number),
    name: `Contract ${number}.pdf`,
    folder: "Contracts",
    size,
    pages: 4,
    state: { kind: "ready" },
    inspection: NOTHING_SPECIAL,
    outputName: `Contract ${number}-signed.pdf`,
    signedFrom: null,
    result: null,
    report: null,
    checking: null,
    ...change,
  };
}

const ITSME: ProviderView = {
  id: "itsme",
  available: true,
  takes: "hash",
  maximumDocuments: 70,
  levels: ["B-B", "B-T", "B-LT", "B-LTA"],
  languages: ["EN", "FR", "NL", "DE"],
  policies: [
    {
      reference: "1.3.6.1.4.1.49274.1.1.7.2.0",
      text: "itsme qualified signature policy",
      url: "https://www.itsme-id.com/policy.pdf",
    },
  ],
  commitmentTypes: [{ reference: "1.2.840.113549.1.9.16.6.5", text: "Proof of approval", url: null }],
  drawsMark: false,
  takesPlace: true,
  fourthline: null,
  idnow: null,
  environment: "sandbox",
  profile: null,
  problem: null,
  bankid: null,
};

export const CERTIFICATE: ProviderView = {
  ...ITSME,
  id: "certificate",
  maximumDocuments: 5_000,
  levels: ["B-B"],
  languages: [],
  policies: [],
  commitmentTypes: [],
};

export function appState(change: Partial<AppState> = {}): AppState {
  return {
    app: {
      version: "0.1.0",
      practice: true,
      environment: "sandbox",
      sandbox: "ready",
      keychain: "available",
      notices: [],
      platform: "linux",
    },
    documents: [],
    providers: [ITSME, CERTIFICATE],
    transactions: [],
    settings: {
      theme: "light",
      provider: "itsme",
      level: "B-T",
      outputFolder: null,
      certificate: null,
      timestampUrl: null,
      fixed: [],
      trustAnchors: [],
      bankidRoots: [],
    },
    marks: NO_PRESETS,
    profiles: { forms: SETUPS.map(({ form }) => form), list: [] },
    vault: { state: "usable", stored: 0, session: 0, needing: [] },
    ...change,
  };
}

export function signatureReport(change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    field: "Signature1",
    type: "signature",
    subFilter: "ETSI.CAdES.detached",
    level: "B-T",
    signer: "Anna Peeters",
    claimedTime: "2026-11-20T09:15:00+01:00",
    provenTime: "2026-11-20T08:15:04Z",
    intact: true,
    coverage: "whole-file",
    changesAfter: "none",
    indication: "TOTAL-PASSED",
    subIndication: null,
    qualification: null,
    reasons: [],
    ...change,
  };
}

const member = (subject: string, issuer: string, serialNumber: string): ChainMember => ({
  subject,
  issuer,
  serialNumber,
  notBefore: "2026-01-01T00:00:00.000Z",
  notAfter: "2028-12-31T00:00:00.000Z",
});

export function signatureDetails(change: Partial<SignatureDetails> = {}): SignatureDetails {
  return {
    signedEnd: null,
    object: 27,
    offset: 41_022,
    permits: { certification: null, locks: [] },
    chain: [
      member("Anna Peeters", "Sealdesk Practice Issuing CA", "4f1c22"),
      member("Sealdesk Practice Issuing CA", "Sealdesk Practice Root CA", "02"),
      member("Sealdesk Practice Root CA", "Sealdesk Practice Root CA", "01"),
    ],
    ...change,
  };
}

export function evidenceReport(change: Partial<EvidenceReport> = {}): EvidenceReport {
  return {
    kind: "bankid",
    name: "bankid-evidence.json",
    verdict: "passed",
    person: { name: "Anna Åström", personalNumber: "198001012384", organisation: "Provbanken AB (publ)" },
    provenTime: "2026-11-20T12:00:00.000Z",
    document: { name: "Hyresavtal Storgatan 12.pdf", size: 48_213, sha256: DIGEST, pages: 3 },
    pagesNow: 4,
    changesAfter: "allowed",
    sealedBy: { signature: 1, signer: "Provbolaget AB", indication: "TOTAL-PASSED", intact: true },
    reasons: [{ code: "evidence.page-added", message: "Page 4 was added afterwards and not signed by the person." }],
    signedText:
      "Jag undertecknar detta dokument:\n\n“Hyresavtal Storgatan 12.pdf”\n3 sidor, 48213 byte\nSHA-256:\n9f86 d081 884c 7d65\n9a2f eaa0 c55a d015\na3bf 4f1b 2b0b 822c\nd15d 6c15 b0f0 0a08",
    ...change,
  };
}

export function fileReport(change: Partial<FileReport> = {}): FileReport {
  return { file: "Contract 1.pdf", verdict: "TOTAL-PASSED", reasons: [], signatures: [signatureReport()], ...change };
}

/** A run over so many contracts, in practice with itsme where nothing else is said. */
export function runView(count: number, change: Partial<TransactionView> = {}): TransactionView {
  return {
    id: RUN,
    provider: "itsme",
    practice: true,
    environment: "sandbox",
    documents: Array.from({ length: count }, (_, index) => ({
      document: idOf(index + 1),
      name: `Contract ${index + 1}.pdf`,
    })),
    interaction: null,
    outcome: null,
    resumed: false,
    ...change,
  };
}

export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

export const DIGEST = sha256Hex("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

export function script(state: AppState, pdfName: string, answers: BridgeScript["answers"] = {}): BridgeScript {
  return {
    state,
    answers: { "documents.verify": fileReport(), "marks.preview": USUAL_PREVIEW, ...answers },
    pdfFiles: Object.fromEntries(state.documents.map(({ id }) => [id, pdfName])),
  };
}
