import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import type { SandboxClock } from "../clock.ts";
import { serialHexOf } from "../pki/issue-certificate.ts";
import type { NamePart } from "../pki/issue-certificate.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import { certificatePem } from "../pki/practice-pki.ts";
import type { PracticeAuthority } from "../pki/practice-pki.ts";
import type { Revocations } from "../pki/revocations.ts";
import { bankAuthorities, bankHolder, bankOrganization, bankResponder, bankRoot } from "./bank-authorities.ts";
import type { BankResponder } from "./bank-authorities.ts";
import type { BankIdFlaws } from "./flaws.ts";
import { kindPolicy, personName, practicePersons } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";

/** Everything that one signature needs. */
export interface BankIdSigner {
  readonly key: PrivateKey;
  /** DER: the person's, the customer authority's, the bank's. The root is not among them. */
  readonly chain: readonly [Uint8Array, Uint8Array, Uint8Array];
  readonly issuer: PracticeAuthority;
  readonly serialHex: string;
  readonly person: PracticePerson;
}

/** The pretend persons' keys and certificates, made when first asked for and kept in the folder. */
export interface BankIdCertificates {
  /** PEM. */
  rootPem(): Promise<string>;
  signer(
    person: PracticePerson,
    what: "Signing" | "Identification",
    flaw?: BankIdFlaws["signer"],
  ): Promise<BankIdSigner>;
  responder(issuer: PracticeAuthority, state?: "valid" | "expired"): Promise<BankResponder>;
  /** A responder that nobody has named for these certificates. */
  foreignResponder(): Promise<BankResponder>;
}

export function bankidCertificates(room: {
  readonly store: PkiStore;
  readonly revocations: Revocations;
  readonly clock: SandboxClock;
}): BankIdCertificates {
  const { clock, revocations, store } = room;
  return {
    rootPem: async () => certificatePem(await bankRoot(store)),
    async signer(wanted, what, flaw = "person") {
      const person = flaw === "other-person" ? somebodyElse(wanted) : wanted;
      const { bank, customers } = await bankAuthorities(store, flaw === "unknown-root" ? "unknown" : "known");
      const isUsual = flaw === "person" || flaw === "other-person";
      const usage = what === "Identification" || flaw === "wrong-usage" ? "digitalSignature" : "nonRepudiation";
      const { certificate, key } = await bankHolder(store, {
        label: `bankid-${person.personalNumber}-${usage === "nonRepudiation" ? "sign" : "auth"}${isUsual ? "" : `-${flaw}`}`,
        subject: subjectOf(person, flaw, clock.now()),
        issuer: customers,
        now: clock.now(),
        modulusBits: flaw === "short-key" ? 1024 : 2048,
        isExpired: flaw === "expired" || person.certificate === "expired",
        policy: flaw === "other-policy" ? "2.999.1.9" : kindPolicy[person.kind],
        usage,
      });
      const serialHex = serialHexOf(certificate);
      if (person.certificate === "revoked") {
        await revocations.revokeAtFirst(serialHex, clock.now() - hour);
      }
      return {
        key,
        chain: [certificate, customers.certificate, bank.certificate],
        issuer: customers,
        serialHex,
        person,
      };
    },
    responder: (issuer, state) => bankResponder(store, issuer, clock.now(), state),
    async foreignResponder() {
      const { customers } = await bankAuthorities(store, "unknown");
      return bankResponder(store, customers, clock.now());
    },
  };
}

const hour = 3600 * 1000;

function somebodyElse({ personalNumber }: PracticePerson): PracticePerson {
  const [first, second] = practicePersons;
  return second === undefined || first.personalNumber !== personalNumber ? first : second;
}

const kindWords = { file: "på fil", card: "på kort", mobile: "Mobilt BankID" } as const;

/** In the order of PhenixID's example. */
function subjectOf(person: PracticePerson, flaw: BankIdFlaws["signer"], now: number): readonly NamePart[] {
  const { givenName, kind, personalNumber, surname } = person;
  // "(170224 11.51)": when it was issued.
  const issued = new Date(now).toISOString().slice(2, 16).replaceAll("-", "").replace("T", " ").replace(":", ".");
  const words = kind === "mobile" ? kindWords.mobile : `BankID ${kindWords[kind]}`;
  return [
    ["country", "SE"],
    ["organization", bankOrganization],
    ["surname", surname],
    ["givenName", givenName],
    ...(flaw === "no-number" ? [] : [["serialNumber", personalNumber] as const]),
    ["name", `(${issued}) ${personName(person)} - ${words}`],
    ["commonName", personName(person)],
  ];
}
