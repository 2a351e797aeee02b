import type { Failure } from "../../../shared/failure.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { createHttpClient } from "../../net/http-client.ts";
import type { HttpClientOptions } from "../../net/http-client.ts";
import { repeatingClient } from "../../net/repeating-client.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { createExtension } from "../extending/create-extension.ts";
import { profileHttpOptions } from "../profiles/profile-network.ts";
import type { OpenedProfile } from "../profiles/provider-setup.ts";
import type { SecretLender } from "../profiles/secret-lender.ts";
import type { SigningEnvironment } from "./signing-environment.ts";
import { timestamper } from "./timestamper.ts";

type Services = Pick<SigningEnvironment, "trustAnchors" | "timestampHost" | "timestamp" | "extend">;

export interface ProfileEnvironmentParts {
  readonly name: string;
  readonly opened: OpenedProfile;
  readonly secrets: SecretLender;
  /** What holds for every connection of the program. */
  readonly network: HttpClientOptions;
  readonly services: Services;
}

/** A provider as an organisation has set it up. The secrets stay in the vault and are lent for each use. */
export async function profileEnvironment(
  parts: ProfileEnvironmentParts,
): Promise<Result<{ readonly environment: SigningEnvironment; readonly provisional: boolean }, Failure>> {
  const { name, opened, secrets, network, services } = parts;
  const http = createHttpClient(profileHttpOptions(opened, secrets, network));
  const { provisional = false, ...part } = await opened.makeProvider({ http, secrets });
  return success({
    provisional,
    environment: {
      ...services,
      ...part,
      profile: name,
      practice: opened.environment === "sandbox",
      environment: opened.environment,
    },
  });
}

/** Timestamps and revocation services that the settings name; `anchors`: whom the finished signature is judged against. */
export function ownServices(
  timestampUrl: string | null,
  anchors: readonly Certificate[],
  network: HttpClientOptions,
): Services {
  if (timestampUrl === null) {
    return { trustAnchors: anchors, timestampHost: null, timestamp: null, extend: null };
  }
  const transport = repeatingClient(createHttpClient(network));
  return {
    trustAnchors: anchors,
    timestampHost: new URL(timestampUrl).host,
    // Nobody said which issuers of timestamps are trusted: the token is checked in all but that, and judged afterwards.
    timestamp: timestamper(transport, timestampUrl, "none"),
    extend: createExtension({
      transport,
      timestampUrl,
      anchors,
      timestampAnchors: "none",
      now: () => new Date(),
    }),
  };
}
