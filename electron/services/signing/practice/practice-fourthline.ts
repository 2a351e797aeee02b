import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { createFourthlineProvider } from "../../../providers/fourthline/create-fourthline-provider.ts";
import {
  flowsOf,
  fourthlineHttpOptions,
  fourthlineProfileSchema,
} from "../../../providers/fourthline/fourthline-profile.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const POLLING = {
  pollInterval: 500,
  quietInterval: 1_500,
  verificationInterval: 2_000,
  firstPause: 400,
  settleTime: 5_000,
  errorGrace: 20_000,
  resendPause: 5_000,
};

export function practiceFourthline(
  sandbox: PracticeEnvironment,
  network: HttpClientOptions,
): Promise<SigningEnvironment> {
  const { baseUrl, clientId, clientSecret, workflowNames, extraCa, table } = sandbox.fourthline;
  const profile = fourthlineProfileSchema.parse({
    environment: "sandbox",
    baseUrl,
    clientId,
    // Practice has no vault: its secret is shown to everybody.
    clientSecret: "practice",
    workflowNames,
    table,
    extraCa,
  });
  const http = createHttpClient({ ...network, ...fourthlineHttpOptions(profile) });
  const provider = createFourthlineProvider({
    profile,
    http,
    secrets: { clientSecret: () => Promise.resolve(clientSecret) },
    settings: POLLING,
  });
  return Promise.resolve({
    ...practiceServices(sandbox, network),
    provider,
    recipient: new URL(baseUrl).host,
    label: "Fourthline",
    policies: [],
    defaultPolicy: null,
    commitmentTypes: [],
    fourthline: { flows: flowsOf(profile) },
  });
}
