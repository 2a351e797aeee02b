import type { Failure } from "./failure.ts";

/** What a provider's flow asks of the person, as the approval dialog sees it. The dialog knows nothing of providers. */
export type Interaction =
  | PageInteraction
  | WaitingInteraction
  | ConfirmInteraction
  | SecretInteraction
  | CodeInteraction
  | QrInteraction
  | IdentificationInteraction
  | PhoneInteraction
  | SelfieInteraction
  | ConditionsInteraction
  | HandoverInteraction;

interface InteractionBase {
  /** Unique in its transaction; an answer names it, so a late answer to an old question is ignored. */
  readonly id: string;
  /** Message key of the sentence that says what the person should do now ("itsme.identify"). */
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Language of that sentence, when it is not the program's (BCP 47). */
  readonly language?: "sv";
  /** ISO 8601 time at which the flow gives up, or null when it waits without a limit. */
  readonly deadline: string | null;
  /** Something may be signed at the provider by now: only a person gives that up, never a program by itself. */
  readonly mayBeSigned?: boolean;
}

/** The provider's own page is open in its own window. Only the host is shown; the address stays in main. */
export interface PageInteraction extends InteractionBase {
  readonly kind: "page";
  readonly host: string;
  /** The same page for the person's phone, to be scanned; null or absent: there is none. */
  readonly qr?: QrPicture | null;
  /** Why the page is open again (an attempt that was broken off); null or absent: it is the first time. */
  readonly problem?: Failure | null;
}

/** A QR code, row by row: "1" is a dark module. Without its quiet zone. */
export interface QrPicture {
  readonly rows: readonly string[];
}

/**
 * Scan this with the provider's app on a phone, or open the app on this computer. The picture is another one every second;
 * the interaction stays the same.
 */
export interface QrInteraction extends InteractionBase {
  readonly kind: "qr";
  readonly picture: QrPicture;
  /** What the picture says, for whoever draws it. */
  readonly code: string;
  /** True when the person may open the app here instead (answer "open-app"). */
  readonly canOpenApp: boolean;
  /** Why the code is there again (the app did not open); null: it is the first time. */
  readonly problem: Failure | null;
}

/** Nothing to do here: look at the phone, or wait for the provider. */
export interface WaitingInteraction extends InteractionBase {
  readonly kind: "waiting";
  readonly device: "phone" | "computer";
  /** True when the person may ask for the provider's page again (answer "reopen-page"). */
  readonly canReopenPage?: boolean;
  /** True when the app was opened on this computer and the phone can be taken instead (answer "show-qr"). */
  readonly canShowQr?: boolean;
  /** Nobody can say how long it takes. */
  readonly isOpenEnded?: boolean;
  /** What the provider last told of it (an address could not be checked, nobody answered the phone); null: nothing. */
  readonly hint?: Failure | null;
  /**
   * The person's own part is done, and the result takes days. Nobody needs to stay: the run goes on in the background and at
   * every start of the program.
   */
  readonly takesDays?: boolean;
}

/** A question with yes or no ("71 documents need a second approval"). */
export interface ConfirmInteraction extends InteractionBase {
  readonly kind: "confirm";
  /** Yes begins anew what has come to nothing; so nobody says it who was not asked. */
  readonly repeats?: boolean;
}

/**
 * A password or PIN. SECURITY: the answer goes to main and into the provider's flow, which uses it and lets it go; it is in no
 * state that is stored, shown or logged.
 */
export interface SecretInteraction extends InteractionBase {
  readonly kind: "secret";
  readonly secret: "password" | "pin";
  /** What was wrong with the last entry; null at the first one. */
  readonly problem: Failure | null;
  /** Entries that are left before the token locks itself, as far as it says. */
  readonly attemptsLeft: number | null;
  /** Practice only: the password, which is no secret there. */
  readonly practiceHint: string | null;
}

/** A one-time code (TAN, passcode) that the provider sent to the person's phone. SECURITY: as with a secret. */
export interface CodeInteraction extends InteractionBase {
  readonly kind: "code";
  /** How many digits it may have. */
  readonly digits: { readonly minimum: number; readonly maximum: number };
  /** What was wrong with the last entry; null at the first one. */
  readonly problem: Failure | null;
  /** Entries that are left, as far as it is known. */
  readonly attemptsLeft: number | null;
  /** ISO 8601 time from which another code may be asked for (answer "resend-code"); null: it cannot be. */
  readonly resendFrom: string | null;
  /** Enough of the number to know the phone by ("+49 *** 4567"); null: unknown. */
  readonly sentTo: string | null;
}

