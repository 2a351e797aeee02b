import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { rulesOf } from "../electron/services/policy/policy-rules.ts";
import { isPracticeAuthority } from "../electron/services/policy/practice-root.ts";
import { readableCertificates } from "../electron/pki/certificate.ts";
import type { Certificate } from "../electron/pki/certificate.ts";
import type { FailureCode } from "../shared/failure.ts";
import { CannotStart } from "./exit-status.ts";
import { readTrustAnchors } from "./trust-anchors.ts";

/** Authorities that the administrator has laid down. */
const policyAnchors = (policy: PolicyInForce): readonly Certificate[] =>
  policy.kind === "policy" ? readableCertificates(policy.policy.anchors) : [];

/** Those, and the certificates that `--trust` names. */
export const anchorsUnderPolicy = async (
  paths: readonly string[],
  policy: PolicyInForce,
): Promise<readonly Certificate[]> => [...(await trustUnderPolicy(paths, policy)), ...policyAnchors(policy)];

/**
 * The certificates that an option names. SECURITY: where the administrator has laid down whom to trust, somebody's own would
 * turn a stranger's signature into a valid one; where practice is forbidden, so would a practice root.
 */
export async function trustUnderPolicy(
  paths: readonly string[],
  policy: PolicyInForce,
  option: "--trust" | "--bankid-root" = "--trust",
): Promise<readonly Certificate[]> {
  const rules = rulesOf(policy);
  if (paths.length > 0 && rules?.ownAuthorities === false) {
    throw await refusal(option, "policy.fixed");
  }
  const named = await readTrustAnchors(paths, option);
  if (rules?.practice === false && named.some(isPracticeAuthority)) {
    throw await refusal(option, "policy.practice");
  }
  return named;
}

/** The catalogues take longer to load than a file to be judged, so they are loaded only to refuse. */
async function refusal(option: string, code: FailureCode): Promise<CannotStart> {
  const { failureWords } = await import("../shared/messages/words.ts");
  return new CannotStart(`${option}: ${failureWords({ code }).join(" ")}`);
}

/** Verifying goes on under a policy that nobody understands; that whom it trusts is not known has to be said. */
export function tellMalformed(policy: PolicyInForce, tell: (text: string) => void): void {
  if (policy.kind === "malformed") {
    tell(
      "There is a policy on this computer that cannot be understood (sealdesk policy check says why): whom it trusts, and what it forbids, does not count here.",
    );
  }
}
