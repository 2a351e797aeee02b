import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { parseCertificate, sameCertificate } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { validatePath } from "../../pki/path.ts";
import { decodePem } from "../../pki/pem.ts";

/** ETSI TS 119 312 table: RSA below 2048 bits is out of use. */
const MINIMUM_RSA_BITS = 2048;
const MAXIMUM_CHAIN = 10;

/**
 * Reads the person's certificate and its chain and checks what can be checked before a hash is made: leaf first, each
 * one signed by the next, valid at `at`, an RSA key meant for signing. Whether the root is trusted is the verifier's
 * question: it judges the finished file against the trusted lists.
 */
export function readSigner(
  certificatePem: string,
  chainPem: string | null,
  at: Date,
): Result<readonly Certificate[], Failure> {
  const chain = parseChain(certificatePem, chainPem);
  if (chain === null) {
    return invalid("unreadable");
  }
  const [leaf] = chain;
  const anchor = chain.at(-1);
  if (leaf === undefined || anchor === undefined) {
    return invalid("unreadable");
  }
  const problem = leafProblem(leaf, at);
  if (problem !== null) {
    return invalid(problem);
  }
  const path = validatePath({
    target: leaf,
    candidates: chain.slice(1, -1),
    // Taken as an anchor only to check that the chain holds together.
    anchors: [anchor],
    at,
    purpose: "document-signing",
  });
  if (!path.ok) {
    return invalid(path.problem.code);
  }
  const inOrder = path.chain.length === chain.length && path.chain.every((member, index) => member === chain[index]);
  return inOrder ? success(chain) : invalid("order");
}

/** What is wrong with the leaf at a time, or null. */
export function leafProblem(leaf: Certificate, at: Date): string | null {
  if (at < leaf.notBefore) {
    return "not-yet-valid";
  }
  if (at > leaf.notAfter) {
    return "expired";
  }
  if (leaf.keyUsage?.has("nonRepudiation") !== true) {
    return "key-usage";
  }
  const key = leaf.publicKey;
  return key?.kind === "rsa" && key.modulusBits >= MINIMUM_RSA_BITS ? null : "key";
}

function parseChain(certificatePem: string, chainPem: string | null): readonly Certificate[] | null {
  try {
    const [leaf] = decodePem(certificatePem, "CERTIFICATE").map(parseCertificate);
    const chain = decodePem(chainPem ?? certificatePem, "CERTIFICATE")
      .slice(0, MAXIMUM_CHAIN)
      .map(parseCertificate);
    const [first] = chain;
    // The chain's first block must be the certificate itself: two answers to one question are none.
    return leaf !== undefined && first !== undefined && sameCertificate(leaf, first) ? chain : null;
  } catch (problem) {
    if (problem instanceof DerProblem) {
      return null;
    }
    throw problem;
  }
}

function invalid(reason: string): { readonly ok: false; readonly failure: Failure } {
  return failed({ code: "provider.certificate-invalid", params: { reason } });
}
