import { type Certificate, parseCertificates } from "../../pki/certificate.ts";
import { configuredBankIdRoots } from "../verifying/bankid-roots.ts";
import type { Practice } from "./practice.ts";

/**
 * Whom this program believes about persons with BankID: the roots that are configured and, as long as somebody practises, those
 * of practice. SECURITY: anybody can practise in any name, so outside of practice these vouch for nobody.
 *
 * @param practice null: nobody practises
 */
export async function trustedBankIdRoots(
  configured: readonly string[],
  practice: Pick<Practice, "environment"> | null,
): Promise<readonly Certificate[]> {
  const roots = configuredBankIdRoots(configured);
  const environment = (await practice?.environment()) ?? null;
  return environment?.ok === true
    ? [...roots, ...parseCertificates(new TextEncoder().encode(environment.value.bankid.rootPem))]
    : roots;
}
