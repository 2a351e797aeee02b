import { forge } from "./forge-with-native-pbkdf2.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PrivateKey } from "../../pki/algorithms.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { OID } from "../../pki/oids.ts";
import { chainFrom, leafFor } from "./certificate-order.ts";
import { importAndWipe } from "./import-key.ts";
import { hasExcessiveIterations } from "./iteration-limit.ts";
import { memoryKey } from "./memory-key.ts";
import { checkIntegrity } from "./pkcs12-integrity.ts";
import type { SigningIdentity } from "./signing-identity.ts";

/** A file with a key and a chain has a few kilobytes. */
const MAXIMUM_BYTES = 1024 * 1024;

/**
 * Opens a PKCS#12 file (RFC 7292): RSA and elliptic keys, modern (PBES2) and legacy (RC2, 3DES) encryption.
 *
 * Failures: `certificate.wrong-password`, `certificate.broken-file`, `certificate.unsupported-file`,
 * `certificate.no-key`, `certificate.unsupported-key`.
 */
export function openPkcs12(file: Uint8Array, password: string): Result<OpenedPkcs12, Failure> {
  const opened = openPkcs12Key(file, password, "signing");
  return opened.ok
    ? success({
        key: memoryKey(opened.value.key),
        chain: opened.value.chain,
        wipe: () => opened.value.key.wipe(),
      })
    : opened;
}

/** A key with its certificates; whoever gets it wipes it. */
export interface OpenedKey {
  readonly key: PrivateKey;
  /** Leaf first, as far up as the file goes. */
  readonly chain: readonly Certificate[];
}

/** As `openPkcs12`; `purpose` decides when a file holds several keys. */
export function openPkcs12Key(
  file: Uint8Array,
  password: string,
  purpose: "signing" | "client",
): Result<OpenedKey, Failure> {
  if (file.length > MAXIMUM_BYTES) {
    return failed({ code: "certificate.broken-file" });
  }
  const opened = decrypt(file, password);
  if (!opened.ok) {
    return opened;
  }
  const bags = opened.value.safeContents.flatMap(({ safeBags }) => safeBags);
  const keys = bags.filter(isKeyBag).map(keyDer);
  const certificates = readCertificates(bags);
  if (certificates === null) {
    return failed({ code: "certificate.broken-file" });
  }
  if (keys.length === 0) {
    return failed({ code: "certificate.no-key" });
  }
  const usable = keys.map(importAndWipe).filter((key) => key !== null);
  const pairs = usable.flatMap((key) => {
    const leaf = leafFor(key.info, certificates);
    return leaf === null ? [] : [{ key, leaf }];
  });
  // Files of identity cards hold a key for logging in beside the one for signing.
  const suits = purpose === "signing" ? isForSigning : isForClients;
  const chosen = pairs.find(({ leaf }) => suits(leaf)) ?? pairs[0];
  for (const key of usable.filter((one) => one !== chosen?.key)) {
    key.wipe();
  }
  return chosen === undefined
    ? failed({ code: usable.length === 0 ? "certificate.unsupported-key" : "certificate.no-key" })
    : success({ key: chosen.key, chain: chainFrom(chosen.leaf, certificates) });
}

const isForSigning = ({ keyUsage }: Certificate): boolean => keyUsage?.has("nonRepudiation") === true;

/** RFC 5280 4.2.1.12 */
const isForClients = ({ extendedKeyUsage }: Certificate): boolean =>
  extendedKeyUsage?.includes(OID.clientAuth) === true;

export interface OpenedPkcs12 extends SigningIdentity {
  /** Overwrites the key, as far as it lies in our own memory. */
  readonly wipe: () => void;
}

type Pfx = forge.pkcs12.Pkcs12Pfx;
type Bag = forge.pkcs12.Bag;

