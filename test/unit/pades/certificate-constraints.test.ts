import { beforeAll, describe, expect, test } from "vitest";
import { certificateConflict } from "../../../electron/pades/certificate-constraints.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isDict } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { generateEcKeyPair } from "../../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../../electron/pki/algorithms.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { encodeScheme } from "../../../electron/pki/signature-scheme.ts";
import { buildPdf } from "../pdf/build-pdf.ts";
import { ECDSA } from "./local-signer.ts";

interface Issued {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
}

/** A subject's name: attributes in the order of a certificate. */
const nameOf = (attributes: Readonly<Record<string, string>>): Uint8Array =>
  der.sequence(
    ...Object.entries(attributes).map(([oid, value]) => der.setOf([der.sequence(der.oid(oid), der.utf8String(value))])),
  );

const extension = (oid: string, value: Uint8Array): Uint8Array => der.sequence(der.oid(oid), der.octetString(value));

async function issue(
  subject: Uint8Array,
  issuer: { readonly name: Uint8Array; readonly key: PrivateKey } | null,
): Promise<Issued> {
  const key = await generateEcKeyPair("P-256");
  const validity = der.sequence(
    der.utcTime(new Date("2026-01-01T00:00:00Z")),
    der.utcTime(new Date("2036-01-01T00:00:00Z")),
  );
  // RFC 5280 4.2.1.3: bit 1 is nonRepudiation alone; 4.2.1.4: one policy.
  const extensions = der.sequence(
    extension("2.5.29.15", Uint8Array.of(0x03, 0x02, 0x06, 0x40)),
    extension("2.5.29.32", der.sequence(der.sequence(der.oid("1.2.3.4.5")))),
  );
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(7),
    encodeScheme(ECDSA),
    issuer?.name ?? subject,
    validity,
    subject,
    key.spki,
    der.explicit(3, extensions),
  );
  const signer = issuer?.key ?? key;
  const certificate = der.sequence(body, encodeScheme(ECDSA), der.bitString(signer.sign(ECDSA, body)));
  return { key, certificate };
}

const hexString = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString("hex")}>`;

describe("constraints on the signer's certificate (ISO 32000-2 table 238)", () => {
  const rootName = nameOf({ [OID.commonName]: "Root" });
  const middleName = nameOf({ [OID.commonName]: "Middle" });
  let root: Issued;
  let middle: Issued;
  let leaf: Issued;
  let other: Issued;

  beforeAll(async () => {
    root = await issue(rootName, null);
    middle = await issue(middleName, { name: rootName, key: root.key });
    const person = nameOf({ [OID.country]: "BE", [OID.organization]: "Acme  NV", [OID.commonName]: "Anna Peeters" });
    leaf = await issue(person, { name: middleName, key: middle.key });
    // Has the root's name, but never signed anything of this chain.
    other = await issue(rootName, null);
  });

  const conflict = (seed: string, chain: readonly Uint8Array[] | "later" = [leaf.certificate, middle.certificate]) => {
    const objects = { 1: `<< /Type /Catalog /Seed << /Type /SVCert ${seed} >> >>` };
    const file = openPdf(memorySource(buildPdf({ objects })));
    const dictionary = file.get(file.catalog, "Seed");
    if (!isDict(dictionary)) {
      throw new Error("no seed");
    }
    return certificateConflict(file, dictionary, chain)?.constraint ?? null;
  };

  test("Subject: one of these certificates", () => {
    expect(conflict(`/Ff 1 /Subject [${hexString(other.certificate)} ${hexString(leaf.certificate)}]`)).toBeNull();
    expect(conflict(`/Ff 1 /Subject [${hexString(middle.certificate)}]`)).toBe("Cert.Subject");
    expect(conflict(`/Subject [${hexString(middle.certificate)}]`)).toBeNull();
  });

  test("Issuer: directly, through others, also when the issuer itself did not come along", () => {
    expect(conflict(`/Ff 2 /Issuer [${hexString(middle.certificate)}]`)).toBeNull();
    expect(conflict(`/Ff 2 /Issuer [${hexString(root.certificate)}]`)).toBeNull();
    expect(conflict(`/Ff 2 /Issuer [${hexString(middle.certificate)}]`, [leaf.certificate])).toBeNull();
  });

  test("Issuer: not by its name alone, and not by a certificate that merely came along", () => {
    expect(conflict(`/Ff 2 /Issuer [${hexString(other.certificate)}]`)).toBe("Cert.Issuer");
    const stuffed = [leaf.certificate, middle.certificate, other.certificate];
    expect(conflict(`/Ff 2 /Issuer [${hexString(other.certificate)}]`, stuffed)).toBe("Cert.Issuer");
    expect(conflict(`/Ff 2 /Issuer [${hexString(leaf.certificate)}]`)).toBe("Cert.Issuer");
    expect(conflict("/Ff 2 /Issuer [(no certificate)]")).toBe("Cert.Issuer");
  });

  test("OID: one of the policies, where an issuer is named", () => {
    const issuer = `/Issuer [${hexString(middle.certificate)}]`;
    expect(conflict(`/Ff 4 ${issuer} /OID [(1.2.3.4.5) (1.2.3)]`)).toBeNull();
    expect(conflict(`/Ff 4 ${issuer} /OID [(1.2.3)]`)).toBe("Cert.OID");
    expect(conflict("/Ff 4 /OID [(1.2.3)]")).toBeNull();
  });

  test("SubjectDN: all the attributes of one dictionary", () => {
    expect(conflict("/Ff 8 /SubjectDN [<< /CN (Nobody) >> << /C (BE) /O (acme nv) >>]")).toBeNull();
    expect(conflict("/Ff 8 /SubjectDN [<< /2.5.4.3 (Anna Peeters) >>]")).toBeNull();
    expect(conflict("/Ff 8 /SubjectDN [<< /C (BE) /O (Other) >>]")).toBe("Cert.SubjectDN");
  });

  test("KeyUsage: 1 must, 0 must not, X and what is missing do not matter", () => {
    expect(conflict("/Ff 32 /KeyUsage [(11) (X1)]")).toBeNull();
    expect(conflict("/Ff 32 /KeyUsage [(01XXXXXXX)]")).toBeNull();
    expect(conflict("/Ff 32 /KeyUsage [(X0)]")).toBe("Cert.KeyUsage");
    expect(conflict("/Ff 32 /KeyUsage [(1)]")).toBe("Cert.KeyUsage");
  });

  test("URL: a page to get a certificate at is no hindrance, a service that must sign is", () => {
    expect(conflict("/Ff 64 /URL (https://ca.example) /URLType /Browser")).toBeNull();
    expect(conflict("/Ff 64 /URL (https://sign.example) /URLType /ASSP")).toBe("Cert.URL");
  });

  test("what nobody can promise yet waits until the signer is known; what nobody knows is refused", () => {
    expect(conflict(`/Ff 1 /Subject [${hexString(middle.certificate)}]`, "later")).toBeNull();
    expect(conflict(`/Ff 1 /Subject [${hexString(leaf.certificate)}]`, [])).toBe("Cert");
    expect(conflict("/Ff 128", "later")).toBe("Cert");
  });
});
