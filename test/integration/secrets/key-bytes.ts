import { createPrivateKey } from "node:crypto";

/** The number that is the secret of an EC key. */
export function keyBytesOf(pem: string): Uint8Array {
  const { d } = createPrivateKey(pem).export({ format: "jwk" });
  if (d === undefined) throw new Error("no EC key");
  return Buffer.from(d, "base64url");
}
