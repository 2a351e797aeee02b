import type { MessageKey } from "../../shared/messages/en.ts";
import { fieldsOf } from "../../shared/profile-form.ts";
import type { CertificatePurpose, ProfileForm, ProfileView } from "../../shared/profiles.ts";
import { expiryWarning } from "./expiry.ts";
import { text } from "./text.ts";

const NAMES: Readonly<Record<CertificatePurpose, MessageKey>> = {
  client: "provider.client-certificate",
  seal: "provider.seal",
};

/** What to say about certificates of a profile that have ended or end soon: which one it is, and when. */
export function certificateWarnings(
  form: ProfileForm,
  { secrets }: Pick<ProfileView, "secrets">,
  now: number,
): readonly string[] {
  const fields = fieldsOf(form);
  return Object.entries(secrets).flatMap(([name, mark]) => {
    // A form may have a field twice, each for other values of the rest; by name it is one.
    const field = fields.find((one) => one.name === name);
    if (field?.kind !== "client-certificate" || mark.kind !== "client-certificate") return [];
    const warning = expiryWarning(mark.facts.validUntil, now);
    return warning === null ? [] : [`${text(NAMES[field.purpose])} ${warning}`];
  });
}
