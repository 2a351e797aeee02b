import type { ItsmeProfile } from "../providers/itsme/itsme-profile.ts";

/** The practice account of IDnow. User, password and key are shown to everybody who practises. */
export interface PracticeIdnow {
  /** With the path of the interface and a slash at the end, as the provider's own manual writes it. */
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly pageOrigins: readonly string[];
  readonly extraCa: readonly string[];
  /** Where the pages lead back to. */
  readonly redirectUrls: { readonly success: string; readonly abort: string };
  /** For encrypted answers: AES-256, hexadecimal. */
  readonly cryptKeyHex: string;
  /** Wrong codes until an order is cancelled. */
  readonly codeAttempts: number;
}

/** The practice BankID. User and password are shown to everybody who practises. */
export interface PracticeBankId {
  readonly phenixId: {
    readonly baseUrl: string;
    readonly tenant: string;
    readonly user: string;
    readonly password: string;
  };
  /** The same server with the practice client certificate in place of the password. */
  readonly phenixIdMutual: { readonly baseUrl: string; readonly tenant: string };
  /** With the practice client certificate. */
  readonly rpApi: { readonly baseUrl: string; readonly endUserIp: string };
  /** PEM of the root that practice BankIDs lead to. */
  readonly rootPem: string;
  readonly extraCa: readonly string[];
  /** The page that plays the app on this computer: it takes the query of BankID's own links. */
  readonly appUrl: string;
}

/** What a pretend organisation seals documents with. */
export interface PracticeSeal {
  /** PEM: the seal's certificate, its issuer, the root. */
  readonly chainPem: string;
  /** PEM of PKCS#8, not encrypted. */
  readonly keyPem: string;
}

/** The practice account of Fourthline. Client and secret are shown to everybody who practises. */
export interface PracticeFourthline {
  /** Origin; the table holds the paths. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As agreed with Fourthline: for persons whose identity check has ended, and for those whose is still going on. */
  readonly workflowNames: { readonly completed: string; readonly pending: string };
  readonly extraCa: readonly string[];
  /** Where the calls are and how their fields are called, as this sandbox was started. */
  readonly table: {
    readonly endpoints: Readonly<Record<string, { readonly method: string; readonly path: string }>>;
    readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  /** Whom the customer's own identifiers stand for; the first one is everybody whose identifier is not here. */
  readonly persons: readonly {
    readonly reference: string;
    readonly givenNames: string;
    readonly surname: string;
    readonly what: string;
  }[];
}

/** The built-in sandbox, as the services see it. Nothing in it is a secret of a real person. */
export interface PracticeEnvironment {
  readonly itsme: ItsmeProfile;
  readonly idnow: PracticeIdnow;
  readonly bankid: PracticeBankId;
  readonly fourthline: PracticeFourthline;
  readonly clientCertificatePem: string;
  readonly clientKeyPem: string;
  /** Root of the practice servers' TLS certificates: trusted for these servers only. */
  readonly tlsCaPem: string;
  /** Roots that practice signatures and timestamps are judged against. */
  readonly trustAnchorsPem: string;
  /** A PKCS#12 file of a pretend person, for practising with a certificate, and its password, which is no secret. */
  readonly certificatePath: string;
  readonly certificatePassword: string;
  readonly seal: PracticeSeal;
  readonly timestampUrl: string;
  /** The pretend phone. */
  readonly phoneUrl: string;
  readonly close: () => Promise<void>;
}
