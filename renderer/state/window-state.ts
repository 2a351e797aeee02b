import type { DocumentView, ReviewSheet } from "../../shared/app-state.ts";
import type { Certification } from "../../shared/certification.ts";
import type { Failure } from "../../shared/failure.ts";
import type { DocumentId, ProviderId, ReviewId, TransactionId } from "../../shared/ids.ts";
import type { OpenOutcome, SignRequest } from "../../shared/ipc.ts";
import type { InitialsDesign } from "../../shared/mark-design.ts";
import type { OrderDetails } from "../../shared/order-details.ts";
import type { Placement } from "../../shared/placement.ts";
import type { FileReport } from "../../shared/verification.ts";
import { EMPTY_BANKID } from "./bankid-draft.ts";
import type { BankIdDraft } from "./bankid-draft.ts";
import { EMPTY_FOURTHLINE } from "./fourthline-draft.ts";
import type { FourthlineDraft } from "./fourthline-draft.ts";
import { EMPTY_IDNOW } from "./idnow-draft.ts";
import type { IdnowDraft } from "./idnow-draft.ts";

/** What only the window knows: what is looked at and what was chosen. Main's truth is in `AppState`. */
export interface WindowState {
  /** In list order. */
  readonly selection: readonly DocumentId[];
  /** The document whose pages are shown. */
  readonly current: DocumentId | null;
  readonly tab: PanelTab;
  /** The one pane that a narrow window shows. */
  readonly pane: "documents" | "pages" | "panel";
  /** The version of a document that is looked at instead of its newest one. */
  readonly version: SignedVersion | null;
  readonly find: boolean;
  readonly thumbnails: boolean;
  readonly diagnostics: boolean;
  readonly mark: MarkChoices;
  readonly choices: SigningChoices;
  /** Used when IDnow is the provider. */
  readonly order: IdnowDraft;
  /** Used when BankID is the provider. */
  readonly bankid: BankIdDraft;
  /** Used when Fourthline is the provider. */
  readonly fourthline: FourthlineDraft;
  /** What was ticked of a question with conditions; it stays while the documents are read. */
  readonly ticks: Ticks | null;
  /** The run for which documents are being read in the pages. */
  readonly reading: TransactionId | null;
  readonly review: ReviewState;
  /** Runs whose dialog the person has put aside. */
  readonly hidden: readonly TransactionId[];
  /** Reports fetched by this window, for documents whose own report is still missing. */
  readonly reports: ReadonlyMap<DocumentId, FileReport>;
  readonly verifying: readonly DocumentId[];
  /** Documents whose last check could not be made; they are not checked again by themselves. */
  readonly unverifiable: readonly DocumentId[];
  readonly refused: OpenOutcome["refused"];
  /** The document whose password is being asked for. */
  readonly unlocking: DocumentId | null;
  /** How many passwords were found right: each time the pages are loaded anew. */
  readonly unlockings: number;
  readonly problem: Failure | null;
  /** Null: the settings are shut. */
  readonly settings: SettingsState | null;
  /** Null: the history is shut. */
  readonly history: HistoryView | null;
}

export interface HistoryView {
  /** Only what is about this document; null: everything. */
  readonly document: DocumentId | null;
}

export interface SettingsState {
  /** The provider whose form is wanted at once; null: the overview. */
  readonly provider: ProviderId | null;
}

export interface SignedVersion {
  readonly document: DocumentId;
  /** The version is the file's first bytes, up to here. */
  readonly end: number;
  /** Of its signature in the report, from 1. */
  readonly number: number;
}

export interface Ticks {
  readonly run: TransactionId;
  readonly interaction: string;
  readonly documents: readonly string[];
  readonly conditions: readonly string[];
}

export type PanelTab = "sign" | "signatures";

export interface MarkChoices {
  readonly visible: boolean;
  /** The next drag on a page draws the place. */
  readonly drawing: boolean;
  readonly sameForAll: boolean;
  /** Which saved mark is used. */
  readonly look: MarkLook;
  /** A look that is being made (null) or changed; null when the editor is closed. */
  readonly editor: { readonly id: string | null } | null;
  /** Null: no initials on the pages. */
  readonly initials: InitialsDesign | null;
  readonly places: ReadonlyMap<DocumentId, VisiblePlacement>;
}

