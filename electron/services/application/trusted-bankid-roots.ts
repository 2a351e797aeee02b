import { type Certificate, parseCertificates } from "../../pki/certificate.ts";
import type { Settings } from "../../storage/settings.ts";
import { isPractice } from "../signing/certificate-choice.ts";
import { configuredBankIdRoots } from "../verifying/bankid-roots.ts";
import type { Practice } from "./practice.ts";

/**
 * Whom this program believes about persons with BankID: the roots of the settings and, as long as somebody practises, those of
 * practice. SECURITY: anybody can practise in any name, so outside of practice these vouch for nobody.
 */
export async function trustedBankIdRoots(
  settings: Settings,
  practice: Pick<Practice, "environment">,
): Promise<readonly Certificate[]> {
  const configured = configuredBankIdRoots(settings.bankidRoots);
  if (!isPractice(settings)) {
    return configured;
  }
  const environment = await practice.environment();
  return environment.ok
    ? [...configured, ...parseCertificates(new TextEncoder().encode(environment.value.bankid.rootPem))]
    : configured;
}
