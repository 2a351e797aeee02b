import { constants, privateEncrypt } from "node:crypto";
import forge from "node-forge";

/** A person's certificate chain like itsme's, made by node-forge: independent of the program's own ASN.1 code. */
export interface TestPerson {
  readonly leafPem: string;
  readonly chainPem: string;
  /** RSASSA-PKCS1-v1_5 over a SHA-256 digest, as the sheet does it: DigestInfo prefix and private encryption. */
  sign(sha256Hex: string): string;
}

export interface PersonOptions {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly nonRepudiation?: boolean;
  readonly foreignIssuer?: boolean;
}

interface Pair {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

// Made once for all tests of a file: key generation is the slow part.
let keys: { readonly root: Pair; readonly issuing: Pair; readonly leaf: Pair; readonly other: Pair } | null = null;

function pair(): Pair {
  return forge.pki.rsa.generateKeyPair({ bits: 2048, e: 0x1_00_01 });
}

export function testPerson(options: PersonOptions): TestPerson {
  keys ??= { root: pair(), issuing: pair(), leaf: pair(), other: pair() };
  const { root, issuing, leaf, other } = keys;
  const ca = [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ];
  const usage = { name: "keyUsage", digitalSignature: true, nonRepudiation: options.nonRepudiation ?? true };
  const pems = [
    issue("Anna Peeters", leaf, "Issuing", options.foreignIssuer === true ? other : issuing, [usage], options),
    issue("Issuing", issuing, "Root", root, ca, options),
    issue("Root", root, "Root", root, ca, options),
  ];
  const key = forge.pki.privateKeyToPem(leaf.privateKey);
  return {
    leafPem: pems[0]!,
    chainPem: pems.join(""),
    sign(sha256Hex) {
      const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
      const block = Buffer.concat([prefix, Buffer.from(sha256Hex, "hex")]);
      return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block).toString("base64");
    },
  };
}

function issue(
  subject: string,
  pairOfSubject: Pair,
  issuer: string,
  pairOfIssuer: Pair,
  extensions: object[],
  { notBefore, notAfter }: PersonOptions,
): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = pairOfSubject.publicKey;
  certificate.serialNumber = "0102";
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  certificate.setSubject([{ name: "commonName", value: subject }]);
  certificate.setIssuer([{ name: "commonName", value: issuer }]);
  certificate.setExtensions(extensions);
  certificate.sign(pairOfIssuer.privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}
