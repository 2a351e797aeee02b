import { z } from "zod";
import { CERTIFICATIONS } from "./certification.ts";
import type { AppState, ReviewSheet, TokenList } from "./app-state.ts";
import type { Failure } from "./failure.ts";
import { HISTORY_OUTCOMES } from "./history.ts";
import type {
  HistoryDocument,
  HistoryEvent,
  HistoryOfDocument,
  HistoryPage,
  LeftOverFile,
  TrailCheck,
  TrailFacts,
} from "./history.ts";
import { PROVIDER_IDS, documentId, reviewId, sha256Hex, transactionId } from "./ids.ts";
import type { DocumentId, ReviewId, Sha256Hex, TransactionId } from "./ids.ts";
import { MARK_CORNERS, MARK_DATE_FORMATS, MARK_LAYOUTS, MAXIMUM_MARK_LINES } from "./mark-design.ts";
import type { InitialsDesign, MarkDesign } from "./mark-design.ts";
import { HANDOVER_FILES, IDENTIFICATION_FILES, MAXIMUM_CONDITIONS, MAXIMUM_SELFIE_BYTES } from "./interaction.ts";
import type { MarkPreview } from "./mark-drawing.ts";
import { orderDetailsSchema } from "./order-details.ts";
import { ENVIRONMENT_KINDS } from "./profiles.ts";
import type { ChosenAuthority, FieldProblem, ImportAnswer, TestReport } from "./profiles.ts";
import type { KeyChangeAnswer, VaultState } from "./vault.ts";
import type { FileReport } from "./verification.ts";

/** Renderer to main, with an answer. The input is parsed in main, whatever the renderer's types say. */
export interface Command<Input extends z.ZodType, Output> {
  readonly kind: "command";
  readonly input: Input;
  /** Type only; never present at run time. */
  readonly output?: Output;
}

/** Main to renderer, no answer. */
export interface Event<Payload> {
  readonly kind: "event";
  readonly payload?: Payload;
}

function command<Output>() {
  return <Input extends z.ZodType>(input: Input): Command<Input, Output> => ({ kind: "command", input });
}

function event<Payload>(): Event<Payload> {
  return { kind: "event" };
}

/** What every command answers: a value, or a failure with a stable code. Words live in the catalogues. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** SECURITY: one range request never makes main allocate more than this. */
export const MAXIMUM_RANGE_BYTES = 4 * 1024 * 1024;
export const MAXIMUM_DOCUMENTS = 5_000;
/** Characters of a password or PIN; PDF itself takes no more than 127 bytes. */
export const MAXIMUM_SECRET_LENGTH = 1_000;

const shortText = (maximum: number) => z.string().max(maximum);
const uuid = z.string().regex(/^[0-9a-f-]{36}$/u);
const document = uuid.transform(documentId);
const transaction = uuid.transform(transactionId);
const documents = z.array(document).min(1).max(MAXIMUM_DOCUMENTS);
const coordinate = z.number().finite().min(-1_000_000).max(1_000_000);

const conditionIds = z.array(shortText(200)).max(MAXIMUM_CONDITIONS).readonly();

const levelSchema = z.enum(["B-B", "B-T", "B-LT", "B-LTA"]);

export const placementSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invisible") }),
  z.object({
    kind: z.literal("rectangle"),
    page: z.number().int().min(1).max(1_000_000),
    rectangle: z.object({
      x: coordinate,
      y: coordinate,
      width: coordinate.positive(),
      height: coordinate.positive(),
    }),
  }),
  z.object({ kind: z.literal("field"), field: shortText(1_000) }),
]);

export const MAXIMUM_PICTURE_BYTES = 16 * 1024 * 1024;

const picture = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .transform(sha256Hex);
const points = (most: number) => z.number().finite().min(1).max(most);

