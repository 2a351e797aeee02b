import type { Certification } from "./certification.ts";
import type { DocumentWarning } from "./document-warning.ts";
import type { EvidenceResult } from "./evidence-result.ts";
import type { Failure } from "./failure.ts";
import type { DocumentId, ProviderId, Sha256Hex, TransactionId } from "./ids.ts";
import type { MarksView } from "./mark-design.ts";
import type { Interaction } from "./interaction.ts";
import type { BankIdDetails, FourthlineDetails, IdnowDetails } from "./order-details.ts";
import type { EnvironmentKind, ProfilesView } from "./profiles.ts";
import type { VaultView } from "./vault.ts";
import type { FileReport, PadesLevel } from "./verification.ts";

/**
 * Everything the window shows that main knows: one snapshot, replaced slice by slice. Main owns the truth; the
 * renderer holds only view state (zoom, scroll, selection).
 */
export interface AppState {
  readonly app: AppInfo;
  readonly documents: readonly DocumentView[];
  readonly providers: readonly ProviderView[];
  /** Runs in progress and finished ones not yet dismissed, oldest first. */
  readonly transactions: readonly TransactionView[];
  readonly settings: SettingsView;
  readonly marks: MarksView;
  readonly profiles: ProfilesView;
  readonly vault: VaultView;
}

export interface AppInfo {
  readonly version: string;
  /** Practice mode: everything goes to the built-in sandbox and nothing is legally binding. */
  readonly practice: boolean;
  /** Where what is signed now would go. */
  readonly environment: EnvironmentKind;
  /** Is the sandbox ready to be used? "failed" carries its own failure. */
  readonly sandbox: "off" | "starting" | "ready" | "failed";
  readonly keychain: "available" | "session-only";
  /** Things the person should be told about the program itself (a reset settings file, a missing keychain). */
  readonly notices: readonly Failure[];
  readonly platform: "windows" | "macos" | "linux";
}

export interface SettingsView {
  readonly theme: "system" | "light" | "dark";
  readonly provider: ProviderId;
  readonly level: PadesLevel;
  /** Name of the output folder as shown to the person; null: beside each original. */
  readonly outputFolder: string | null;
  /** What is signed with when the provider is "certificate"; null: nothing was chosen yet. */
  readonly certificate: CertificateChoice | null;
  /** Timestamp service for everything but practice. */
  readonly timestampUrl: string | null;
  /** What the administrator has laid down, so that it cannot be changed here. */
  readonly fixed: readonly FixedSetting[];
  /** Whom signatures are judged against, beside the practice root. */
  readonly trustAnchors: readonly TrustAnchorView[];
  /** Whom persons who signed with BankID are judged against, beside the roots of profiles and practice. */
  readonly bankidRoots: readonly TrustAnchorView[];
}

/** "authorities": people may not add any of their own. */
export type FixedSetting = "timestampUrl" | "outputFolder" | "authorities";

export interface TrustAnchorView {
  /** Of the certificate, lower-case hexadecimal. */
  readonly sha256: Sha256Hex;
  readonly facts: CertificateFacts;
  /** Laid down by the administrator: it cannot be removed here. */
  readonly isFixed: boolean;
}

export interface CertificateChoice {
  readonly kind: "practice" | "file" | "token";
  /** Name of the file or of the token; for the practice certificate "". */
  readonly name: string;
  /** Known once the certificate was opened, and as long as the file is the same. */
  readonly facts: CertificateFacts | null;
}

/** A certificate on a card or token that is there now. */
export interface TokenOffer {
  /** Opaque; good until the next listing. */
  readonly id: string;
  readonly token: string;
  readonly model: string;
  /** "reader": the PIN is typed on the reader itself. */
  readonly pin: "asked" | "reader" | "none";
  readonly pinState: "good" | "few-left" | "last-try" | "locked" | "not-set";
  /** Null: the token shows its certificates only with the PIN. */
  readonly facts: CertificateFacts | null;
}

export interface TokenList {
  readonly offers: readonly TokenOffer[];
  /** What kept a card's software from answering. */
  readonly failures: readonly Failure[];
}

