import type { FlowContext, FlowStep } from "../../provider.ts";
import { goOn, isAboutAccess, look, pauseFor, retryAt } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Code, Consent, Selfie } from "./flow-state.ts";

/** What a question to the person stands for at Fourthline. */
const EXPECTED = {
  selfie: "selfie_required",
  consent: "user_consent_required",
  code: "confirmation_required",
} as const;

/** While a person is asked something: does Fourthline still wait for it? A state: it does, or nobody can say now. */
export async function glance<State extends Selfie | Consent | Code>(
  state: State,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<{ readonly step: FlowStep } | { readonly state: State }> {
  const read = await tools.api.status(state.workflowId, context.signal);
  const now = context.now();
  if (!read.ok) {
    return isAboutAccess(read.failure)
      ? { step: pauseFor("credentials", read.failure, look(state, now)) }
      : {
          state: {
            ...state,
            troubles: state.troubles + 1,
            nextAt: retryAt(state.troubles, read.failure, tools, now),
          },
        };
  }
  return read.value.status === EXPECTED[state.step]
    ? { state: { ...state, troubles: 0, nextAt: now + tools.settings.quietInterval } }
    : { step: goOn(look(state, now)) };
}
