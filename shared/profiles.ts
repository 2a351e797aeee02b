import type { CertificateFacts } from "./app-state.ts";
import type { Failure } from "./failure.ts";
import type { ProviderId } from "./ids.ts";
import type { MessageKey } from "./messages/en.ts";

/** Where a profile leads; only what is made in production binds anybody. */
export const ENVIRONMENT_KINDS = ["sandbox", "test", "production"] as const;
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number];

/**
 * What a provider's onboarding letter has to be copied from, as data: the window draws it, main checks it and makes
 * settings of it. A field's name is the path of its value in the provider's settings ("connection.tenant").
 */
export interface ProfileForm {
  readonly provider: ProviderId;
  readonly sections: readonly FormSection[];
}

export interface FormSection {
  readonly title: MessageKey;
  /** Few need it: shut until somebody opens it. */
  readonly folded?: boolean;
  readonly fields: readonly FormField[];
}

export type FormField = FieldCommon &
  (
    | TextField
    | LinesField
    | JsonField
    | ChoiceField
    | ChoicesField
    | SwitchField
    | CertificatesField
    | SecretField
    | ClientField
  );

interface FieldCommon {
  readonly name: string;
  readonly label: MessageKey;
  /** Where in the letter it is found, and what it is for. */
  readonly help: MessageKey;
  readonly required: boolean;
  /** Only there while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean)[] };
}

interface TextField {
  readonly kind: "text";
  readonly format: TextFormat;
  readonly maximum: number;
  readonly placeholder?: string;
}

/** Several values, one a line. */
interface LinesField {
  readonly kind: "lines";
  readonly format: TextFormat;
  readonly maximum: number;
  readonly placeholder?: string;
}

/** A value with an inner form of its own, typed as JSON text (RFC 8259). */
interface JsonField {
  readonly kind: "json";
  readonly maximum: number;
  readonly placeholder?: string;
}

interface ChoiceField {
  readonly kind: "choice";
  readonly options: readonly FieldOption[];
  readonly usual: string;
}

interface ChoicesField {
  readonly kind: "choices";
  readonly options: readonly FieldOption[];
  readonly usual: readonly string[];
}

interface SwitchField {
  readonly kind: "switch";
  readonly usual: boolean;
}

/** Certificates that are no secret (authorities, roots), as PEM. */
interface CertificatesField {
  readonly kind: "certificates";
}

/** SECURITY: goes into the vault and never comes back. */
interface SecretField {
  readonly kind: "secret";
  readonly format: SecretFormat;
}

/** A client certificate with its private key. SECURITY: as a secret. */
interface ClientField {
  readonly kind: "client-certificate";
  /** "seal": it signs for the organisation, and opens no connection. */
  readonly purpose: CertificatePurpose;
}

export type CertificatePurpose = "client" | "seal";

export interface FieldOption {
  /** "": no value, where that is one of the choices. */
  readonly value: string;
  readonly label: MessageKey;
}

/** Decides which sentence says that the value is not well-formed. */
export type TextFormat =
  | "https"
  | "origin"
  | "header"
  | "user"
  | "code"
  | "country"
  | "number"
  | "count"
  | "digits"
  | "megabytes"
  | "site"
  | "ip"
  | "oid"
  | "proxy"
  | "tan-text"
  | "any";

export type SecretFormat = "password" | "header-value" | "aes-256";

/** By field name. Certificates are PEM texts. */
export type FormValues = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What is kept of a secret: that it is there, and for a certificate whose it is. */
export type SecretMark =
  | { readonly kind: "text" }
  | { readonly kind: "client-certificate"; readonly facts: CertificateFacts };

/** How a profile's secret changes when it is saved. A field that is not named keeps what is stored. */
export type SecretChange =
  | { readonly kind: "text"; readonly value: string }
  /** What was imported, by the name that main gave it. */
  | { readonly kind: "imported"; readonly id: string }
  | { readonly kind: "none" };

/** A profile as the window may know it. SECURITY: nothing that has to be kept from anybody. */
export interface ProfileView {
  readonly provider: ProviderId;
  readonly name: string;
  readonly environment: EnvironmentKind;
  /** It is the one in use for its provider. */
  readonly active: boolean;
  readonly values: FormValues;
  /** Whose the certificates of a field are, in its order. */
  readonly certificates: Readonly<Record<string, readonly CertificateFacts[]>>;
  readonly secrets: Readonly<Record<string, SecretMark>>;
  /** Secrets that its settings name and the vault does not have (any more). */
  readonly missing: readonly string[];
  /** How its secrets are kept: "session": some are gone when the program ends; "locked": they cannot be opened now. */
  readonly keeping: "stored" | "session" | "locked";
}

export interface ProfilesView {
  readonly forms: readonly ProfileForm[];
  readonly list: readonly ProfileView[];
}

/** What is wrong with a field. `sentence` is filled with `params`. */
export interface FieldProblem {
  readonly field: string;
  readonly sentence: MessageKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface ImportedCertificate {
  readonly id: string;
  readonly facts: CertificateFacts;
}

/** "password": the file wants one; ask and come back with `file`. */
export type ImportAnswer =
  | { readonly kind: "imported"; readonly certificate: ImportedCertificate }
  | { readonly kind: "password"; readonly file: string; readonly name: string; readonly problem: Failure | null };

export interface ChosenAuthority {
  readonly pem: string;
  readonly facts: CertificateFacts;
}

/** What a test of the connection looks at, in this order. */
export const TEST_STEPS = [
  "dns",
  "proxy",
  "tcp",
  "tls",
  "client-certificate",
  "allow-list",
  "service",
  "credentials",
  "codes",
] as const;
export type TestStepId = (typeof TEST_STEPS)[number];

export interface TestStep {
  readonly id: TestStepId;
  /** "warning": it works, but see the note. "not-needed": this provider, or this profile, has no such thing. */
  readonly state: "passed" | "warning" | "failed" | "not-tried" | "not-needed";
  /** A sentence about what was found. */
  readonly note: { readonly key: MessageKey; readonly params: Readonly<Record<string, string | number>> } | null;
  readonly failure: Failure | null;
}

export type TestReport = readonly TestStep[];

/** SECURITY: a name becomes part of the vault's ids and of file texts; "sandbox" is practice mode's own. */
export const PROFILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,59}$/u;
