import { fieldsOf, isSecret } from "../../../shared/profile-form.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type { StoredProfile } from "../../storage/profiles.ts";
import { withoutValue } from "./form-values.ts";
import type { SettingsTree } from "./form-values.ts";
import { isTree } from "./profile-secrets.ts";
import type { ProviderSetup } from "./provider-setup.ts";

/** A profile as a file that may lie anywhere. */
export interface ExportedProfile {
  readonly provider: ProviderId;
  readonly name: string;
  readonly settings: SettingsTree;
  /** Fields whose secrets have to be given where it is put in. */
  readonly secrets: readonly string[];
}

/** SECURITY: no secret, and no id of one either. */
export function exportedProfile(setup: ProviderSetup, { provider, name, settings }: StoredProfile): ExportedProfile {
  const before = isTree(settings) ? settings : {};
  const secret = fieldsOf(setup.form).filter(isSecret);
  const parts = secret.reduce(
    ({ tree, names }, field) => {
      const rest = withoutValue(tree, field.name);
      return { tree: rest, names: rest === tree ? names : [...names, field.name] };
    },
    { tree: before, names: [] as readonly string[] },
  );
  return { provider, name, settings: parts.tree, secrets: parts.names };
}