/**
 * The end of an order with an identification: what the provider found out, beside what was ordered, to look at and to
 * save; and whether the provider shall delete it now. SECURITY: personal data, shown and let go, in no stored state.
 */
export interface IdentificationInteraction extends InteractionBase {
  readonly kind: "identification";
  /** Empty when no identification was asked for: then it is only about deleting. */
  readonly rows: readonly IdentificationRow[];
  /** "Video", "eID", … as the provider calls it; null: unknown. */
  readonly method: string | null;
  readonly suspectedFraud: boolean;
  readonly files: readonly IdentificationFile[];
  /** Why something of it could not be had, or of the last saving; null: nothing was wrong. */
  readonly problem: Failure | null;
  /** Host of the provider that holds the data until then. */
  readonly host: string;
}

/** One fact of a person. `field`: the provider-independent name ("surname", "birthdate", "document-number", …). */
export interface IdentificationRow {
  readonly field: string;
  readonly ordered: string | null;
  readonly checked: string | null;
}

/** The number of the person's own phone. SECURITY: as with a code, it goes to the flow, which sends it and lets it go. */
export interface PhoneInteraction extends InteractionBase {
  readonly kind: "phone";
  /** Why it is asked for again; null at the first time. */
  readonly problem: Failure | null;
}

/** A photo of the person's face, now: to be compared with the identification. SECURITY: as with a code. */
export interface SelfieInteraction extends InteractionBase {
  readonly kind: "selfie";
  readonly problem: Failure | null;
}

/**
 * What has to be read and agreed to, piece by piece, before the provider goes on. The answer "accept" names each piece; nothing is
 * agreed to beforehand.
 */
export interface ConditionsInteraction extends InteractionBase {
  readonly kind: "conditions";
  /** The run's documents ("1", "2", …), each to be opened in the window's own viewer. */
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly conditions: readonly ConditionText[];
  /** What agreeing brings about: a message key, with the masked number as `phone`. */
  readonly consequence: string;
  readonly sentTo: string | null;
  /** What became of the last answer; null at the first time. */
  readonly problem: Failure | null;
}

export interface ConditionText {
  readonly id: string;
  readonly title: string | null;
  /** To be shown as it is; null: only its page has it. */
  readonly text: string | null;
  /** Its page (https), which the answer "open-condition" opens in the person's browser; null: there is none. */
  readonly url: string | null;
}

/** The documents are signed, and the provider has a file that the person must get. */
export interface HandoverInteraction extends InteractionBase {
  readonly kind: "handover";
  readonly file: HandoverFile;
  readonly isSaved: boolean;
  /** Why it could not be had or saved; null: nothing was wrong. */
  readonly problem: Failure | null;
}

export const HANDOVER_FILES = ["infocert-contract"] as const;
export type HandoverFile = (typeof HANDOVER_FILES)[number];

/** A photo from a phone has no more than this. */
export const MAXIMUM_SELFIE_BYTES = 10 * 1024 * 1024;
export const MAXIMUM_CONDITIONS = 100;

export const IDENTIFICATION_FILES = ["identification-report", "audit-log", "images"] as const;
export type IdentificationFile = (typeof IDENTIFICATION_FILES)[number];

export type InteractionAnswer =
  | { readonly kind: "code"; readonly value: string }
  | { readonly kind: "resend-code" }
  | { readonly kind: "phone"; readonly number: string }
  | { readonly kind: "selfie"; readonly image: Uint8Array<ArrayBuffer> }
  /** Ids of the documents and conditions that were ticked. */
  | { readonly kind: "accept"; readonly documents: readonly string[]; readonly conditions: readonly string[] }
  | { readonly kind: "open-condition"; readonly condition: string }
  | { readonly kind: "save-file"; readonly file: IdentificationFile | HandoverFile }
  /** Ends an "identification" or a "handover". */
  | { readonly kind: "finish"; readonly delete: boolean }
  | { readonly kind: "secret"; readonly value: string }
  | { readonly kind: "confirm"; readonly accepted: boolean }
  | { readonly kind: "reopen-page" }
  /** The app on this computer instead of the phone. */
  | { readonly kind: "open-app" }
  /** The phone and the code after all. */
  | { readonly kind: "show-qr" };
