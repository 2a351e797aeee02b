import { success } from "../../../../shared/result.ts";
import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { fourthlineHttpOptions, fourthlineProfileSchema } from "../../../providers/fourthline/fourthline-profile.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import { fourthlinePart } from "../../profiles/setups/fourthline-setup.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

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
  const secrets = { clientSecret: () => Promise.resolve(success(clientSecret)) };
  return Promise.resolve({
    ...practiceServices(sandbox, network),
    ...fourthlinePart({ profile, http, secrets, recipient: new URL(baseUrl).host }),
  });
}
