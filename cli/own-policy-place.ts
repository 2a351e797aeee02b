import { existsSync } from "node:fs";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { policyPlace } from "../electron/storage/policy-place.ts";
import type { PolicyPlace } from "../electron/storage/policy-place.ts";

export interface PolicyWhere {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** The policy of this computer, as the desktop program finds it. Run from its source, it can be pointed elsewhere. */
export const ownPolicyPlace = ({ environment, platform }: PolicyWhere): PolicyPlace =>
  policyPlace(platform, environment, !import.meta.filename.endsWith(".ts"));

/** What reads policies takes longer to load than a file to be judged, so it is loaded only where there is one. */
export async function ownPolicy(environment: NodeJS.ProcessEnv): Promise<PolicyInForce> {
  const place = ownPolicyPlace({ environment, platform: process.platform });
  if (!place.isNamed && !existsSync(place.path)) {
    return { kind: "none" };
  }
  const { policyInForce } = await import("../electron/services/policy/load-policy.ts");
  return policyInForce(place);
}
