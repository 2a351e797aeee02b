import type { Certificate } from "../../pki/certificate.ts";
import { couldIssue, isSignedBy } from "../../pki/path.ts";
import { isSameKey } from "../../pki/public-key.ts";
import type { PublicKeyInfo } from "../../pki/public-key.ts";

const MAXIMUM_CHAIN = 10;

/** The certificate of this key; the one meant for signing when there are several. */
export function leafFor(key: PublicKeyInfo, certificates: readonly Certificate[]): Certificate | null {
  const own = certificates.filter(({ publicKey }) => isSameKey(publicKey, key));
  return own.find(({ keyUsage }) => keyUsage?.has("nonRepudiation") === true) ?? own[0] ?? null;
}

/** Leaf, issuer, issuer's issuer… by verified signatures, whatever the order in the file. */
export function chainFrom(leaf: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const chain = [leaf];
  let last = leaf;
  while (chain.length < MAXIMUM_CHAIN && !isSelfIssued(last)) {
    const child = last;
    const issuer = certificates.find((one) => !chain.includes(one) && couldIssue(one, child) && isSignedBy(child, one));
    if (issuer === undefined) {
      break;
    }
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function isSelfIssued(certificate: Certificate): boolean {
  return couldIssue(certificate, certificate);
}
