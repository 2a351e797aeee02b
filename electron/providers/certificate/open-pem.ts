import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem, readDer } from "../../pki/der-reader.ts";
import * as der from "../../pki/der-writer.ts";
import { OID } from "../../pki/oids.ts";
import { decodePem } from "../../pki/pem.ts";
import { chainFrom, leafFor } from "./certificate-order.ts";
import { forge } from "./forge-with-native-pbkdf2.ts";
import { hasExcessiveIterations } from "./iteration-limit.ts";
import { importAndWipe } from "./import-key.ts";
import type { OpenedKey } from "./open-pkcs12.ts";

/**
 * A private key and certificates as PEM (RFC 7468), in one text or several put together: PKCS#8, plain or encrypted
 * (RFC 5958), PKCS#1 (RFC 8017 A.1.2) and SEC 1 (RFC 5915).
 *
 * Failures: `certificate.wrong-password` (also when none was given), `certificate.broken-file`, `certificate.no-key`,
 * `certificate.unsupported-key`, `certificate.unsupported-file`.
 */
export function openPem(text: string, password: string | null): Result<OpenedKey, Failure> {
  const certificates = readCertificates(text);
  if (certificates === null) {
    return failed({ code: "certificate.broken-file" });
  }
  const pkcs8 = readKey(text, password);
  if (!pkcs8.ok) {
    return pkcs8;
  }
  const key = importAndWipe(pkcs8.value);
  if (key === null) {
    return failed({ code: "certificate.unsupported-key" });
  }
  const leaf = leafFor(key.info, certificates);
  if (leaf === null) {
    key.wipe();
    return failed({ code: "certificate.no-key" });
  }
  return success({ key, chain: chainFrom(leaf, certificates) });
}

/** DER of PrivateKeyInfo. */
function readKey(text: string, password: string | null): Result<Uint8Array, Failure> {
  const [plain] = decodePem(text, "PRIVATE KEY");
  if (plain !== undefined) {
    return success(plain);
  }
  const [rsa] = decodePem(text, "RSA PRIVATE KEY");
  if (rsa !== undefined) {
    return success(wrapped(der.sequence(der.oid(OID.rsaEncryption), der.nullValue()), rsa));
  }
  const [elliptic] = decodePem(text, "EC PRIVATE KEY");
  if (elliptic !== undefined) {
    return fromSec1(elliptic);
  }
  const [encrypted] = decodePem(text, "ENCRYPTED PRIVATE KEY");
  if (encrypted !== undefined) {
    return password === null ? failed({ code: "certificate.wrong-password" }) : decrypted(encrypted, password);
  }
  // RFC 1421 encryption, which OpenSSL wrote long ago, derives its key with one round of MD5.
  return failed({ code: /Proc-Type: 4,ENCRYPTED/u.test(text) ? "certificate.unsupported-file" : "certificate.no-key" });
}

/** RFC 5958 2: version, algorithm, key. */
const wrapped = (algorithm: Uint8Array, key: Uint8Array): Uint8Array =>
  der.sequence(der.integer(0n), algorithm, der.octetString(key));

/** RFC 5915 3: the curve stands inside the key, as [0]. */
function fromSec1(key: Uint8Array): Result<Uint8Array, Failure> {
  try {
    const curve = readDer(key).children.find((child) => child.isContext(0))?.children[0];
    return curve === undefined
      ? failed({ code: "certificate.unsupported-key" })
      : success(wrapped(der.sequence(der.oid(OID.ecPublicKey), curve.raw), key));
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return failed({ code: "certificate.broken-file" });
    }
    throw problem;
  }
}

function decrypted(encrypted: Uint8Array, password: string): Result<Uint8Array, Failure> {
  try {
    const asn1 = forge.asn1.fromDer(Buffer.from(encrypted).toString("latin1"), false);
    if (hasExcessiveIterations(asn1)) {
      return failed({ code: "certificate.broken-file" });
    }
    const info = forge.pki.decryptPrivateKeyInfo(asn1, forge.util.encodeUtf8(password)) as forge.asn1.Asn1 | null;
    return info === null
      ? failed({ code: "certificate.wrong-password" })
      : success(new Uint8Array(Buffer.from(forge.asn1.toDer(info).getBytes(), "latin1")));
  } catch (problem) {
    // node-forge has no error classes. A wrong password may also leave what is no ASN.1.
    const isUnknown = /unsupported|not supported|Cannot read encrypted PBE data block/iu.test(String(problem));
    return failed({ code: isUnknown ? "certificate.unsupported-file" : "certificate.wrong-password" });
  }
}

function readCertificates(text: string): readonly Certificate[] | null {
  try {
    return decodePem(text, "CERTIFICATE").map(parseCertificate);
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}
