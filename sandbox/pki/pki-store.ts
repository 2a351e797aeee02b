import { createHmac } from "node:crypto";
import { join } from "node:path";
import { generateRsaKeyPair, importPrivateKey } from "../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import { decodePem, encodePem } from "../../electron/pki/pem.ts";
import type { RandomSource } from "../random-id.ts";
import { readFileIfThere, writeFileAtomically, writeFileOnce } from "./atomic-file.ts";
import { validityOf } from "./issue-certificate.ts";

/** A key and its certificate as they lie in the folder. `base` is the address that the certificate names, if any. */
export interface StoredIdentity {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
}

/** The practice folder: identities by name, and the sandbox's own secret. */
export interface PkiStore {
  readonly folder: string;
  /**
   * The identity of this name. Its key is made once and kept; its certificate is made again when it is about to
   * expire or when `base`, the address written into it, has changed.
   */
  identity(order: IdentityOrder): Promise<StoredIdentity>;
  /** A serial number that `isOwnSerial` knows again in any later run, without a list of what was issued. */
  newSerial(issuer: string): Uint8Array;
  isOwnSerial(issuer: string, serial: Uint8Array): boolean;
  /** Lower-case letters and digits that depend on nothing but the folder and `about`. */
  stableCode(about: string, length: number): string;
}

export interface IdentityOrder {
  readonly name: string;
  readonly modulusBits: number;
  readonly base: string;
  /** Milliseconds since 1970, by the clock that the certificate's validity is judged by. */
  readonly now: number;
  /** False: an identity that is meant to be invalid is kept as it is. */
  readonly renew: boolean;
  issue(key: PrivateKey): Uint8Array;
}

const renewalMilliseconds = 30 * 24 * 3600 * 1000;
const safeName = /^[a-z0-9-]{1,60}$/;

/** Opens the practice folder and makes it when it is not there. */
export async function openPkiStore(folder: string, random: RandomSource): Promise<PkiStore> {
  const secretPath = join(folder, "pki", "secret.hex");
  const fresh = Buffer.from(random(32)).toString("hex");
  const secret = Buffer.from(
    (await readFileIfThere(secretPath)) ?? (await writeFileOnce(secretPath, fresh, 0o600)),
    "hex",
  );
  if (secret.length !== 32) throw new Error(`the practice folder is damaged: ${secretPath}`);

  // Also keeps a run's certificates steady when another sandbox uses the folder at the same time.
  const loaded = new Map<string, { readonly base: string; readonly identity: StoredIdentity }>();
  const serialTag = (issuer: string, start: Uint8Array): Buffer =>
    createHmac("sha256", secret).update(`serial ${issuer} `).update(start).digest().subarray(0, 8);

  return {
    folder,
    async identity(order) {
      const known = loaded.get(order.name);
      if (known !== undefined && known.base === order.base && isCurrent(known.identity.certificate, order)) {
        return known.identity;
      }
      const identity = await loadIdentity(folder, order);
      loaded.set(order.name, { base: order.base, identity });
      return identity;
    },
    newSerial(issuer) {
      const start = Buffer.from(random(8));
      // Positive, and no leading zero octet, so that the encoding is always 16 octets.
      start.writeUInt8((start.readUInt8(0) & 0x7f) | 0x40, 0);
      return Buffer.concat([start, serialTag(issuer, start)]);
    },
    isOwnSerial: (issuer, serial) =>
      serial.length === 16 && serialTag(issuer, serial.subarray(0, 8)).equals(Buffer.from(serial.subarray(8))),
    stableCode(about, length) {
      const digits = createHmac("sha512", secret).update(`code ${about}`).digest("hex");
      return BigInt(`0x${digits}`)
        .toString(36)
        .slice(1, 1 + length);
    },
  };
}

async function loadIdentity(folder: string, order: IdentityOrder): Promise<StoredIdentity> {
  if (!safeName.test(order.name)) throw new Error("not a name for an identity");
  const keyPath = join(folder, "pki", `${order.name}-key.pem`);
  const certificatePath = join(folder, "pki", `${order.name}.pem`);
  const keyPem = (await readFileIfThere(keyPath)) ?? (await makeKey(keyPath, order.modulusBits));
  const keyDer = decodePem(keyPem, "PRIVATE KEY")[0];
  if (keyDer === undefined) throw new Error(`the practice folder is damaged: ${keyPath}`);
  const key = importPrivateKey(keyDer);

  const kept = readKept(await readFileIfThere(certificatePath));
  if (kept !== null && kept.base === order.base && isCurrent(kept.certificate, order)) {
    return { key, certificate: kept.certificate };
  }
  const text = `# ${order.base}\n${encodePem("CERTIFICATE", order.issue(key))}`;
  // The very first one is written once only: two programs that start together must end up with the same root.
  const written = kept === null ? await writeFileOnce(certificatePath, text, 0o644) : text;
  if (kept !== null) await writeFileAtomically(certificatePath, text, 0o644);
  const made = readKept(written);
  if (made === null) throw new Error(`the practice folder is damaged: ${certificatePath}`);
  return { key, certificate: made.certificate };
}

async function makeKey(path: string, modulusBits: number): Promise<string> {
  const key = await generateRsaKeyPair(modulusBits);
  return writeFileOnce(path, encodePem("PRIVATE KEY", key.exportPkcs8()), 0o600);
}

function readKept(text: string | null): { readonly base: string; readonly certificate: Uint8Array } | null {
  if (text === null) return null;
  const certificate = decodePem(text, "CERTIFICATE")[0];
  const base = /^# (.*)\n/.exec(text)?.[1];
  return certificate === undefined || base === undefined ? null : { base, certificate };
}

function isCurrent(certificate: Uint8Array, order: IdentityOrder): boolean {
  if (!order.renew) return true;
  const { notBefore, notAfter } = validityOf(certificate);
  return order.now >= notBefore && order.now < notAfter - renewalMilliseconds;
}