/** What a person wants to know of a certificate before signing with it. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validUntil: string;
}

export interface DocumentView {
  readonly id: DocumentId;
  /** File name without its folder. */
  readonly name: string;
  /** Name of the folder it lies in (last part only), to tell equal names apart. */
  readonly folder: string;
  /** Bytes. */
  readonly size: number;
  readonly pages: number;
  readonly state: DocumentState;
  /** What the signer should know before signing. */
  readonly inspection: DocumentInspection;
  /** File name of the result as it will be, or as it is. */
  readonly outputName: string;
  /** Set when the document is itself the result of a run in this session. */
  readonly signedFrom: DocumentId | null;
  /** The result of the last run, when it delivered: it is opened as a document of its own under this id. */
  readonly result: DocumentId | null;
  readonly report: FileReport | null;
  /** Its signatures are being checked, or wait for that. progress: 0 to 1, null when it cannot be told. */
  readonly checking: { readonly progress: number | null } | null;
}

export type DocumentState =
  | { readonly kind: "new" }
  | { readonly kind: "ready" }
  | { readonly kind: "waiting-for-you"; readonly transaction: TransactionId }
  /** A run goes on once somebody gives the password of this document. */
  | { readonly kind: "waiting-for-password"; readonly transaction: TransactionId }
  | { readonly kind: "waiting-for-provider"; readonly transaction: TransactionId; readonly provider: ProviderId }
  /** progress: 0 to 1, or null when it cannot be told. */
  | {
      readonly kind: "working";
      readonly transaction: TransactionId;
      readonly step: WorkStep;
      readonly progress: number | null;
    }
  /** notice: delivered, but not all that was wanted could be had (`level.not-reached`). */
  | {
      readonly kind: "signed";
      readonly outputName: string;
      /** Null: a package of evidence, which is no PDF file. */
      readonly level: PadesLevel | null;
      readonly notice?: Failure;
      /** The person's signature is evidence; whatever signature the file has is the organisation's seal. */
      readonly evidence?: EvidenceResult;
    }
  | { readonly kind: "failed"; readonly failure: Failure; readonly retry: boolean }
  | { readonly kind: "needs-attention"; readonly transaction: TransactionId | null; readonly failure: Failure };

export type WorkStep = "preparing" | "assembling" | "timestamping" | "extending" | "checking" | "delivering";

export interface DocumentInspection {
  readonly signatures: readonly { readonly field: string; readonly signer: string | null }[];
  /** Empty signature fields, in document order. */
  readonly emptyFields: readonly EmptyField[];
  /** DocMDP level of a certification signature, or null. 1: no changes allowed at all. */
  readonly certification: 1 | 2 | 3 | null;
  /** Why it cannot be signed (it can still be looked at and verified). */
  readonly refusal: Failure | null;
  /** Cross-reference had to be rebuilt; signing rewrites the file first, with consent. */
  readonly repaired: boolean;
  /** What to know of the document itself before signing it. */
  readonly warnings: readonly DocumentWarning[];
}

export interface EmptyField {
  readonly name: string;
  readonly page: number | null;
  readonly visible: boolean;
  /** Reasons that its author lists: to choose from; null: any reason, or none. An empty list: none may be given. */
  readonly reasons: readonly string[] | null;
  readonly reasonRequired: boolean;
  /** Its author asks for an ordinary signature (0), or for one that certifies (DocMDP 1 to 3); null: either will do. */
  readonly certification: 0 | 1 | 2 | 3 | null;
}

export interface ProviderView {
  readonly id: ProviderId;
  readonly available: boolean;
  readonly takes: "hash" | "document" | "text";
  readonly maximumDocuments: number;
  /** What can be reached with the services that are set up. */
  readonly levels: readonly PadesLevel[];
  /** Languages the provider speaks to the person ("EN"). */
  readonly languages: readonly string[];
  readonly policies: readonly PolicyView[];
  readonly commitmentTypes: readonly PolicyView[];
  /** It draws the visible mark itself: our own mark, initials, certification and locks cannot be had. */
  readonly drawsMark: boolean;
  /** False: where a mark goes cannot even be chosen. */
  readonly takesPlace: boolean;
  /** What can be chosen for an order to IDnow; null: it is another provider. */
  readonly idnow: IdnowChoices | null;
  /** Where it leads now. */
  readonly environment: EnvironmentKind;
  /** Name of the profile in use; null: practice, or it needs none. */
  readonly profile: string | null;
  /** Why the profile in use cannot be used; nothing can be signed with this provider then. */
  readonly problem: Failure | null;
  /** What can be chosen for an order to BankID; null: it is another provider. */
  readonly bankid: BankIdChoices | null;
  /** The same for Fourthline. */
  readonly fourthline: FourthlineChoices | null;
}

