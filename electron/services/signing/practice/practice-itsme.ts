import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { itsmeHttpOptions } from "../../../providers/itsme/itsme-profile.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import { itsmePart } from "../../profiles/setups/itsme-setup.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const POLLING = { firstPoll: 400, pollInterval: 800 };

export async function practiceItsme(
  sandbox: PracticeEnvironment,
  network: HttpClientOptions,
): Promise<SigningEnvironment> {
  const profile = sandbox.itsme;
  const clientCertificate = { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem };
  const http = createHttpClient({ ...network, ...itsmeHttpOptions(profile, { clientCertificate }) });
  const recipient = new URL(profile.baseUrl).host;
  const { provisional: _, ...part } = await itsmePart({ profile, http, recipient, settings: POLLING });
  return { ...practiceServices(sandbox, network), ...part };
}