export const markDesignSchema = z.object({
  lines: z.array(shortText(200)).max(MAXIMUM_MARK_LINES).readonly().nullable(),
  dateFormat: z.enum(MARK_DATE_FORMATS),
  picture: picture.nullable(),
  layout: z.enum(MARK_LAYOUTS),
  qr: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("digest") }),
      z.object({ kind: z.literal("url"), url: shortText(2_000) }),
      z.object({ kind: z.literal("text"), text: shortText(2_000) }),
    ])
    .nullable(),
}) satisfies z.ZodType<MarkDesign>;

export const initialsSchema = z.object({
  pages: shortText(500),
  text: shortText(60),
  picture: picture.nullable(),
  corner: z.enum(MARK_CORNERS),
  margin: z.number().finite().min(0).max(1_000),
  width: points(1_000),
  height: points(1_000),
}) satisfies z.ZodType<InitialsDesign>;

export const signRequestSchema = z.object({
  provider: z.enum(PROVIDER_IDS),
  documents,
  /** One placement for all; a document's own one wins. */
  placement: placementSchema,
  placements: z
    .record(uuid, placementSchema)
    .refine((all) => Object.keys(all).length <= MAXIMUM_DOCUMENTS)
    .optional(),
  /** Partial name of a new field; without it the first free "Signature<n>". */
  fieldName: shortText(100).optional(),
  level: levelSchema,
  reason: shortText(200).optional(),
  /** Certifies the document: what others may do afterwards. */
  certification: z.enum(CERTIFICATIONS).optional(),
  /** Forbids later changes of the form's other fields. */
  lockFields: z.boolean().optional(),
  /** Where it is signed, for /Location and the mark. */
  location: shortText(100).optional(),
  /** How the visible mark looks; without it the usual mark. */
  mark: markDesignSchema.optional(),
  /** Stamps on the pages, under the same signature. */
  initials: initialsSchema.optional(),
  language: z.enum(["EN", "FR", "NL", "DE"]),
  policy: shortText(100).optional(),
  commitmentType: shortText(100).optional(),
  signerRole: shortText(50).optional(),
  /** Shown in the provider's app, where it shows one. */
  description: shortText(50).optional(),
  /** With a provider that hands over evidence: a page for people in the sealed document. Absent: yes. */
  evidencePage: z.boolean().optional(),
  /** What only the chosen provider needs to know: who signs, how to reach them. */
  details: orderDetailsSchema.optional(),
});
export type SignRequest = z.output<typeof signRequestSchema>;

const profileName = z.object({ provider: z.enum(PROVIDER_IDS), name: shortText(60) });
const fieldName = shortText(100);
/** The longest form has some thirty. */
const MAXIMUM_FIELDS = 100;
const isForm = (fields: object): boolean => Object.keys(fields).length <= MAXIMUM_FIELDS;

export const profileDraftSchema = profileName.extend({
  isNew: z.boolean(),
  values: z
    .record(fieldName, z.union([shortText(20_000), z.boolean(), z.array(shortText(20_000)).max(100).readonly()]))
    .refine(isForm),
  secrets: z
    .record(
      fieldName,
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("text"), value: shortText(5_000) }),
        z.object({ kind: z.literal("imported"), id: shortText(100) }),
        z.object({ kind: z.literal("none") }),
      ]),
    )
    .refine(isForm),
});

export interface SaveAnswer {
  readonly problems: readonly FieldProblem[];
  /** "session-only": they have to be typed again after the next start. */
  readonly secrets: "stored" | "session-only";
}

export type TestAnswer =
  | { readonly kind: "problems"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "tested"; readonly report: TestReport };

