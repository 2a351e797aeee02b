import type { CertificateFacts } from "../../../shared/app-state.ts";
import type { EnvironmentKind, FormValues, ProfilesView, ProfileView, SecretMark } from "../../../shared/profiles.ts";
import { ENVIRONMENT_KINDS } from "../../../shared/profiles.ts";
import type { ProfileStore, StoredProfile } from "../../storage/profiles.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";
import { fieldsOf } from "../../../shared/profile-form.ts";
import { valuesOf } from "./form-values.ts";
import type { SettingsTree } from "./form-values.ts";
import { secretIdsOf } from "./profile-secrets.ts";
import type { ProviderSetup } from "./provider-setup.ts";
import { readAuthorities } from "./read-client-certificate.ts";

type Vault = Pick<SecretVault, "standing" | "problem">;

const UNKNOWN_FACTS: CertificateFacts = { subject: "", issuer: "", validUntil: "" };

/** `vault` null: the keychain has not answered yet, and nothing is said to be missing. */
export function profilesView(store: ProfileStore, setups: readonly ProviderSetup[], vault: Vault | null): ProfilesView {
  return {
    forms: setups.map(({ form }) => form),
    list: setups.flatMap((setup) =>
      store
        .list()
        .filter(({ provider }) => provider === setup.provider)
        .map((stored) => profileView(setup, stored, store.active(setup.provider) === stored.name, vault)),
    ),
  };
}

function profileView(
  setup: ProviderSetup,
  { name, provider, settings, marks }: StoredProfile,
  active: boolean,
  vault: Vault | null,
): ProfileView {
  const tree = settings as SettingsTree;
  const values = valuesOf(setup.form, tree);
  const ids = secretIdsOf(setup, tree);
  const markOf = (field: string): SecretMark => marks[field] ?? usualMark(setup, field);
  return {
    provider,
    name,
    environment: environmentIn(values),
    active,
    values,
    certificates: factsOf(setup, values),
    secrets: Object.fromEntries(Object.keys(ids).map((field) => [field, markOf(field)])),
    missing: Object.entries(ids).flatMap(([field, id]) => (vault === null || isThere(vault, id) ? [] : [field])),
    keeping: keepingOf(vault, Object.values(ids)),
  };
}

function isThere(vault: Vault, id: string): boolean {
  const standing = vault.standing(id);
  return standing === "stored" || standing === "session";
}

function keepingOf(vault: Vault | null, ids: readonly string[]): ProfileView["keeping"] {
  const standings = ids.map((id) => vault?.standing(id) ?? "stored");
  if (standings.includes("session")) {
    return "session";
  }
  // Without a keychain stored records cannot be opened, either.
  const isShut = vault?.problem() === "locked" || vault?.problem() === "missing";
  return isShut && standings.includes("stored") ? "locked" : "stored";
}

function environmentIn(values: FormValues): EnvironmentKind {
  return ENVIRONMENT_KINDS.find((kind) => kind === values["environment"]) ?? "production";
}

/** Of a profile that was made by hand, which has no marks. */
function usualMark(setup: ProviderSetup, name: string): SecretMark {
  const field = fieldsOf(setup.form).find((one) => one.name === name);
  return field?.kind === "client-certificate" ? { kind: "client-certificate", facts: UNKNOWN_FACTS } : { kind: "text" };
}

function factsOf(setup: ProviderSetup, values: FormValues): ProfileView["certificates"] {
  const fields = fieldsOf(setup.form).filter(({ kind }) => kind === "certificates");
  return Object.fromEntries(
    fields.map(({ name }) => {
      const texts = values[name];
      const pems = typeof texts === "object" ? texts : [];
      return [name, pems.map((pem) => readAuthorities(Buffer.from(pem))?.[0]?.facts ?? UNKNOWN_FACTS)];
    }),
  );
}