export type MarkLook =
  | { readonly kind: "default" }
  | { readonly kind: "usual" }
  | { readonly kind: "preset"; readonly id: string };

export type VisiblePlacement = Exclude<Placement, { readonly kind: "invisible" }>;

export interface SigningChoices {
  readonly reason: string;
  readonly location: string;
  readonly language: SignRequest["language"];
  readonly policy: string | null;
  readonly commitmentType: string | null;
  readonly signerRole: string;
  /** What others may do afterwards; null: the signature does not certify. */
  readonly certification: Certification | null;
  readonly lockFields: boolean;
}

export type ReviewState =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | {
      readonly kind: "shown";
      readonly review: ReviewId;
      readonly sheet: ReviewSheet;
      /** What the reviewed request told the provider beside the documents. */
      readonly details: OrderDetails | null;
      readonly starting: boolean;
    };

export type WindowAction =
  | { readonly kind: "documents-changed"; readonly documents: readonly DocumentView[] }
  | { readonly kind: "opened"; readonly outcome: OpenOutcome }
  | { readonly kind: "select"; readonly selection: readonly DocumentId[] }
  | { readonly kind: "show"; readonly document: DocumentId; readonly tab?: PanelTab }
  | { readonly kind: "version"; readonly version: SignedVersion | null }
  | { readonly kind: "tab"; readonly tab: PanelTab }
  | { readonly kind: "pane"; readonly pane: WindowState["pane"] }
  | { readonly kind: "find"; readonly open: boolean }
  | { readonly kind: "thumbnails"; readonly open: boolean }
  | { readonly kind: "diagnostics"; readonly open: boolean }
  | { readonly kind: "mark"; readonly change: Partial<Omit<MarkChoices, "places">> }
  | { readonly kind: "place"; readonly document: DocumentId; readonly place: VisiblePlacement | null }
  | { readonly kind: "choose"; readonly change: Partial<SigningChoices> }
  | { readonly kind: "order"; readonly change: OrderChange }
  | { readonly kind: "bankid"; readonly change: Partial<BankIdDraft> }
  | { readonly kind: "fourthline"; readonly change: (draft: FourthlineDraft) => FourthlineDraft }
  | { readonly kind: "ticks"; readonly ticks: Ticks }
  /** Puts the dialog of a run aside to read one of its documents. */
  | { readonly kind: "read"; readonly transaction: TransactionId; readonly document: DocumentId }
  | { readonly kind: "review"; readonly review: ReviewState }
  | { readonly kind: "hide-run"; readonly transaction: TransactionId; readonly hidden: boolean }
  | { readonly kind: "verifying"; readonly document: DocumentId }
  | { readonly kind: "verified"; readonly document: DocumentId; readonly report: FileReport | null }
  | { readonly kind: "refused"; readonly refused: OpenOutcome["refused"] }
  | { readonly kind: "unlock"; readonly document: DocumentId | null }
  | { readonly kind: "unlocked"; readonly document: DocumentId }
  | { readonly kind: "problem"; readonly problem: Failure | null }
  | { readonly kind: "settings"; readonly settings: SettingsState | null }
  | { readonly kind: "history"; readonly history: HistoryView | null };

/** What follows from the order as it is then: two changes in one go must not undo each other. */
export type OrderChange = Partial<IdnowDraft> | ((order: IdnowDraft) => Partial<IdnowDraft>);

export const INITIAL_WINDOW_STATE: WindowState = {
  selection: [],
  current: null,
  tab: "sign",
  pane: "pages",
  version: null,
  find: false,
  thumbnails: false,
  diagnostics: false,
  mark: {
    visible: false,
    drawing: false,
    sameForAll: true,
    look: { kind: "default" },
    editor: null,
    initials: null,
    places: new Map(),
  },
  choices: {
    reason: "",
    location: "",
    language: "EN",
    policy: null,
    commitmentType: null,
    signerRole: "",
    certification: null,
    lockFields: false,
  },
  order: EMPTY_IDNOW,
  bankid: EMPTY_BANKID,
  fourthline: EMPTY_FOURTHLINE,
  ticks: null,
  reading: null,
  review: { kind: "none" },
  hidden: [],
  reports: new Map(),
  verifying: [],
  unverifiable: [],
  refused: [],
  unlocking: null,
  unlockings: 0,
  problem: null,
  settings: null,
  history: null,
};
