import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One RSA-2048 key in every form that a tool asks for. */
export interface Credentials {
  /** PKCS#8, DER and PEM. */
  readonly keyDer: string;
  readonly keyPem: string;
  readonly certificateDer: string;
  readonly certificatePem: string;
  /** Old encryption, which all libraries open. */
  readonly pkcs12: string;
  readonly password: string;
}

/** Makes a key and a self-signed certificate with OpenSSL, for the time of the bench. */
export async function makeCredentials(folder: string): Promise<Credentials> {
  const file = (name: string): string => join(folder, name);
  const made: Credentials = {
    keyDer: file("key.der"),
    keyPem: file("key.pem"),
    certificateDer: file("certificate.der"),
    certificatePem: file("certificate.pem"),
    pkcs12: file("signer.p12"),
    password: "bench",
  };
  const subject = ["-subj", "/CN=Bench Signer", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation"];
  const newKey = ["-newkey", "rsa:2048", "-nodes", "-keyout", made.keyPem];
  await run("openssl", ["req", "-x509", ...newKey, "-sha256", "-days", "30", ...subject, "-out", made.certificatePem]);
  await run("openssl", ["pkcs8", "-topk8", "-nocrypt", "-in", made.keyPem, "-outform", "DER", "-out", made.keyDer]);
  await run("openssl", ["x509", "-in", made.certificatePem, "-outform", "DER", "-out", made.certificateDer]);
  const parts = ["-inkey", made.keyPem, "-in", made.certificatePem, "-passout", `pass:${made.password}`];
  const old = ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"];
  await run("openssl", ["pkcs12", "-export", ...parts, ...old, "-out", made.pkcs12]);
  return made;
}
