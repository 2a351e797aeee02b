import type { SandboxControl } from "./control/sandbox-control.ts";
import type { BankIdProfile } from "./bankid/open-bankid.ts";
import type { FourthlineProfile } from "./fourthline/open-fourthline.ts";
import type { IdnowProfile } from "./idnow/open-idnow.ts";
import type { PracticeSeal } from "./pki/practice-seal.ts";

export interface SandboxPorts {
  /** The partner API of itsme (HTTPS, client certificate required). */
  readonly itsme: number;
  /** itsme's pages for the person's browser (HTTPS). */
  readonly pages: number;
  /** The customer API of IDnow (HTTPS, Basic authentication). */
  readonly idnow: number;
  /** IDnow's pages for the person's browser (HTTPS). */
  readonly idnowPages: number;
  /** PhenixID's local API for BankID (HTTPS, Basic authentication). */
  readonly bankid: number;
  /** The same, and BankID's RP API (HTTPS, client certificate required). */
  readonly bankidMutual: number;
  /** The API of Fourthline (HTTPS, bearer tokens). */
  readonly fourthline: number;
  /** TSA, OCSP, CRL, issuer certificates (HTTP). */
  readonly pki: number;
  /** The practice phone and the control endpoint (HTTP). */
  readonly control: number;
}

/** A running sandbox. All addresses are on this computer. */
export interface Sandbox {
  readonly folder: string;
  readonly baseUrls: {
    /** With the path of the API, without a slash at the end. */
    readonly itsme: string;
    /** Origin of itsme's browser pages. */
    readonly pages: string;
    /** With the path of the API, without a slash at the end. */
    readonly idnow: string;
    /** Origin of IDnow's browser pages. */
    readonly idnowPages: string;
    /** Origin of PhenixID's local API, with user and password. */
    readonly bankid: string;
    /** Origin of PhenixID's local API, with a client certificate. */
    readonly bankidMutual: string;
    /** BankID's RP API with its path, without a slash at the end; with a client certificate. */
    readonly bankidRp: string;
    /** Origin; paths are in the profile's table. */
    readonly fourthline: string;
    /** Origin; `POST …/control` takes the operations. */
    readonly control: string;
    readonly tsa: string;
    readonly ocsp: string;
    readonly crl: string;
  };
  /** The page that plays the phone. */
  readonly phoneUrl: string;
  /** Trust anchor of persons, timestamps and OCSP answers. */
  readonly rootCertificatePem: string;
  readonly tsaRootPem: string;
  readonly issuingCertificatePem: string;
  /** Trust anchor of the HTTPS servers; can only speak for localhost. */
  readonly tlsCaPem: string;
  /** The HTTPS servers' own certificate, for clients that can only pin. */
  readonly tlsServerCertificatePem: string;
  readonly clientCertificatePem: string;
  /** SECURITY: the practice partner's private key, PKCS#8, not encrypted. */
  readonly clientKeyPem: string;
  /** PKCS#12 of a pretend person; its password is no secret (`PRACTICE_CERTIFICATE_PASSWORD`). */
  readonly practiceCertificate: () => Promise<Uint8Array>;
  /** For an organisation's seal; the organisation is pretended. */
  readonly practiceSeal: () => Promise<PracticeSeal>;
  readonly itsmeProfile: {
    readonly partnerCode: string;
    readonly serviceCode: string;
    readonly redirectUrl: string;
  };
  readonly idnowProfile: IdnowProfile;
  readonly bankidProfile: BankIdProfile;
  /** PEM. Trust anchor of practice BankIDs; they do not lead to the practice root. */
  readonly bankidRootPem: () => Promise<string>;
  readonly fourthlineProfile: FourthlineProfile;
  readonly control: SandboxControl;
  close(): Promise<void>;
}
