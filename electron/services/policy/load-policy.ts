import { readFileSync } from "node:fs";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { parseCertificates } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { readPolicyFile } from "../../storage/policy-file.ts";
import type { PolicyPlace } from "../../storage/policy-file.ts";
import type { Policy, PolicyProblem } from "../../storage/policy.ts";

/** A policy with what its files hold. */
export interface LoadedPolicy {
  readonly rules: Policy;
  /** PEM of the authorities, one text a file. */
  readonly anchors: readonly string[];
}

/** The policy that is in force. "malformed": there is one, and what it may forbid is not known. */
export type PolicyInForce =
  | { readonly kind: "none" }
  | { readonly kind: "policy"; readonly policy: LoadedPolicy }
  | { readonly kind: "malformed"; readonly problems: readonly PolicyProblem[] };

export const NO_POLICY: PolicyInForce = { kind: "none" };

/** Read once, at start: rules do not change under somebody who is signing. */
export function policyInForce(place: PolicyPlace): PolicyInForce {
  const loaded = loadPolicy(place);
  if (!loaded.ok) {
    return { kind: "malformed", problems: loaded.failure };
  }
  return loaded.value === null ? NO_POLICY : { kind: "policy", policy: loaded.value };
}

/** The same for whoever wants the errors; null: there is no policy. */
export function loadPolicy(place: PolicyPlace): Result<LoadedPolicy | null, readonly PolicyProblem[]> {
  const read = readPolicyFile(place);
  if (!read.ok || read.value === null) {
    return read.ok ? success(null) : read;
  }
  const anchors: string[] = [];
  const problems: PolicyProblem[] = [];
  for (const [index, path] of (read.value.trustAnchors ?? []).entries()) {
    const pem = readAnchors(path);
    if (pem === null) {
      const what = `no certificates can be read from ${path}`;
      problems.push({ line: null, member: `trustAnchors[${index}]`, what });
    } else {
      anchors.push(pem);
    }
  }
  return problems.length === 0 ? success({ rules: read.value, anchors }) : failed(problems);
}

function readAnchors(path: string): string | null {
  try {
    const pem = readFileSync(path, "latin1");
    return pem.includes("-----BEGIN CERTIFICATE-----") && parseCertificates(Buffer.from(pem, "latin1")).length > 0
      ? pem
      : null;
  } catch (error) {
    if (error instanceof DerProblem || (error instanceof Error && "code" in error)) {
      return null;
    }
    throw error;
  }
}
