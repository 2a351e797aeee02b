import type { ProviderId } from "../../../shared/ids.ts";
import type { ProfileSchemas } from "../../storage/profiles.ts";
import type { ProviderSetup } from "./provider-setup.ts";
import { bankidSetup } from "./setups/bankid-setup.ts";
import { fourthlineSetup } from "./setups/fourthline-setup.ts";
import { idnowSetup } from "./setups/idnow-setup.ts";
import { itsmeSetup } from "./setups/itsme-setup.ts";

/** Providers that an organisation can set up, in the order in which they are offered. A further one is added here. */
export const SETUPS: readonly ProviderSetup[] = [itsmeSetup, idnowSetup, bankidSetup, fourthlineSetup];

export const setupOf = (provider: ProviderId): ProviderSetup | undefined =>
  SETUPS.find((setup) => setup.provider === provider);

export const PROFILE_SCHEMAS: ProfileSchemas = Object.fromEntries(
  SETUPS.map(({ provider, schema }) => [provider, schema]),
);
