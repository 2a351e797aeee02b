import { certificateProblem } from "../../../providers/certificate/certificate-problem.ts";
import { KEY_DECIDES } from "../../../pki/signing-schemes.ts";
import type { EvidenceEnvironment } from "./evidence-environment.ts";
import type { OrganisationSeal } from "./organisation-seal.ts";

/** "none": no seal is set up. "unusable": one is, and it cannot seal now: its key is away, or its certificate has run out. */
export async function usableSeal(
  { seal }: EvidenceEnvironment,
  now: Date,
): Promise<OrganisationSeal | "none" | "unusable"> {
  const found = await seal();
  if (!found.ok) {
    return "unusable";
  }
  if (found.value === null) {
    return "none";
  }
  const [leaf] = found.value.chain;
  return leaf !== undefined && certificateProblem(leaf, KEY_DECIDES, now) === null ? found.value : "unusable";
}
