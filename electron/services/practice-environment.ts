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
}

/** The built-in sandbox, as the services see it. Nothing in it is a secret of a real person. */
export interface PracticeEnvironment {
  readonly itsme: ItsmeProfile;
  readonly idnow: PracticeIdnow;
  readonly clientCertificatePem: string;
  readonly clientKeyPem: string;
  /** Root of the practice servers' TLS certificates: trusted for these servers only. */
  readonly tlsCaPem: string;
  /** Roots that practice signatures and timestamps are judged against. */
  readonly trustAnchorsPem: string;
  /** Roots that persons who practise with BankID are judged against; absent: practice has no BankID. */
  readonly bankIdRootsPem?: string;
  /** A PKCS#12 file of a pretend person, for practising with a certificate, and its password, which is no secret. */
  readonly certificatePath: string;
  readonly certificatePassword: string;
  readonly timestampUrl: string;
  /** The pretend phone. */
  readonly phoneUrl: string;
  readonly close: () => Promise<void>;
}