function decrypt(file: Uint8Array, password: string): Result<Pfx, Failure> {
  const parsed = parsePfx(file);
  if (parsed === null || hasExcessiveIterations(parsed)) {
    return failed({ code: "certificate.broken-file" });
  }
  const integrity = checkIntegrity(file, password);
  if (integrity.kind === "mismatch") {
    return failed({ code: "certificate.wrong-password" });
  }
  if (integrity.kind === "unsupported") {
    return failed({ code: "certificate.unsupported-file" });
  }
  const pfx = integrity.kind === "match" ? parsePfx(integrity.content) : parsed;
  if (pfx === null) {
    return failed({ code: "certificate.broken-file" });
  }
  const problems: unknown[] = [];
  for (const attempt of attemptsFor(pfx, password)) {
    try {
      return success(attempt());
    } catch (problem) {
      problems.push(problem);
    }
  }
  // node-forge has no error classes: its words are all there is.
  const isPassword = problems.some((problem) => /MAC could not be verified|wrong password/iu.test(String(problem)));
  if (isPassword) {
    return failed({ code: "certificate.wrong-password" });
  }
  const isUnknown = problems.some((problem) => /unsupported|not supported/iu.test(String(problem)));
  return failed({ code: isUnknown ? "certificate.unsupported-file" : "certificate.broken-file" });
}

/**
 * The ways in which programs turn a password into bytes. RFC 7292 B.1 wants UTF-16 for its own key derivation; for
 * PBES2 programs use UTF-8, while node-forge takes one string for both and reads it as bytes. So the integrity check is
 * made first, and the content is opened without it. An empty password is sometimes no password at all.
 */
function attemptsFor(pfx: forge.asn1.Asn1, password: string): (() => Pfx)[] {
  const open = (text: string) => () => forge.pkcs12.pkcs12FromAsn1(pfx, false, text);
  const attempts = [open(password)];
  if (/[^\u0020-\u007e]/u.test(password)) {
    attempts.push(() => {
      assertMac(pfx, password);
      const content = { ...pfx, value: (pfx.value as forge.asn1.Asn1[]).slice(0, 2) };
      return forge.pkcs12.pkcs12FromAsn1(content, false, forge.util.encodeUtf8(password));
    });
  }
  if (password === "") {
    attempts.push(() => forge.pkcs12.pkcs12FromAsn1(pfx, false));
  }
  return attempts;
}

/** Throws when the password is wrong; a failure further inside means that the integrity check has passed. */
function assertMac(pfx: forge.asn1.Asn1, password: string): void {
  try {
    forge.pkcs12.pkcs12FromAsn1(pfx, false, password);
  } catch (problem) {
    if (/MAC/u.test(String(problem))) {
      throw problem;
    }
  }
}

function parsePfx(file: Uint8Array): forge.asn1.Asn1 | null {
  try {
    const pfx = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(file).toString("latin1")), false);
    return Array.isArray(pfx.value) && pfx.value.length >= 2 ? pfx : null;
  } catch {
    return null;
  }
}

function isKeyBag({ type }: Bag): boolean {
  const { oids } = forge.pki;
  return type === oids["keyBag"] || type === oids["pkcs8ShroudedKeyBag"];
}

/** DER of PrivateKeyInfo. node-forge reads RSA keys only; for others it leaves the ASN.1 in place. */
function keyDer({ key, asn1 }: Bag): Uint8Array {
  const info = key === undefined || key === null ? asn1 : forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key));
  return toBytes(info);
}

function readCertificates(bags: readonly Bag[]): readonly Certificate[] | null {
  try {
    return bags
      .filter(({ type }) => type === forge.pki.oids["certBag"])
      .map(({ cert, asn1 }) =>
        parseCertificate(toBytes(cert === undefined || cert === null ? asn1 : forge.pki.certificateToAsn1(cert))),
      );
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}

function toBytes(node: forge.asn1.Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(forge.asn1.toDer(node).getBytes(), "latin1"));
}
