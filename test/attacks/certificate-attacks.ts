import { digest } from "../../electron/pki/digest.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument } from "./base-documents.ts";
import { timestampAttribute } from "./honest-changes.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { PART, signRaw } from "./sign-raw.ts";
import { authority, extension, type Identity, issue, keyUsage, nameOf, PERSON, purposes } from "./test-authority.ts";
import { type CmsOptions, makeTimestamp } from "./test-cms.ts";

const honest = { bytesStayHonest: true } as const;
const MOMENT = "2026-02-01T00:00:00Z";

/** Certificates that must not be believed, timestamps that prove nothing, security stores that lie. */
export function certificateAttacks({ pki, table }: Victims): readonly Attack[] {
  const pkix = family("certificate");
  const stamp = family("timestamp");
  const dss = family("DSS");
  const { root, person, other, stampAuthority, stranger } = pki;
  const by = async (
    extensions: readonly Uint8Array[],
    more: Partial<Parameters<typeof issue>[0]> = {},
  ): Promise<RawDocument> =>
    signRaw(baseDocument(), await issue({ subject: "Eve", issuer: root, extensions, ...more }));
  const under = async (
    between: Partial<Parameters<typeof issue>[0]>,
    leaf: Partial<Parameters<typeof issue>[0]> = {},
  ): Promise<RawDocument> => {
    const issuer = await issue({ subject: "Between", issuer: root, extensions: authority(), ...between });
    const who = await issue({ subject: "Eve", issuer, ...leaf });
    return signRaw(baseDocument(), who, { cms: { certificates: [who.certificate, issuer.certificate] } });
  };
  const stamped = (token: (value: Uint8Array) => Uint8Array): RawDocument =>
    signRaw(baseDocument(), person, { cms: { unsigned: (value) => [timestampAttribute(token(value))] } });
  const imprintOf = (value: Uint8Array): Uint8Array => digest("SHA-256", value);
  const documentStamp = (
    imprint: (hash: Uint8Array) => Uint8Array,
    who: Identity,
    change: Partial<CmsOptions> = {},
    time = MOMENT,
  ): RawDocument =>
    signRaw(table, who, {
      field: "Stamp1",
      type: "DocTimeStamp",
      subFilter: "ETSI.RFC3161",
      value: (hash) => makeTimestamp(imprint(hash), who, time, change),
    });
  const before = { mayStayIntact: ["Signature1"] } as const;
  const both = { mayStayIntact: ["Signature1", "Stamp1"] } as const;
  const store = (entries: string, objects: Readonly<Record<number, string>> = {}): RawDocument =>
    revise(table, { [PART.catalog]: swap(body(table, PART.catalog), "<<", `<< /DSS ${entries}`), ...objects });
  const asStream = (bytes: Uint8Array): string => stream(Buffer.from(bytes).toString("latin1"));
  const constraint = (critical: boolean): Uint8Array =>
    extension(
      "2.5.29.30",
      critical,
      der.sequence(der.implicit(0, der.sequence(der.explicit(4, nameOf("Nobody"))), true)),
    );
  return [
    pkix("expired", "certificate.expired", () => by(PERSON, { to: "2026-05-01T00:00:00Z" }), honest),
    pkix("not yet valid", "certificate.not-yet-valid", () => by(PERSON, { from: "2026-07-01T00:00:00Z" }), honest),
    pkix("key for certificates only", "certificate.constraint", () => by([keyUsage(5)]), honest),
    pkix("key for encryption only", "certificate.constraint", () => by([keyUsage(2)]), honest),
    pkix(
      "unknown critical extension",
      "certificate.unknown-critical",
      () => by([...PERSON, extension("1.2.3.4", true, der.nullValue())]),
      honest,
    ),
    pkix(
      "for logging in",
      "certificate.authentication-only",
      () => by([keyUsage(0), purposes(false, OID.clientAuth)]),
      honest,
    ),
    pkix("of a web server", "certificate.", () => by([keyUsage(0), purposes(false, OID.serverAuth)]), honest),
    pkix(
      "of a web server, purposes critical",
      "certificate.",
      () => by([keyUsage(0), purposes(true, OID.serverAuth)]),
      honest,
    ),
    pkix(
      "of a web server, with the bit for commitments",
      "certificate.",
      () => by([keyUsage(0, 1), purposes(true, OID.serverAuth)]),
      honest,
    ),
    pkix("for code", "certificate.", () => by([keyUsage(0), purposes(true, OID.codeSigning)]), honest),
    pkix("for timestamps", "certificate.", () => signRaw(baseDocument(), stampAuthority), honest),
    pkix("for OCSP responses", "certificate.", () => by([keyUsage(0), purposes(false, OID.ocspSigning)]), honest),
    pkix(
      "of an authority",
      "certificate.",
      () => by([...authority(), keyUsage(0, 5)].slice(0, 1).concat(keyUsage(0, 1, 5))),
      honest,
    ),
    pkix(
      "issued by a person",
      "certificate.",
      async () => {
        const who = await issue({ subject: "Eve", issuer: person });
        return signRaw(baseDocument(), who, { cms: { certificates: [who.certificate, person.certificate] } });
      },
      honest,
    ),
    pkix(
      "issued by an authority that may not issue",
      "certificate.constraint",
      () => under({ extensions: [extension(OID.basicConstraints, true, der.sequence()), keyUsage(5)] }),
      honest,
    ),
    pkix(
      "issued by an authority without basic constraints",
      "certificate.constraint",
      () => under({ extensions: [keyUsage(5)] }),
      honest,
    ),
    pkix(
      "issued with a key that may not sign certificates",
      "certificate.constraint",
      () =>
        under({ extensions: [extension(OID.basicConstraints, true, der.sequence(der.boolean(true))), keyUsage(0)] }),
      honest,
    ),
    pkix("issuer expired", "certificate.expired", () => under({ to: "2026-05-01T00:00:00Z" }), honest),
    pkix(
      "issuer with an unknown critical extension",
      "certificate.unknown-critical",
      () => under({ extensions: [...authority(), extension("1.2.3.4", true, der.nullValue())] }),
      honest,
    ),
    pkix(
      "issuer with critical name constraints that exclude the signer",
      "certificate.",
      () => under({ extensions: [...authority(), constraint(true)] }),
      honest,
    ),
    pkix(
      "issuer with name constraints that are not critical",
      "certificate.",
      () => under({ extensions: [...authority(), constraint(false)] }),
      honest,
    ),
    pkix(
      "path longer than the authority permits",
      "certificate.constraint",
      async () => {
        const first = await issue({ subject: "First", issuer: root, extensions: authority(0) });
        const second = await issue({ subject: "Second", issuer: first, extensions: authority() });
        const who = await issue({ subject: "Eve", issuer: second });
        return signRaw(baseDocument(), who, {
          cms: { certificates: [who, second, first].map(({ certificate }) => certificate) },
        });
      },
      honest,
    ),
    pkix(
      "circle of authorities",
      "certificate.no-chain",
      async () => {
        const one = await issue({ subject: "One", extensions: authority() });
        const two = await issue({ subject: "Two", issuer: one, extensions: authority() });
        const back = await issue({ subject: "One", issuer: two, key: one.key, extensions: authority() });
        const who = await issue({ subject: "Eve", issuer: two });
        return signRaw(baseDocument(), who, {
          cms: { certificates: [who, two, back].map(({ certificate }) => certificate) },
        });
      },
      honest,
    ),
    stamp(
      "of other data",
      "timestamp.imprint-mismatch",
      () => stamped(() => makeTimestamp(new Uint8Array(32), stampAuthority, MOMENT)),
      honest,
    ),
    stamp(
      "over the digest of the digest",
      "timestamp.imprint-mismatch",
      () => stamped((value) => makeTimestamp(imprintOf(imprintOf(value)), stampAuthority, MOMENT)),
      honest,
    ),
    stamp(
      "made by the signer himself",
      "timestamp.",
      () => stamped((value) => makeTimestamp(imprintOf(value), person, MOMENT)),
      honest,
    ),
    stamp(
      "made by a stranger",
      "timestamp.",
      () => stamped((value) => makeTimestamp(imprintOf(value), stranger, MOMENT)),
      honest,
    ),
    stamp(
      "purpose not critical",
      "timestamp.",
      async () => {
        const who = await issue({
          subject: "Lax stamps",
          issuer: root,
          extensions: [keyUsage(0), purposes(false, OID.timeStamping)],
        });
        return stamped((value) => makeTimestamp(imprintOf(value), who, MOMENT));
      },
      honest,
    ),
    stamp(
      "with another purpose as well",
      "timestamp.",
      async () => {
        const who = await issue({
          subject: "Lax stamps",
          issuer: root,
          extensions: [keyUsage(0), purposes(true, OID.timeStamping, OID.clientAuth)],
        });
        return stamped((value) => makeTimestamp(imprintOf(value), who, MOMENT));
      },
      honest,
    ),
    stamp(
      "of a time after the check",
      "",
      () => stamped((value) => makeTimestamp(imprintOf(value), stampAuthority, "2030-01-01T00:00:00Z")),
      honest,
    ),
    stamp(
      "of a time before its certificate",
      "timestamp.",
      () => stamped((value) => makeTimestamp(imprintOf(value), stampAuthority, "2020-01-01T00:00:00Z")),
      honest,
    ),
    stamp(
      "with a changed time",
      "timestamp.",
      () =>
        stamped((value) =>
          makeTimestamp(imprintOf(value), stampAuthority, MOMENT, {
            attributes: (list) => [list[0] ?? value, list[2] ?? value],
          }),
        ),
      honest,
    ),
    stamp("that is no timestamp", "timestamp.malformed", () => stamped((value) => der.octetString(value)), honest),
    stamp(
      "with content of another kind",
      "timestamp.malformed",
      () => stamped((value) => makeTimestamp(imprintOf(value), stampAuthority, MOMENT, { contentType: OID.data })),
      honest,
    ),
    stamp(
      "document timestamp of other data",
      "timestamp.imprint-mismatch",
      () => documentStamp(() => new Uint8Array(32), stampAuthority),
      before,
    ),
    stamp("document timestamp made by a stranger", "timestamp.", () => documentStamp((hash) => hash, stranger), both),
    stamp("document timestamp made by a signer", "timestamp.", () => documentStamp((hash) => hash, other), both),
    stamp(
      "document timestamp before its certificate",
      "timestamp.",
      () => documentStamp((hash) => hash, stampAuthority, {}, "2020-01-01T00:00:00Z"),
      both,
    ),
    stamp(
      "document timestamp of a time after the check",
      "timestamp.",
      () => documentStamp((hash) => hash, stampAuthority, {}, "2030-01-01T00:00:00Z"),
      both,
    ),
    stamp(
      "document timestamp that is a signature",
      "timestamp.",
      () => signRaw(table, other, { field: "Stamp1", type: "DocTimeStamp", subFilter: "ETSI.RFC3161" }),
      before,
    ),
    stamp("signature that is a document timestamp", "cms.", () =>
      signRaw(baseDocument(), stampAuthority, { value: (hash) => makeTimestamp(hash, stampAuthority, MOMENT) }),
    ),
    stamp(
      "timestamp of the first signature in the second",
      "timestamp.imprint-mismatch",
      () =>
        signRaw(table, other, {
          field: "Second",
          cms: {
            unsigned: () => [timestampAttribute(makeTimestamp(imprintOf(new Uint8Array([1])), stampAuthority, MOMENT))],
          },
        }),
      { mayStayIntact: ["Signature1", "Second"] },
    ),
    dss("with an entry that does not belong there", "changes.validation-data", () =>
      store("<< /Type /DSS /Evil 60 0 R >>", { 60: stream("x") }),
    ),
    dss("whose certificates are no streams", "changes.validation-data", () =>
      store("<< /Certs [60 0 R] >>", { 60: "<< /JS (1) >>" }),
    ),
    dss("whose certificates are a page", "changes.validation-data", () => store("<< /Certs [3 0 R] >>")),
    dss("that is no dictionary", "changes.validation-data", () => store("[]")),
    dss("that is removed", "changes.", () => {
      const signed = signRaw(
        baseDocument({
          1: swap(body(baseDocument(), 1), "<<", "<< /DSS << /Certs [60 0 R] >>"),
          60: asStream(root.certificate),
        }),
        person,
      );
      return revise(signed, { 1: swap(body(signed, 1), "/DSS << /Certs [60 0 R] >>", "") });
    }),
    dss(
      "with the root of a stranger",
      "certificate.no-chain",
      () => {
        const signed = signRaw(baseDocument(), stranger);
        return revise(signed, {
          1: swap(body(signed, 1), "<<", "<< /DSS << /Certs [60 0 R] >>"),
          60: asStream(stranger.certificate),
        });
      },
      honest,
    ),
    dss(
      "with rubbish for evidence",
      "revocation.not-checked",
      () => store("<< /Certs [60 0 R] /CRLs [60 0 R] /OCSPs [60 0 R] >>", { 60: stream("rubbish") }),
      honest,
    ),
    dss(
      "with a bomb for evidence",
      "",
      () => store("<< /CRLs [60 0 R] >>", { 60: stream("00".repeat(100), "/Filter [/ASCIIHexDecode /FlateDecode]") }),
      honest,
    ),
    dss("that encloses itself", "", () => store("60 0 R", { 60: "<< /VRI 60 0 R >>" }), honest),
  ];
}
