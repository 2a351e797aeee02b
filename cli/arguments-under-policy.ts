import { join } from "node:path";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { refusesLevel, rulesOf } from "../electron/services/policy/policy-rules.ts";
import { PRACTICE_PROFILE } from "../electron/storage/profiles.ts";
import type { Failure } from "../shared/failure.ts";
import { failureWords } from "../shared/messages/words.ts";
import { CannotStart } from "./exit-status.ts";
import type { ExtendArguments } from "./extend-command.ts";
import { LEVELS } from "./level-argument.ts";
import type { SignArguments } from "./run-sign.ts";

/**
 * What the administrator lays down takes the place of what was not said. What was said otherwise is refused: the
 * timestamp service here, all else by the review.
 */
export const argumentsUnderPolicy = (options: SignArguments, policy: PolicyInForce): SignArguments => ({
  ...options,
  ...laidDown(options, policy),
});

/** The same for extending, which no review looks at: each file's folder is looked at when it is its turn. */
export function extendUnderPolicy(options: ExtendArguments, policy: PolicyInForce): ExtendArguments {
  const isPractice = options.profile === PRACTICE_PROFILE;
  const refusal: Failure | null =
    refusesLevel(policy, LEVELS[options.level]) ??
    (isPractice && rulesOf(policy)?.practice === false ? { code: "policy.practice" } : null);
  if (refusal !== null) {
    throw new CannotStart(failureWords(refusal).join(" "));
  }
  return { ...options, ...laidDown(options, policy) };
}

function laidDown(
  { profile, tsa, out }: Pick<SignArguments, "profile" | "tsa" | "out">,
  policy: PolicyInForce,
): Pick<SignArguments, "tsa" | "out"> {
  const rules = rulesOf(policy);
  const folder = rules?.output?.folder;
  const isPractice = profile === PRACTICE_PROFILE;
  const url = rules?.timestampUrl;
  // Practice has a service of its own; another one beside it would be a way around the rule.
  if (url !== undefined && tsa !== undefined && (isPractice || URL.parse(tsa)?.href !== URL.parse(url)?.href)) {
    throw new CannotStart(`--tsa: ${failureWords({ code: "policy.fixed" }).join(" ")}`);
  }
  return {
    ...(url === undefined || isPractice ? {} : { tsa: url }),
    // With a separator at its end it is a folder, also when it is not there yet.
    ...(folder === undefined || out !== undefined ? {} : { out: join(folder, "/") }),
  };
}
