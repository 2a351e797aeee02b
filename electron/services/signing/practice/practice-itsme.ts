import type { PolicyView } from "../../../../shared/app-state.ts";
import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { createItsmeProvider } from "../../../providers/itsme/create-itsme-provider.ts";
import { defaultPolicy } from "../../../providers/itsme/discovery.ts";
import type { ItsmeChoice } from "../../../providers/itsme/discovery.ts";
import { itsmeHttpOptions } from "../../../providers/itsme/itsme-profile.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const POLLING = { firstPoll: 400, pollInterval: 800 };

export async function practiceItsme(
  sandbox: PracticeEnvironment,
  network: HttpClientOptions,
): Promise<SigningEnvironment> {
  const clientCertificate = { certificatePem: sandbox.clientCertificatePem, keyPem: sandbox.clientKeyPem };
  const http = createHttpClient({ ...network, ...itsmeHttpOptions(sandbox.itsme, { clientCertificate }) });
  const provider = createItsmeProvider({ profile: sandbox.itsme, http, settings: POLLING });
  const discovery = await provider.discover();
  return {
    ...practiceServices(sandbox, network),
    provider,
    recipient: new URL(sandbox.itsme.baseUrl).host,
    label: "itsme",
    policies: discovery.policies.map((policy) => policyView(policy, policy.url)),
    defaultPolicy: defaultPolicy(discovery),
    commitmentTypes: discovery.commitmentTypes.map((type) => policyView(type, null)),
  };
}

function policyView(choice: ItsmeChoice, url: string | null): PolicyView {
  return { reference: choice.reference, text: choice.texts.EN ?? choice.reference, url };
}
