import { importPrivateKey } from "../../pki/algorithms.ts";
import type { PrivateKey } from "../../pki/algorithms.ts";

/** The key of a PrivateKeyInfo (DER), which is overwritten. Null: none that can be used. */
export function importAndWipe(pkcs8: Uint8Array): PrivateKey | null {
  try {
    return importPrivateKey(pkcs8);
  } catch {
    return null;
  } finally {
    pkcs8.fill(0);
  }
}
