import { generateEcKeyPair } from "../../../electron/pki/algorithms.ts";
import type { PrivateKey } from "../../../electron/pki/algorithms.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { encodeScheme } from "../../../electron/pki/signature-scheme.ts";
import type { SignatureScheme } from "../../../electron/pki/signature-scheme.ts";

export interface LocalSigner {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
}

export const ECDSA: SignatureScheme = { kind: "ecdsa", digest: "SHA-256", format: "der" };

/** A key on P-256 with a self-signed certificate: enough for the writer, which judges no certificate. */
export async function makeLocalSigner(commonName = "Anna Larsson"): Promise<LocalSigner> {
  const key = await generateEcKeyPair("P-256");
  const name = der.sequence(der.setOf([der.sequence(der.oid(OID.commonName), der.utf8String(commonName))]));
  const validity = der.sequence(
    der.utcTime(new Date("2026-01-01T00:00:00Z")),
    der.utcTime(new Date("2036-01-01T00:00:00Z")),
  );
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(0x12_34_56),
    encodeScheme(ECDSA),
    name,
    validity,
    name,
    key.spki,
  );
  const certificate = der.sequence(body, encodeScheme(ECDSA), der.bitString(key.sign(ECDSA, body)));
  return { key, certificate };
}
