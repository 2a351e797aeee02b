import { generateRsaKeyPair, sha256 } from "../../electron/pki/algorithms.ts";
import { digest } from "../../electron/pki/digest.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme, type SignatureScheme } from "../../electron/pki/signature-scheme.ts";
import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument } from "./base-documents.ts";
import { signRaw } from "./sign-raw.ts";
import { type Identity, issue, keyUsage, PERSON } from "./test-authority.ts";
import { attribute, type CmsOptions, makeCms, signingCertificateV2 } from "./test-cms.ts";

const honest = { bytesStayHonest: true } as const;
const RSA: SignatureScheme = { kind: "rsa-pkcs1", digest: "SHA-256" };

/** CMS signatures over the right bytes that are wrong in themselves. */
export function cmsSurgery({ pki }: Victims): readonly Attack[] {
  const cms = family("CMS");
  const { person, other, stranger } = pki;
  const made = (options: Partial<CmsOptions>, who: Identity = person): ReturnType<typeof signRaw> =>
    signRaw(baseDocument(), who, { cms: options });
  const raw = (value: (hash: Uint8Array) => Uint8Array): ReturnType<typeof signRaw> =>
    signRaw(baseDocument(), person, { value });
  const without = (index: number) => (list: readonly Uint8Array[]) => list.filter((_, at) => at !== index);
  const plus =
    (...more: readonly Uint8Array[]) =>
    (list: readonly Uint8Array[]) => [...list, ...more];
  const zero = new Uint8Array(32);
  const one = (options: Partial<CmsOptions>) => async () => {
    const rsa = await rsaIdentity(pki.root);
    return signRaw(baseDocument(), rsa, { cms: { scheme: RSA, ...options } });
  };
  const inside = (change: (value: Uint8Array) => Uint8Array) => raw((hash) => change(makeCms(hash, { who: person })));
  return [
    cms("no signed attributes", "cms.no-signed-attributes", () => made({ withoutAttributes: true }), honest),
    cms("no content-type", "cms.attribute-missing", () => made({ attributes: without(0) })),
    cms("no message-digest", "cms.attribute-missing", () => made({ attributes: without(1) })),
    cms("no signing-certificate", "cms.signing-certificate-missing", () => made({ attributes: without(2) }), honest),
    cms("no attributes in the set", "cms.attribute-missing", () => made({ attributes: () => [] })),
    cms("two message-digests", "cms.attribute-repeated", () =>
      made({ attributes: plus(attribute(OID.messageDigest, der.octetString(zero))) }),
    ),
    cms("message-digest with two values", "cms.attribute-repeated", () =>
      raw((hash) =>
        makeCms(hash, {
          who: person,
          attributes: (list) => [
            list[0] ?? zero,
            attribute(OID.messageDigest, der.octetString(hash), der.octetString(zero)),
            list[2] ?? zero,
          ],
        }),
      ),
    ),
    cms("wrong message-digest", "cms.digest-mismatch", () => raw(() => makeCms(zero, { who: person }))),
    cms("message-digest with one byte more", "cms.digest-mismatch", () =>
      raw((hash) => makeCms(Uint8Array.from([...hash, 0]), { who: person })),
    ),
    cms("message-digest cut short", "cms.digest-mismatch", () =>
      raw((hash) => makeCms(hash.subarray(0, 16), { who: person })),
    ),
    cms("message-digest empty", "cms.digest-mismatch", () => raw(() => makeCms(new Uint8Array(), { who: person }))),
    cms("message-digest of another kind", "cms.attribute", () =>
      raw((hash) =>
        makeCms(hash, {
          who: person,
          attributes: (list) => [list[0] ?? zero, attribute(OID.messageDigest, der.utf8String("x")), list[2] ?? zero],
        }),
      ),
    ),
    cms("two content-types", "cms.attribute-repeated", () =>
      made({ attributes: plus(attribute(OID.contentType, der.oid(OID.data), der.oid(OID.data))) }),
    ),
    cms("content-type of a timestamp in the attribute", "cms.content-type", () =>
      made({ attributeContentType: OID.tstInfo }),
    ),
    cms("content-type of a timestamp", "cms.content-type", () => made({ contentType: OID.tstInfo })),
    cms("content enclosed", "cms.enclosed-content", () => made({ enclosed: Uint8Array.of(1, 2, 3) })),
    cms("empty content enclosed", "cms.enclosed-content", () => made({ enclosed: new Uint8Array() })),
    cms("two signers", "cms.signer-count", () => made({ copies: 2 })),
    cms("no signer", "cms.signer-count", () => made({ copies: 0 })),
    cms("no certificate", "cms.certificate-missing", () => made({ certificates: [] })),
    cms("certificate of somebody else", "cms.certificate-missing", () => made({ certificates: [other.certificate] })),
    cms("signing-certificate of somebody else", "cms.signing-certificate-mismatch", () =>
      made({ attributes: (list) => [...list.slice(0, 2), signingCertificateV2(other)] }),
    ),
    cms("two signing-certificates", "cms.signing-certificate-mismatch", () =>
      made({ attributes: plus(signingCertificateV2(other)) }),
    ),
    cms("signing-certificate v1 of somebody else beside the right v2", "cms.signing-certificate-mismatch", () =>
      made({
        attributes: plus(
          attribute(
            OID.signingCertificate,
            der.sequence(der.sequence(der.sequence(der.octetString(digest("SHA-1", other.certificate))))),
          ),
        ),
      }),
    ),
    cms("signing-certificate without entries", "cms.signing-certificate-mismatch", () =>
      made({
        attributes: (list) => [...list.slice(0, 2), attribute(OID.signingCertificateV2, der.sequence(der.sequence()))],
      }),
    ),
    cms("signing-certificate that is no sequence", "cms.attribute-malformed", () =>
      made({ attributes: (list) => [...list.slice(0, 2), attribute(OID.signingCertificateV2, der.integer(1))] }),
    ),
    cms("certificate exchanged, same key, same name and number", "cms.signing-certificate-mismatch", async () => {
      const twin = await issue({
        subject: "Ada",
        issuer: pki.root,
        key: person.key,
        serial: person.serial,
        to: "2040-01-01T00:00:00Z",
      });
      return made({ certificates: [twin.certificate] });
    }),
    cms("certificate exchanged, same key, other name", "cms.certificate-missing", async () => {
      const twin = await issue({ subject: "Director Ada", issuer: pki.root, key: person.key });
      return made({ certificates: [twin.certificate] });
    }),
    cms("certificate of the same name and number with another key", "cms.", async () => {
      const twin = await issue({ subject: "Ada", issuer: pki.root, serial: person.serial });
      return made({ certificates: [twin.certificate] });
    }),
    cms("signed with another key", "cms.signature-invalid", () =>
      raw((hash) => makeCms(hash, { who: { ...person, key: other.key } })),
    ),
    cms("value all zeros", "cms.signature-invalid", () => made({ value: (value) => new Uint8Array(value.length) })),
    cms("value empty", "cms.signature-invalid", () => made({ value: () => new Uint8Array() })),
    cms("ECDSA value of r = s = 0", "cms.signature-invalid", () =>
      made({ value: () => der.sequence(der.integer(0), der.integer(0)) }),
    ),
    cms("ECDSA value of r = s = 1", "cms.signature-invalid", () =>
      made({ value: () => der.sequence(der.integer(1), der.integer(1)) }),
    ),
    cms("ECDSA value of r = n, s = n", "cms.signature-invalid", () =>
      made({ value: () => der.sequence(der.integer(P256_ORDER), der.integer(P256_ORDER)) }),
    ),
    cms("ECDSA value with bytes behind", "", () => made({ value: (value) => Uint8Array.from([...value, 0]) })),
    cms("value with one bit flipped", "cms.signature-invalid", () =>
      made({ value: (value) => value.with(20, (value[20] ?? 0) ^ 1) }),
    ),
    cms("digest algorithm SHA-1, message-digest SHA-256", "cms.digest-mismatch", () => made({ digestOid: OID.sha1 })),
    cms("digest algorithm MD5", "cms.", () => made({ digestOid: OID.md5 })),
    cms("unknown digest algorithm", "cms.algorithm-unsupported", () => made({ digestOid: "1.2.3.4" })),
    cms("digest algorithm SHA-512 beside ECDSA with SHA-256", "cms.", () => made({ digestOid: OID.sha512 })),
    cms(
      "list of digests names another one",
      "cms.digest-not-listed",
      () => made({ listedDigestOid: OID.sha512 }),
      honest,
    ),
    cms("unknown signature algorithm", "cms.algorithm-unsupported", () =>
      made({ schemeDer: der.sequence(der.oid("1.2.3.4")) }),
    ),
    cms("signature algorithm RSA with a key on a curve", "cms.key-mismatch", () =>
      made({ schemeDer: encodeScheme(RSA) }),
    ),
    cms("signature algorithm Ed25519 with a key on P-256", "cms.key-mismatch", () =>
      made({ schemeDer: der.sequence(der.oid(OID.ed25519)) }),
    ),
    cms("RSA value of zero", "cms.signature-invalid", one({ value: () => new Uint8Array(256) })),
    cms("RSA value of one", "cms.signature-invalid", one({ value: () => new Uint8Array(256).with(255, 1) })),
    cms(
      "RSA value longer than the key",
      "cms.signature-invalid",
      one({ value: (value) => Uint8Array.from([0, ...value]) }),
    ),
    cms("RSA value cut", "cms.signature-invalid", one({ value: (value) => value.subarray(0, -1) })),
    cms("RSA value one up", "cms.signature-invalid", one({ value: (value) => value.with(255, (value[255] ?? 0) + 1) })),
    cms(
      "PSS announced, PKCS#1 signed",
      "cms.signature-invalid",
      one({ schemeDer: encodeScheme({ kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 }) }),
    ),
    cms(
      "PSS with another salt length",
      "cms.signature-invalid",
      one({
        scheme: { kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 },
        schemeDer: encodeScheme({ kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 20 }),
      }),
    ),
    cms(
      "PSS with another mask digest",
      "cms.",
      one({
        scheme: { kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 },
        schemeDer: encodeScheme({ kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-1", saltLength: 32 }),
      }),
    ),
    cms("nested in another SignedData", "", () =>
      inside((value) => der.sequence(der.oid(OID.signedData), der.explicit(0, value))),
    ),
    cms("other DER in front", "", () => inside((value) => der.concatBytes([der.nullValue(), value]))),
    cms(
      "DER behind it",
      "contents.trailing-data",
      () => inside((value) => der.concatBytes([value, der.utf8String("more")])),
      honest,
    ),
    cms(
      "a second signature behind it",
      "contents.trailing-data",
      () => inside((value) => der.concatBytes([value, value])),
      honest,
    ),
    cms("outer length too long", "cms.malformed", () => inside((value) => value.with(3, (value[3] ?? 0) + 40))),
    cms("outer length too short", "cms.malformed", () => inside((value) => value.with(3, (value[3] ?? 0) - 4))),
    cms("only a certificate", "cms.malformed", () => raw(() => person.certificate)),
    cms("only a raw value", "", () =>
      raw((hash) => person.key.signDigest({ kind: "ecdsa", digest: "SHA-256", format: "der" }, hash)),
    ),
    cms(
      "signed by a stranger in Ada's name",
      "certificate.no-chain",
      async () => {
        const fake = await issue({ subject: "Ada" });
        return signRaw(baseDocument(), fake);
      },
      honest,
    ),
    cms(
      "signed by a stranger under a root of the same name",
      "certificate.no-chain",
      async () => {
        const fakeRoot = await issue({ subject: pki.root.subject, extensions: [keyUsage(5, 6)] });
        const fake = await issue({ subject: "Ada", issuer: fakeRoot, extensions: PERSON });
        return signRaw(baseDocument(), fake, { cms: { certificates: [fake.certificate, fakeRoot.certificate] } });
      },
      honest,
    ),
    cms(
      "signed by a stranger, certificate of the root inside",
      "certificate.no-chain",
      () => signRaw(baseDocument(), stranger, { cms: { certificates: [stranger.certificate, pki.root.certificate] } }),
      honest,
    ),
    cms("identified by a key identifier that nobody has", "cms.certificate-missing", () =>
      made({ signerIdentifier: der.implicit(0, sha256(person.certificate).subarray(0, 20)) }),
    ),
  ];
}

const P256_ORDER = 0xffff_ffff_0000_0000_ffff_ffff_ffff_ffff_bce6_faad_a717_9e84_f3b9_cac2_fc63_2551n;

let rsa: Promise<Identity> | undefined;
const rsaIdentity = (root: Identity): Promise<Identity> => {
  rsa ??= generateRsaKeyPair().then((key) => issue({ subject: "Rosa", issuer: root, key }));
  return rsa;
};
