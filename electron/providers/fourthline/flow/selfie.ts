import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import {
  end,
  goOn,
  isAboutAccess,
  isDue,
  isPassing,
  isRefusal,
  look,
  pauseFor,
  textOf,
  toStore,
} from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Selfie } from "./flow-state.ts";
import { glance } from "./glancing.ts";
import { questionId, selfieInteraction } from "./interactions.ts";
import { isJpeg } from "./jpeg.ts";

/** The identification is older than a day, or was made with another device: the person shows the face once more. */
export async function askForSelfie(
  state: Selfie,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "answer" && input.interaction === questionId("selfie", state) && input.answer.kind === "selfie") {
    const { image } = input.answer;
    return isJpeg(image)
      ? send(state, image, tools, context)
      : show({ ...state, asked: state.asked + 1, problem: { code: "fourthline.not-a-jpeg" } }, tools);
  }
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return show(state, tools);
  }
  const seen = await glance(state, tools, context);
  return "step" in seen ? seen.step : show(seen.state, tools);
}

/** SECURITY: the picture is used here and let go; it is in no state. */
async function send(state: Selfie, image: Uint8Array, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const sent = await tools.api.uploadSelfie(state.workflowId, image, context.signal);
  const now = context.now();
  const asked = { ...state, asked: state.asked + 1 };
  if (sent.ok) {
    return goOn(look(asked, now, { after: "selfie" }));
  }
  const { failure } = sent;
  if (failure.code === "fourthline.bad-request" || isRefusal(failure)) {
    return goOn(look(asked, now, { after: "selfie", ended: "refused", text: textOf(failure) }));
  }
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, look(asked, now));
  }
  return isPassing(failure) ? goOn(look(asked, now, { after: "selfie", ended: "lost" })) : end(failure);
}

function show(state: Selfie, tools: FourthlineTools): FlowStep {
  const interaction = selfieInteraction(state, tools.settings);
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}
