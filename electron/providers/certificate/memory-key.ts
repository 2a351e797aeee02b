import { failed, success } from "../../../shared/result.ts";
import type { PrivateKey } from "../../pki/algorithms.ts";
import type { SigningKey } from "./signing-identity.ts";

/** A key from a file. Whoever opened the file wipes the key behind the last signature. */
export function memoryKey(key: PrivateKey): SigningKey {
  return {
    sign: async (scheme, { digest, message }) => {
      if (scheme.kind !== "ed25519") {
        return success(key.signDigest(scheme, digest));
      }
      return message === null ? failed({ code: "certificate.scheme-unavailable" }) : success(key.sign(scheme, message));
    },
  };
}
