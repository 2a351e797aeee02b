import { createHttpClient } from "../../../net/http-client.ts";
import type { HttpClientOptions } from "../../../net/http-client.ts";
import { repeatingClient } from "../../../net/repeating-client.ts";
import { createExtension } from "../../extending/create-extension.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { timestamper } from "../timestamper.ts";
import { anchorsOf } from "./practice-anchors.ts";

/** Name of the practice profile, as the command line takes it. */
export const SANDBOX_PROFILE = "sandbox";

type Services = Pick<
  SigningEnvironment,
  "profile" | "practice" | "trustAnchors" | "timestampHost" | "timestamp" | "extend"
>;

/** What is the same for every practice provider: the sandbox's roots, timestamps and revocation services. */
export function practiceServices(sandbox: PracticeEnvironment, network: HttpClientOptions): Services {
  const transport = repeatingClient(createHttpClient(network));
  const anchors = anchorsOf(sandbox);
  return {
    profile: SANDBOX_PROFILE,
    practice: true,
    trustAnchors: anchors,
    timestampHost: new URL(sandbox.timestampUrl).host,
    timestamp: timestamper(transport, sandbox.timestampUrl, anchors),
    extend: createExtension({
      transport,
      timestampUrl: sandbox.timestampUrl,
      anchors,
      timestampAnchors: anchors,
      now: () => new Date(),
    }),
  };
}
