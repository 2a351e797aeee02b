import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { parseCertificates } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { readGuarded } from "../../storage/guarded-file.ts";
import type { FileGuard } from "../../storage/guarded-file.ts";
import { readPolicyFile } from "../../storage/policy-file.ts";
import type { PolicyPlace } from "../../storage/policy-place.ts";
import { problem } from "../../storage/policy.ts";
import type { LinedPolicy, Policy, PolicyProblem } from "../../storage/policy.ts";

/** A policy with what its files hold. */
export interface LoadedPolicy {
  readonly rules: Policy;
  /** PEM of the authorities, one text a file. */
  readonly anchors: readonly string[];
  /** PEM of BankID's roots. */
  readonly bankIdRoots: readonly string[];
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
  const anchors = readAuthorities(read.value, "trustAnchors", place.guard);
  const bankIdRoots = readAuthorities(read.value, "bankidRoots", place.guard);
  const problems = [...anchors.problems, ...bankIdRoots.problems];
  return problems.length === 0
    ? success({ rules: read.value.rules, anchors: anchors.pems, bankIdRoots: bankIdRoots.pems })
    : failed(problems);
}

function readAuthorities({ rules, lineOf }: LinedPolicy, member: "trustAnchors" | "bankidRoots", guard: FileGuard) {
  const pems: string[] = [];
  const problems: PolicyProblem[] = [];
  for (const [index, path] of (rules[member] ?? []).entries()) {
    const pem = readAnchors(path, guard);
    if (pem.ok) {
      pems.push(pem.value);
    } else {
      problems.push(problem([member, index], `no certificates can be read from ${path}: ${pem.failure}`, lineOf));
    }
  }
  return { pems, problems };
}

/** SECURITY: guarded as the policy is; whoever could write to the file would say who is trusted. */
function readAnchors(path: string, guard: FileGuard): Result<string, string> {
  const read = readGuarded(path, guard);
  if (!read.ok) {
    return read;
  }
  if (read.value === null) {
    return failed("the file is not there");
  }
  const pem = Buffer.from(read.value).toString("latin1");
  return pem.includes("-----BEGIN CERTIFICATE-----") && holdsCertificates(pem)
    ? success(pem)
    : failed("it holds no certificate in PEM");
}

function holdsCertificates(pem: string): boolean {
  try {
    return parseCertificates(Buffer.from(pem, "latin1")).length > 0;
  } catch (error) {
    if (error instanceof DerProblem) {
      return false;
    }
    throw error;
  }
}
