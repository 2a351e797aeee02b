import type { CertificateFacts } from "../../../shared/app-state.ts";
import type { SecretMark } from "../../../shared/profiles.ts";
import type { StoredProfile } from "../../storage/profiles.ts";
import { fieldsOf, isSecret } from "../../../shared/profile-form.ts";
import { valueAt } from "./form-values.ts";
import type { SettingsTree } from "./form-values.ts";
import type { ProviderSetup } from "./provider-setup.ts";

/** Vault ids of the secrets that settings name, by field. */
export function secretIdsOf(setup: ProviderSetup, settings: SettingsTree): Readonly<Record<string, string>> {
  const fields = fieldsOf(setup.form).filter(isSecret);
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const id = valueAt(settings, name);
      return typeof id === "string" ? [[name, id] as const] : [];
    }),
  );
}

/** The same of a profile; none for one that is not there. */
export const storedIds = (setup: ProviderSetup, stored: StoredProfile | null): Readonly<Record<string, string>> =>
  isTree(stored?.settings) ? secretIdsOf(setup, stored.settings) : {};

/** What is known of the certificate that opens connections; null: there is none. */
export function clientFacts(
  { form }: ProviderSetup,
  marks: Readonly<Record<string, SecretMark>>,
): CertificateFacts | null {
  const field = fieldsOf(form).find((one) => one.kind === "client-certificate" && one.purpose === "client");
  const mark = field === undefined ? undefined : marks[field.name];
  return mark?.kind === "client-certificate" ? mark.facts : null;
}

export const isTree = (value: unknown): value is SettingsTree => typeof value === "object" && value !== null;