export interface ChosenPicture {
  readonly picture: Sha256Hex;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** SECURITY: one page never makes main look up more than this in the journal. */
const MAXIMUM_HISTORY_PAGE = 200;

const instant = z.iso.datetime().nullable();

export const historyQuerySchema = z.object({
  /** Part of a file name, digest, provider or profile; "" for all. */
  text: z.string().max(200),
  outcome: z.enum(HISTORY_OUTCOMES).nullable(),
  environment: z.enum(ENVIRONMENT_KINDS).nullable(),
  /** ISO 8601; `to` is excluded. */
  from: instant,
  to: instant,
  /** From the newest, 0. */
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(MAXIMUM_HISTORY_PAGE),
});
export type HistoryQuery = z.output<typeof historyQuerySchema>;

export interface OpenOutcome {
  readonly opened: readonly DocumentId[];
  readonly refused: readonly { readonly name: string; readonly failure: Failure }[];
}

/**
 * The one contract between window and main. Channel names are the paths ("documents.readRange"). No channel takes a
 * path, but for `documents.openDropped`, which only the preload's own function calls, with paths that the system
 * itself gave for dropped files. No channel returns a secret.
 */
export const contract = {
  state: {
    get: command<AppState>()(z.object({})),
    /** The slices that changed, each whole. */
    changed: event<Partial<AppState>>(),
  },
  documents: {
    /** Shows the system's open dialog. */
    choose: command<OpenOutcome>()(z.object({})),
    openDropped: command<OpenOutcome>()(
      z.object({ paths: z.array(z.string().min(1).max(32_768)).max(MAXIMUM_DOCUMENTS) }),
    ),
    openSample: command<OpenOutcome>()(z.object({})),
    close: command<null>()(z.object({ documents })),
    /**
     * Opens an encrypted document. SECURITY: the password goes one way; main keeps it until the document is closed and never
     * gives it back.
     */
    unlock: command<null>()(z.object({ document, password: z.string().max(MAXIMUM_SECRET_LENGTH) })),
    readRange: command<Uint8Array>()(
      z
        .object({ document, begin: z.number().int().min(0), end: z.number().int().min(1) })
        .refine((range) => range.end > range.begin && range.end - range.begin <= MAXIMUM_RANGE_BYTES),
    ),
    verify: command<FileReport>()(z.object({ document })),
    cancelVerification: command<null>()(z.object({ document })),
    /** Opens the file itself with the system's program for PDF files; only files this program wrote. */
    openExternally: command<null>()(z.object({ document })),
    showInFolder: command<null>()(z.object({ document })),
  },
  signing: {
    /** Checks all that can be checked locally and says what would leave the computer. */
    review: command<{ readonly review: ReviewId; readonly sheet: ReviewSheet }>()(
      z.object({ request: signRequestSchema }),
    ),
    start: command<{ readonly transaction: TransactionId }>()(z.object({ review: uuid.transform(reviewId) })),
    answer: command<null>()(
      z.object({
        transaction,
        interaction: shortText(100),
        answer: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("confirm"), accepted: z.boolean() }),
          z.object({ kind: z.literal("reopen-page") }),
          z.object({ kind: z.literal("open-app") }),
          z.object({ kind: z.literal("show-qr") }),
          z.object({ kind: z.literal("secret"), value: z.string().max(MAXIMUM_SECRET_LENGTH) }),
          z.object({ kind: z.literal("code"), value: z.string().max(20) }),
          z.object({ kind: z.literal("resend-code") }),
          z.object({ kind: z.literal("save-file"), file: z.enum([...IDENTIFICATION_FILES, ...HANDOVER_FILES]) }),
          z.object({ kind: z.literal("phone"), number: shortText(40) }),
          z.object({
            kind: z.literal("selfie"),
            image: z.instanceof(Uint8Array).refine((image) => image.length <= MAXIMUM_SELFIE_BYTES),
          }),
          z.object({ kind: z.literal("accept"), documents: conditionIds, conditions: conditionIds }),
          z.object({ kind: z.literal("open-condition"), condition: shortText(200) }),
          z.object({ kind: z.literal("finish"), delete: z.boolean() }),
        ]),
      }),
    ),
    cancel: command<null>()(z.object({ transaction })),
    /**
     * Goes on with the approved documents of a run that could not be delivered (disk full, timestamp service away).
     * `withoutTimestamp` settles for B-B.
     */
    retry: command<null>()(z.object({ transaction, withoutTimestamp: z.boolean() })),
    /** Removes a finished run from the list. */
    dismiss: command<null>()(z.object({ transaction })),
  },
  settings: {
    change: command<null>()(
      z.object({
        theme: z.enum(["system", "light", "dark"]).optional(),
        level: levelSchema.optional(),
        provider: z.enum(PROVIDER_IDS).optional(),
        /** Address of the timestamp service for local certificates; null: none. */
        timestampUrl: z
          .url({ protocol: /^https?$/u })
          .max(2_000)
          .nullable()
          .optional(),
      }),
    ),
    /** Shows the system's folder dialog; `reset` puts results beside the originals again. */
    chooseOutputFolder: command<null>()(z.object({ reset: z.boolean() })),
    /** Shows the system's open dialog for certificates of authorities, and trusts those that were chosen. */
    addTrustAnchors: command<null>()(z.object({})),
    removeTrustAnchor: command<null>()(z.object({ sha256: picture })),
    /** The same for BankID's roots, which persons who signed with BankID are judged against. */
    addBankIdRoots: command<null>()(z.object({})),
    removeBankIdRoot: command<null>()(z.object({ sha256: picture })),
  },
  profiles: {
    /** Keeps a profile, or says what is wrong with it. SECURITY: secrets go this way only. */
    save: command<SaveAnswer>()(profileDraftSchema),
    /** Tries the connection with what the form has now; keeps nothing. */
    test: command<TestAnswer>()(profileDraftSchema),
    remove: command<null>()(profileName),
    /** Puts a profile into use; null: practice again. */
    use: command<null>()(profileName.extend({ name: shortText(60).nullable() })),
    /** Shows the system's dialog for a client certificate and its key; null: it was closed. */
    importCertificate: command<ImportAnswer | null>()(z.object({ purpose: z.enum(["client", "seal"]) })),
    /** The password of the file that was chosen. SECURITY: used once, in main. */
    unlockCertificate: command<ImportAnswer>()(
      z.object({ file: shortText(100), password: z.string().max(MAXIMUM_SECRET_LENGTH) }),
    ),
    /** Shows the system's dialog for certificates of authorities, which are no secret. */
    chooseAuthorities: command<readonly ChosenAuthority[]>()(z.object({})),
  },
  vault: {
    /** Asks the keychain again, which may ask the person. */
    tryAgain: command<{ readonly state: VaultState }>()(z.object({})),
    /** Seals everything under a new key. */
    renewKey: command<KeyChangeAnswer>()(z.object({})),
    /** Removes the secrets of all profiles, and their key. */
    removeAll: command<KeyChangeAnswer>()(z.object({})),
    /** Sets aside what cannot be opened any more, and makes a new key. The answer names the old file. */
    startAfresh: command<{ readonly setAside: string }>()(z.object({})),
  },
  marks: {
    /** The mark as it would be drawn into a box of this size (points, as seen). */
    preview: command<MarkPreview>()(
      z.object({
        what: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("mark"), design: markDesignSchema }),
          z.object({ kind: z.literal("initials"), design: initialsSchema }),
        ]),
        width: points(100_000),
        height: points(100_000),
        /** What stands for the name, which only the certificate will tell. */
        name: shortText(200),
        provider: shortText(100).nullable(),
        reason: shortText(200),
        location: shortText(100),
      }),
    ),
    /** Shows the system's open dialog; null: it was closed. */
    choosePicture: command<ChosenPicture | null>()(z.object({})),
    /** A picture that was dropped: its bytes, never its path. */
    addPicture: command<ChosenPicture>()(
      z.object({ bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAXIMUM_PICTURE_BYTES) }),
    ),
    /** The stored picture, a plain PNG or JPEG. */
    picture: command<{ readonly type: "image/png" | "image/jpeg"; readonly bytes: Uint8Array }>()(
      z.object({ picture }),
    ),
    /** Adds a preset, or replaces the one with this id. */
    save: command<{ readonly id: string }>()(
      z.object({ id: uuid.nullable(), name: shortText(60), design: markDesignSchema }),
    ),
    remove: command<null>()(z.object({ id: uuid })),
    /** Null: the usual mark. */
    setDefault: command<null>()(z.object({ id: uuid.nullable() })),
  },
  certificate: {
    /** Shows the system's dialog for a certificate file and remembers what was chosen. The window never learns the path. */
    chooseFile: command<null>()(z.object({})),
    /** Remembers the practice certificate as the choice. */
    usePractice: command<null>()(z.object({})),
    /** Looks for cards and tokens with their certificates; asks nobody for a PIN. */
    listTokens: command<TokenList>()(z.object({})),
    /** Remembers one of the last listing as the choice. */
    useToken: command<null>()(z.object({ id: shortText(100) })),
  },
  practice: {
    /** Opens the sandbox's phone page in a window of its own. */
    openPhone: command<null>()(z.object({})),
  },
  history: {
    /** Documents of signing runs, the newest first. */
    documents: command<HistoryPage<HistoryDocument>>()(historyQuerySchema),
    /** What was done beside signing, the newest first; `outcome` and `environment` do not matter. */
    events: command<HistoryPage<HistoryEvent>>()(historyQuerySchema),
    /** What was made here of, or is, this document: found by its digest. */
    ofDocument: command<HistoryOfDocument>()(z.object({ document })),
    /** Checks the whole audit trail. */
    check: command<TrailCheck>()(z.object({})),
    facts: command<TrailFacts>()(z.object({})),
    /** Shows the system's save dialog and writes the trail as JSON lines. */
    export: command<{ readonly saved: boolean }>()(z.object({})),
    /** Opens the result of a document, as long as the journal knows where it is. */
    open: command<OpenOutcome>()(z.object({ run: transaction, item: shortText(10) })),
    /** Goes on with a run that was interrupted or waits for its delivery. */
    goOn: command<null>()(z.object({ run: transaction })),
    /** Working files that were left behind beside results. */
    leftOver: command<readonly LeftOverFile[]>()(z.object({})),
    /** SECURITY: takes an id of the last listing, never a path. */
    removeLeftOver: command<null>()(z.object({ id: shortText(100) })),
    showLeftOver: command<null>()(z.object({ id: shortText(100) })),
  },
  diagnostics: {
    /** What support needs to know, without secrets and personal data. */
    read: command<{ readonly text: string }>()(z.object({})),
    /** Shows the system's save dialog; what was read last is saved. */
    save: command<{ readonly saved: boolean }>()(z.object({})),
  },
  menu: {
    /** The menu's commands, so that a click and a key do the same. */
    invoked: event<MenuCommand>(),
  },
} as const;

