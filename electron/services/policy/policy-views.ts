import type { ProviderView } from "../../../shared/app-state.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import type { PolicyInForce } from "./load-policy.ts";
import { refusesLevel, refusesProvider } from "./policy-rules.ts";

/**
 * Providers as they are offered under the policy. One that is not allowed is left out; the chosen one stays and says why
 * nothing can be signed with it.
 */
export function viewsUnderPolicy(
  views: readonly ProviderView[],
  policy: PolicyInForce,
  chosen: ProviderId,
): readonly ProviderView[] {
  return views.flatMap((view) => {
    const problem = refusesProvider(policy, { provider: view.id, practice: view.environment === "sandbox" });
    if (problem === null) {
      const levels = view.levels.filter((level) => refusesLevel(policy, level) === null);
      // Where nothing else can be reached, the review says why; no level at all would look like "any".
      return [levels.length === 0 ? view : { ...view, levels }];
    }
    return policy.kind === "malformed" || view.id === chosen ? [{ ...view, problem }] : [];
  });
}
