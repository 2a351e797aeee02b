import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import { OID } from "../../electron/pki/oids.ts";
import * as ext from "../pki/extensions.ts";
import { distinguishedName, issueCertificate } from "../pki/issue-certificate.ts";
import type { NamePart } from "../pki/issue-certificate.ts";
import type { PkiStore, StoredIdentity } from "../pki/pki-store.ts";
import { authorityValidity, selfSignedAuthority } from "../pki/practice-pki.ts";
import type { PracticeAuthority } from "../pki/practice-pki.ts";
import { kindPolicy } from "./persons.ts";

/** The authorities behind one bank's BankIDs, four levels as in PhenixID's example. */
export interface BankAuthorities {
  readonly root: PracticeAuthority;
  readonly bank: PracticeAuthority;
  readonly customers: PracticeAuthority;
}

export const bankOrganization = "Practice Bank AB (publ)";
export const bankPolicies = ext.plainPolicies(Object.values(kindPolicy));

/** "known": under the root that a relying party trusts. "unknown": under another one. */
export type BankOrigin = "known" | "unknown";

export function bankRoot(store: PkiStore, origin: BankOrigin = "known"): Promise<PracticeAuthority> {
  return origin === "known"
    ? selfSignedAuthority(store, "bankid-root", "Practice BankID Root CA v1 – not for real use")
    : selfSignedAuthority(store, "bankid-unknown-root", "Unknown BankID Root CA v1 – for practice");
}

export async function bankAuthorities(store: PkiStore, origin: BankOrigin = "known"): Promise<BankAuthorities> {
  const prefix = origin === "known" ? "bankid" : "bankid-unknown";
  const root = await bankRoot(store, origin);
  const bank = await subordinate(store, root, `${prefix}-bank`, "Practice Bank CA v1 for BankID");
  const customers = await subordinate(store, bank, `${prefix}-customers`, customerAuthority);
  return { root, bank, customers };
}

const customerAuthority = "Practice Bank Customer CA1 v1 for BankID";

async function subordinate(
  store: PkiStore,
  issuer: PracticeAuthority,
  label: string,
  commonName: string,
): Promise<PracticeAuthority> {
  const name = bankName("111111111111", commonName);
  const identity = await store.identity({
    name: label,
    modulusBits: 3072,
    base: "",
    now: 0,
    renew: false,
    issue: (key) =>
      issueCertificate({
        subject: name,
        spki: key.spki,
        issuer,
        serial: store.newSerial(issuer.label),
        ...authorityValidity,
        extensions: [ext.authority(null), bankPolicies, ext.keyUsage("keyCertSign", "crlSign")],
      }),
  });
  return { ...identity, name, label };
}

const bankName = (serialNumber: string, commonName: string): Uint8Array =>
  distinguishedName([
    ["country", "SE"],
    ["organization", bankOrganization],
    ["serialNumber", serialNumber],
    ["commonName", commonName],
  ]);

/** Who answers for certificates. */
export interface BankResponder extends StoredIdentity {
  readonly name: Uint8Array;
}

const day = 24 * 3600 * 1000;

/** The responder of a customer authority: named by it, for this purpose only. "expired": past its end. */
export async function bankResponder(
  store: PkiStore,
  issuer: PracticeAuthority,
  now: number,
  state: "valid" | "expired" = "valid",
): Promise<BankResponder> {
  const isExpired = state === "expired";
  const name = bankName("1111111111", `${customerAuthority} OCSP Signing`);
  const identity = await store.identity({
    name: `${issuer.label}-responder${isExpired ? "-expired" : ""}`,
    modulusBits: 2048,
    base: "",
    now,
    renew: !isExpired,
    issue: (key) =>
      issueCertificate({
        subject: name,
        spki: key.spki,
        issuer,
        serial: store.newSerial(issuer.label),
        notBefore: new Date(isExpired ? now - 400 * day : now - day),
        notAfter: new Date(isExpired ? now - day : now + 5 * 365 * day),
        extensions: [
          bankPolicies,
          ext.extendedKeyUsage([OID.ocspSigning], true),
          ext.keyUsage("nonRepudiation"),
          ext.ocspNoCheck(),
        ],
      }),
  });
  return { ...identity, name };
}

export interface HolderOrder {
  /** Of the stored identity. */
  readonly label: string;
  readonly subject: readonly NamePart[];
  readonly issuer: PracticeAuthority;
  readonly now: number;
  readonly modulusBits: number;
  readonly isExpired: boolean;
  readonly policy: string;
  readonly usage: "nonRepudiation" | "digitalSignature";
}

/** A person's certificate with the fields and extensions of PhenixID's example. */
export function bankHolder(store: PkiStore, order: HolderOrder): Promise<StoredIdentity> {
  const { isExpired, issuer, label, modulusBits, now, policy, subject, usage } = order;
  return store.identity({
    name: label,
    modulusBits,
    base: "",
    now,
    renew: !isExpired,
    issue: (key: PrivateKey) =>
      issueCertificate({
        subject: distinguishedName(subject),
        spki: key.spki,
        issuer,
        serial: store.newSerial(issuer.label),
        notBefore: new Date(isExpired ? now - 3 * 365 * day : now - day),
        notAfter: new Date(isExpired ? now - day : now + 2 * 365 * day),
        extensions: [ext.plainPolicies([policy]), ext.keyUsage(usage)],
      }),
  });
}
