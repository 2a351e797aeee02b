import { createHttpClient } from "../../net/http-client.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import { profileHttpOptions } from "../profiles/profile-network.ts";
import type { OpenedProfile } from "../profiles/provider-setup.ts";
import type { SecretLender } from "../profiles/secret-lender.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import type { TimestampServices } from "./timestamp-services.ts";

export interface ProfileEnvironmentParts {
  readonly name: string;
  readonly opened: OpenedProfile;
  readonly secrets: SecretLender;
  /** What holds for every connection of the program. */
  readonly network: HttpClientOptions;
  readonly services: TimestampServices;
}

export interface ProfileEnvironment {
  readonly environment: SigningEnvironment;
  /** What it was made of may be had better later: it is made anew for the next run. */
  readonly provisional: boolean;
}

/** A provider as an organisation has set it up. The secrets stay in the vault and are lent for each use. */
export async function profileEnvironment(parts: ProfileEnvironmentParts): Promise<ProfileEnvironment> {
  const { name, opened, secrets, network, services } = parts;
  const http = createHttpClient(profileHttpOptions(opened, secrets, network));
  const { provisional = false, ...part } = await opened.makeProvider({ http, secrets });
  return {
    provisional,
    environment: {
      ...services,
      ...part,
      profile: name,
      practice: opened.environment === "sandbox",
      environment: opened.environment,
    },
  };
}