export interface BankIdChoices {
  /** What the administrator made the usual choice. */
  readonly language: BankIdDetails["language"];
  readonly format: BankIdDetails["format"];
  /** The organisation whose seal the results get; null: none is set up, so they are packages of evidence. */
  readonly sealedBy: string | null;
}

export interface IdnowChoices {
  readonly signatureTypes: readonly IdnowDetails["signatureType"][];
  readonly codeEntries: readonly IdnowDetails["codeEntry"][];
  /** The account's identifications may be used again. */
  readonly keepsIdentification: boolean;
  /** A test account, where a robot can play the person. */
  readonly robots: boolean;
}

export interface FourthlineChoices {
  /** What the account has workflows for. */
  readonly flows: readonly FourthlineDetails["flow"][];
}

export interface PolicyView {
  readonly reference: string;
  readonly text: string;
  readonly url: string | null;
}

export interface TransactionView {
  readonly id: TransactionId;
  readonly provider: ProviderId;
  readonly practice: boolean;
  readonly environment: EnvironmentKind;
  readonly documents: readonly { readonly document: DocumentId; readonly name: string }[];
  /** What the person is asked for now; null while the program works or when the run has ended. */
  readonly interaction: Interaction | null;
  readonly outcome:
    | null
    | { readonly kind: "done"; readonly signed: number; readonly failed: number }
    | { readonly kind: "failed"; readonly failure: Failure };
  /** True when this run was found in the journal at start and resumed. */
  readonly resumed: boolean;
}

/** What the confirmation sheet shows before anything leaves the computer. */
export interface ReviewSheet {
  readonly provider: ProviderId;
  readonly environment: EnvironmentKind;
  /** Name of the profile; null: practice, or a certificate on this computer. */
  readonly profile: string | null;
  readonly items: readonly {
    readonly document: DocumentId;
    readonly name: string;
    readonly sha256: Sha256Hex;
    readonly outputName: string;
  }[];
  readonly outputFolder: string | null;
  /** Only a digest leaves the computer, or the whole file; "nothing": the key is here. */
  readonly sends: "hash" | "document" | "text" | "nothing";
  /** Host the data goes to. */
  readonly recipient: string;
  /** Host that a digest of each signature goes to for its timestamp; null: none is asked for. */
  readonly timestampHost: string | null;
  /** For long-term proof the certificates' issuers are asked whether these are still valid. */
  readonly asksIssuers: boolean;
  /** Of a local certificate, when it is known already. */
  readonly certificate: CertificateFacts | null;
  readonly policy: PolicyView | null;
  readonly commitmentType: PolicyView | null;
  /** How many times the person will be asked to approve. */
  readonly approvals: number;
  /** Documents whose damaged structure is rewritten before signing: the person consents by confirming. */
  readonly rewritten: readonly string[];
  /** What others may do after this signature; null: it does not certify. */
  readonly certification: Certification | null;
  readonly locksFields: boolean;
  /** What to know before confirming, with the names of the documents that each is about. */
  readonly warnings: readonly { readonly warning: DocumentWarning; readonly documents: readonly string[] }[];
  /** Documents whose mark lies partly outside the page that is shown. */
  readonly clipped: readonly string[];
  /** How many pages get initials, over all documents. */
  readonly initialledPages: number;
  /** What the person signs, where it is a text; null: it is something else. */
  readonly text: TextPreview | null;
  /** What comes out where the person signs a text; null: a signature of the document itself. */
  readonly evidence: { readonly sealedBy: string | null } | null;
}

/** A text that is signed instead of a document, before anything is sent. */
export interface TextPreview {
  /** Word for word. */
  readonly visible: string;
  readonly language: BankIdDetails["language"];
  readonly format: BankIdDetails["format"];
  /** Signed too, and not shown in the app: names, sizes and digests of the files. The order's number and time are added when it is placed. */
  readonly hidden: string;
}
