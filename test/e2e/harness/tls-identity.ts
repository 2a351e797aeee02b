import { generateKeyPairSync } from "node:crypto";
import forge from "node-forge";

/** A server's certificate under a root of its own, which nobody trusts. PEM. */
export interface TlsIdentity {
  readonly rootName: string;
  readonly root: string;
  readonly key: string;
  /** The server's certificate and the root. */
  readonly chain: string;
}

/** For "127.0.0.1" or a name. */
export function makeTlsIdentity(host: string, rootName: string): TlsIdentity {
  const root = certify(rootName, rootName, undefined);
  const leaf = certify(host, rootName, root.privateKey);
  return { rootName, root: root.certificate, key: leaf.key, chain: leaf.certificate + root.certificate };
}

interface Certified {
  readonly key: string;
  readonly certificate: string;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

function certify(subject: string, issuer: string, issuerKey: forge.pki.rsa.PrivateKey | undefined): Certified {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = pair.privateKey.export({ type: "pkcs1", format: "pem" }) as string;
  const privateKey = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: "spki", format: "pem" }) as string);
  certificate.serialNumber = issuerKey ? "02" : "01";
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  certificate.setSubject([{ name: "commonName", value: subject }]);
  certificate.setIssuer([{ name: "commonName", value: issuer }]);
  const isAddress = /^[\d.]+$/u.test(subject);
  certificate.setExtensions(
    issuerKey
      ? [{ name: "subjectAltName", altNames: [isAddress ? { type: 7, ip: subject } : { type: 2, value: subject }] }]
      : [{ name: "basicConstraints", cA: true }],
  );
  certificate.sign(issuerKey ?? privateKey, forge.md.sha256.create());
  return { key, certificate: forge.pki.certificateToPem(certificate), privateKey };
}
