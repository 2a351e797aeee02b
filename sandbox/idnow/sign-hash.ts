import { signedAttributes } from "../../electron/pades/cms/signed-attributes.ts";
import { signedData } from "../../electron/pades/cms/signed-data.ts";
import { parseCertificate } from "../../electron/pki/certificate.ts";
import { practiceScheme } from "../pki/issue-certificate.ts";
import type { SigningPerson } from "./persons.ts";

/**
 * A detached CMS (RFC 5652) for a document of which only the SHA-256 is known, with signing-certificate-v2 among its
 * signed attributes; or the bare RSA value over the hash.
 */
export function signHash(person: SigningPerson, digest: Uint8Array, form: "cms" | "raw"): Uint8Array {
  if (form === "raw") return person.key.signDigest(practiceScheme, digest);
  const signer = parseCertificate(person.chain[0]);
  const attributes = signedAttributes(digest, signer);
  return signedData({
    signer,
    chain: person.chain,
    signedAttributes: attributes,
    digest: "SHA-256",
    scheme: practiceScheme,
    value: person.key.sign(practiceScheme, attributes),
    timestampToken: null,
  });
}