export type MenuCommand =
  | "open"
  | "close-document"
  | "sign"
  | "find"
  | "zoom-in"
  | "zoom-out"
  | "zoom-fit"
  | "rotate"
  | "thumbnails"
  | "history"
  | "settings"
  | "diagnostics";

type Contract = typeof contract;
type Leaves<T, Prefix extends string> = {
  [Key in keyof T & string]: T[Key] extends { readonly kind: string }
    ? { [Name in `${Prefix}${Key}`]: T[Key] }
    : Leaves<T[Key], `${Prefix}${Key}.`>;
}[keyof T & string];
type Merge<Union> = (Union extends unknown ? (part: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type Flat = Merge<Leaves<Contract, "">>;

export type CommandName = { [Name in keyof Flat]: Flat[Name] extends { kind: "command" } ? Name : never }[keyof Flat];
export type EventName = { [Name in keyof Flat]: Flat[Name] extends { kind: "event" } ? Name : never }[keyof Flat];
/** What main gets, after parsing. */
export type CommandInput<Name extends CommandName> =
  Flat[Name] extends Command<infer Input, unknown> ? z.output<Input> : never;
/** What the renderer sends. */
export type CommandArgument<Name extends CommandName> =
  Flat[Name] extends Command<infer Input, unknown> ? z.input<Input> : never;
export type CommandOutput<Name extends CommandName> =
  Flat[Name] extends Command<z.ZodType, infer Output> ? Output : never;
export type EventPayload<Name extends EventName> = Flat[Name] extends Event<infer Payload> ? Payload : never;
