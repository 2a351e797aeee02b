import { beforeAll, describe, expect, test } from "vitest";
import { subjectName } from "../../../electron/pki/certificate.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { buildChain } from "../../../electron/pki/issuer-client.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { encodePem } from "../../../electron/pki/pem.ts";
import * as ext from "../../../sandbox/pki/extensions.ts";
import { BASE, makeSmallPki, smallNetwork } from "./small-pki.ts";
import type { SmallPki } from "./small-pki.ts";

let pki: SmallPki;
beforeAll(async () => {
  pki = await makeSmallPki();
});

const build = async (routes: Parameters<typeof smallNetwork>[0], certificate = pki.person.certificate) => {
  const network = smallNetwork(routes);
  const built = await buildChain(network.transport, { certificate, candidates: [], anchors: [] });
  return { ...built, names: built.chain.map(subjectName), asked: network.asked };
};

/** RFC 8551 3.8: SignedData without content and signers. */
const bag = (...certificates: readonly Uint8Array[]): Uint8Array =>
  der.sequence(
    der.oid(OID.signedData),
    der.explicit(
      0,
      der.sequence(
        der.integer(1),
        der.set(),
        der.sequence(der.oid(OID.data)),
        der.retag(0, der.setOf(certificates)),
        der.set(),
      ),
    ),
  );

const WHOLE = ["Ada", "Small Issuing CA", "Small Root"];

describe("a chain", () => {
  test.each(["DER", "PEM", "PKCS#7", "PKCS#7 in PEM"])("is completed by the addresses in it, from %s", async (form) => {
    const write = (certificate: Uint8Array): Uint8Array => {
      switch (form) {
        case "DER":
          return certificate;
        case "PEM":
          return new TextEncoder().encode(encodePem("CERTIFICATE", certificate));
        case "PKCS#7":
          return bag(pki.responder.certificate.der, certificate);
        default:
          return new TextEncoder().encode(encodePem("PKCS7", bag(certificate)));
      }
    };
    const { names, complete } = await build({
      "/ca/issuing.cer": () => write(pki.issuing.certificate.der),
      "/ca/root.cer": () => write(pki.root.certificate.der),
    });
    expect(names).toEqual(WHOLE);
    expect(complete).toBe(true);
  });

  test("asks nobody for what is at hand, and ends at an anchor", async () => {
    const network = smallNetwork({});
    const built = await buildChain(network.transport, {
      certificate: pki.person.certificate,
      candidates: [],
      anchors: [pki.issuing.certificate],
    });
    expect(built.chain.map(subjectName)).toEqual(["Ada", "Small Issuing CA"]);
    expect(built.complete).toBe(true);
    expect(network.asked).toEqual([]);
  });

  test("says which address did not give the issuer, and why", async () => {
    const { complete, missed } = await build({ "/ca/issuing.cer": () => 404 });
    expect(complete).toBe(false);
    expect(missed).toEqual([{ url: `${BASE}/ca/issuing.cer`, reason: "HTTP 404" }]);
  });

  test("is not looked for with ldap or in a file, and says so", async () => {
    const access = (address: string): Uint8Array =>
      der.sequence(
        der.oid(OID.authorityInfoAccess),
        der.octetString(
          der.sequence(der.sequence(der.oid(OID.accessCaIssuers), der.implicit(6, new TextEncoder().encode(address)))),
        ),
      );
    for (const [address, reason] of [
      ["ldap://directory.test/cn=CA", "ldap is not fetched"],
      ["file:///etc/passwd", "file is not fetched"],
    ] as const) {
      const target = await pki.makeHolder("Bo", pki.issuing, [access(address)]);
      const { complete, missed, asked } = await build({}, target.certificate);
      expect({ complete, missed: missed.map((one) => one.reason), asked }).toEqual({
        complete: false,
        missed: [reason],
        asked: [],
      });
    }
  });

  test.each([
    ["garbage", () => Buffer.from("<html>not found</html>"), "malformed"],
    ["another place without end", () => ({ to: "/ca/issuing.cer" }), "HTTP 302"],
    ["a file of this computer", () => ({ to: "file:///etc/passwd" }), "HTTP 302"],
  ] as const)("whose address leads to %s ends there", async (_, route, reason) => {
    const { complete, missed, asked } = await build({ "/ca/issuing.cer": route });
    expect({ complete, reasons: missed.map((one) => one.reason) }).toEqual({ complete: false, reasons: [reason] });
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  test("does not take a stranger of the same name for the issuer", async () => {
    const { complete, missed } = await build({ "/ca/issuing.cer": () => pki.strangerRoot.certificate.der });
    expect(complete).toBe(false);
    expect(missed).toEqual([{ url: `${BASE}/ca/issuing.cer`, reason: "not-the-issuer" }]);
  });

  test("of two authorities that certify each other ends, and is not complete", async () => {
    const authority = [ext.authority(null), ext.keyUsage("keyCertSign")];
    const self = await pki.makeHolder("Left", null, authority);
    const right = await pki.makeHolder("Right", self, [
      ...authority,
      ext.authorityInfoAccess({ issuer: `${BASE}/left`, ocsp: null }),
    ]);
    const { issueCertificate } = await import("../../../sandbox/pki/issue-certificate.ts");
    const left = issueCertificate({
      subject: self.name,
      spki: self.key.spki,
      issuer: right,
      serial: Uint8Array.of(0x41, 1),
      notBefore: self.certificate.notBefore,
      notAfter: self.certificate.notAfter,
      extensions: [...authority, ext.authorityInfoAccess({ issuer: `${BASE}/right`, ocsp: null })],
    });
    const { complete, chain, asked } = await build(
      { "/left": () => left, "/right": () => right.certificate.der },
      right.certificate,
    );
    expect(complete).toBe(false);
    expect(chain.length).toBeLessThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});
