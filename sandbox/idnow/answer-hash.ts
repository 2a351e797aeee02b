import type { IdnowFlaws } from "./flaws.ts";
import type { SigningPerson } from "./persons.ts";
import { signHash } from "./sign-hash.ts";

/** What getESignHash holds for one hash: the person's signature, or what a flaw makes of it. */
export function answerHash(
  person: SigningPerson,
  digest: Uint8Array,
  form: "cms" | "raw",
  flaw: IdnowFlaws["hash"],
): Uint8Array {
  switch (flaw) {
    case "ours":
      return signHash(person, digest, form);
    case "other-digest":
      return signHash(person, withLastBit(digest), form);
    case "wrong-value":
      // The value is the last part of a CMS without unsigned attributes (RFC 5652 5.3).
      return withLastBit(signHash(person, digest, form));
    case "cut": {
      const whole = signHash(person, digest, form);
      return whole.slice(0, whole.length >> 1);
    }
  }
}

function withLastBit(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
}
