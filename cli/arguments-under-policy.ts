import { join } from "node:path";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { rulesOf } from "../electron/services/policy/policy-rules.ts";
import { PRACTICE_PROFILE } from "../electron/storage/profiles.ts";
import { failureWords } from "../shared/messages/words.ts";
import { CannotStart } from "./exit-status.ts";
import type { SignArguments } from "./run-sign.ts";

/**
 * What the administrator lays down takes the place of what was not said. What was said otherwise is refused: the
 * timestamp service here, all else by the review.
 */
export function argumentsUnderPolicy(options: SignArguments, policy: PolicyInForce): SignArguments {
  const rules = rulesOf(policy);
  const folder = rules?.output?.folder;
  const url = options.profile === PRACTICE_PROFILE ? undefined : rules?.timestampUrl;
  if (url !== undefined && options.tsa !== undefined && URL.parse(options.tsa)?.href !== URL.parse(url)?.href) {
    throw new CannotStart(`--tsa: ${failureWords({ code: "policy.fixed" }).join(" ")}`);
  }
  return {
    ...options,
    ...(url === undefined ? {} : { tsa: url }),
    // With a separator at its end it is a folder, also when it is not there yet.
    ...(folder === undefined || options.out !== undefined ? {} : { out: join(folder, "/") }),
  };
}
