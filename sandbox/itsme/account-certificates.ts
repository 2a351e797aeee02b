import { OID } from "../../electron/pki/oids.ts";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import type { SandboxClock } from "../clock.ts";
import * as ext from "../pki/extensions.ts";
import { distinguishedName, issueCertificate, practiceScheme, serialHexOf } from "../pki/issue-certificate.ts";
import type { PkiStore, StoredIdentity } from "../pki/pki-store.ts";
import { PRACTICE_OID } from "../pki/practice-oids.ts";
import { certificatePem, chainPem, issuedAddresses, selfSignedAuthority } from "../pki/practice-pki.ts";
import type { PracticeAuthority, PracticeServices } from "../pki/practice-pki.ts";
import type { Revocations } from "../pki/revocations.ts";
import { practiceAccounts } from "./accounts.ts";
import type { PracticeAccount } from "./accounts.ts";

export interface AccountCertificate {
  readonly userCode: string;
  readonly certificatePem: string;
  /** Leaf, issuing CA, root. */
  readonly chainPem: string;
  /** As in the revocation list. */
  readonly serialHex: string;
}

/** The pretend persons' keys and certificates, made when first asked for and kept in the folder. */
export interface AccountCertificates {
  /** 36 characters; the same in every run with this folder. */
  userCode(account: PracticeAccount): string;
  certificateFor(account: PracticeAccount): Promise<AccountCertificate>;
  /** RSASSA-PKCS1-v1_5 over DigestInfo(SHA-256, digest), one value a digest. */
  sign(account: PracticeAccount, digests: readonly Uint8Array[]): Promise<readonly Buffer[]>;
}

const day = 24 * 3600 * 1000;

export function accountCertificates(room: {
  readonly store: PkiStore;
  readonly services: PracticeServices;
  readonly revocations: Revocations;
  readonly clock: SandboxClock;
}): AccountCertificates {
  const { store, services, revocations, clock } = room;
  const userCode = (account: PracticeAccount): string => store.stableCode(`itsme user ${account.phone}`, 36);

  const load = async (account: PracticeAccount): Promise<StoredIdentity & { readonly issuer: PracticeAuthority }> => {
    const foreign = account.answers.certificate === "foreign-ca";
    const issuer = foreign ? await foreignAuthority(store) : services.issuing;
    const identity = await store.identity({
      name: `person-${account.phone.slice(1)}`,
      modulusBits: 2048,
      base: services.base,
      now: clock.now(),
      renew: account.answers.certificate !== "expired",
      issue: (key) => personCertificate(account, key, issuer, room),
    });
    return { ...identity, issuer };
  };

  return {
    userCode,
    async certificateFor(account) {
      const { certificate, issuer } = await load(account);
      const serialHex = serialHexOf(certificate);
      if (account.answers.certificate === "revoked") {
        await revocations.revokeAtFirst(serialHex, clock.now() - day / 24);
      }
      const above =
        issuer === services.issuing ? [issuer.certificate, services.root.certificate] : [issuer.certificate];
      return {
        userCode: userCode(account),
        certificatePem: certificatePem({ certificate }),
        chainPem: chainPem([certificate, ...above]),
        serialHex,
      };
    },
    async sign(account, digests) {
      const { key } = await load(account);
      return digests.map((digest) => Buffer.from(key.signDigest(practiceScheme, digest)));
    },
  };
}

/** Who has this code, or null. */
export function accountByUserCode(certificates: AccountCertificates, userCode: string): PracticeAccount | null {
  return practiceAccounts.find((account) => certificates.userCode(account) === userCode) ?? null;
}

function foreignAuthority(store: PkiStore): Promise<PracticeAuthority> {
  return selfSignedAuthority(store, "foreign-ca", "Unknown Authority – for practice");
}

/** A certificate with the fields and extensions of itsme's example certificate. */
function personCertificate(
  account: PracticeAccount,
  key: PrivateKey,
  issuer: PracticeAuthority,
  room: { readonly store: PkiStore; readonly services: PracticeServices; readonly clock: SandboxClock },
): Uint8Array {
  const { base } = room.services;
  const now = room.clock.now();
  const expired = account.answers.certificate === "expired";
  const foreign = account.answers.certificate === "foreign-ca";
  return issueCertificate({
    subject: distinguishedName([
      ["country", "BE"],
      ["locality", "Brussel"],
      ["serialNumber", account.nationalNumber],
      ["surname", account.surname],
      ["givenName", account.givenName],
      ["commonName", `${account.givenName} ${account.surname}`],
    ]),
    spki: key.spki,
    issuer,
    serial: room.store.newSerial(issuer.label),
    notBefore: new Date(expired ? now - 3 * 365 * day : now - day),
    notAfter: new Date(expired ? now - day : now + 3 * 365 * day),
    extensions: [
      ext.keyUsage("digitalSignature", "nonRepudiation"),
      ext.extendedKeyUsage([OID.clientAuth, OID.emailProtection, PRACTICE_OID.microsoftDocumentSigning]),
      ext.certificatePolicies(`${base}/practice-statement`),
      ext.qualifiedStatements(`${base}/practice-statement`),
      // A stranger's certificate does not send anybody to our own services.
      ...(foreign ? [] : issuedAddresses(base)),
    ],
  });
}
