import type { HttpClientOptions } from "../../../net/http-client.ts";
import { PRACTICE_PROFILE } from "../../../storage/profiles.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";
import type { SigningEnvironment } from "../signing-environment.ts";
import { timestampServices } from "../timestamp-services.ts";
import type { TimestampServices } from "../timestamp-services.ts";
import { anchorsOf } from "./practice-anchors.ts";

type Services = Pick<SigningEnvironment, "profile" | "practice"> & TimestampServices;

/** What is the same for every practice provider: the sandbox's roots, timestamps and revocation services. */
export function practiceServices(sandbox: PracticeEnvironment, network: HttpClientOptions): Services {
  const anchors = anchorsOf(sandbox);
  return {
    profile: PRACTICE_PROFILE,
    practice: true,
    ...timestampServices({ url: sandbox.timestampUrl, trustAnchors: anchors, timestampAnchors: anchors, network }),
  };
}
