import { failed, success } from "../../../../shared/result.ts";
import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { idnowHttpOptions, idnowProfileSchema } from "../../../providers/idnow/idnow-profile.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import { idnowPart } from "../../profiles/setups/idnow-setup.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { practiceServices } from "./practice-services.ts";

/** The sandbox is on this computer: asking it often costs nobody anything, and practice goes on without pauses. */
const POLLING = { pollInterval: 700, firstPause: 400, resendPause: 5_000 };

export function practiceIdnow(sandbox: PracticeEnvironment, network: HttpClientOptions): Promise<SigningEnvironment> {
  const { baseUrl, user, password, pageOrigins, extraCa, redirectUrls, codeAttempts } = sandbox.idnow;
  const profile = idnowProfileSchema.parse({
    environment: "sandbox",
    baseUrl,
    user,
    // Practice has no vault: its password is shown to everybody.
    password: "practice",
    pageOrigins,
    // The program tells success from abort by what it adds itself.
    redirectUrl: redirectUrls.success,
    extraCa,
    trustService: "namirial",
    signatureTypes: ["QES", "AES"],
    customerSideSigning: true,
    codeAttempts,
  });
  const http = createHttpClient({ ...network, ...idnowHttpOptions(profile) });
  const part = idnowPart({
    profile,
    http,
    secrets: {
      password: () => Promise.resolve(success(password)),
      cryptKey: () => Promise.resolve(failed({ code: "provider.no-credentials" })),
    },
    recipient: new URL(baseUrl).host,
    robots: true,
    settings: POLLING,
  });
  return Promise.resolve({ ...practiceServices(sandbox, network), ...part });
}
