import type { HttpClient } from "../../net/http-client.ts";
import type { FlowContext, FlowInput, FlowState, FlowStep, SigningOrder, SigningProvider } from "../provider.ts";
import { fourthlineApi } from "./api/fourthline-api.ts";
import { askForCode, confirm } from "./flow/coding.ts";
import { approve, askForConsent } from "./flow/consenting.ts";
import { handOverContract } from "./flow/contract.ts";
import { createWorkflow } from "./flow/creating.ts";
import { fetchDocuments } from "./flow/fetching.ts";
import { end, toStore } from "./flow/flow-parts.ts";
import type { FourthlineTools } from "./flow/flow-parts.ts";
import { readState } from "./flow/flow-state.ts";
import type { Ended, FourthlineState, Start } from "./flow/flow-state.ts";
import { uploadNumber } from "./flow/numbering.ts";
import { checkOrder } from "./flow/order-check.ts";
import { askWhetherAgain, pause } from "./flow/pausing.ts";
import { askForSelfie } from "./flow/selfie.ts";
import { DEFAULT_FOURTHLINE_SETTINGS } from "./flow/settings.ts";
import type { FourthlineSettings } from "./flow/settings.ts";
import { uploadDocuments } from "./flow/uploading.ts";
import { leave, watchWorkflow } from "./flow/watching.ts";
import type { FourthlineProfile, FourthlineSecrets } from "./fourthline-profile.ts";

export interface FourthlineOptions {
  readonly profile: FourthlineProfile;
  readonly http: HttpClient;
  readonly secrets: FourthlineSecrets;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly settings?: Partial<FourthlineSettings>;
}

/**
 * Fourthline's qualified signature: a person that Fourthline has identified, or is identifying, reads and agrees here and
 * signs with a passcode from an SMS. Whole documents go there and come back signed.
 */
export function createFourthlineProvider(options: FourthlineOptions): SigningProvider {
  const { profile, http, secrets, now } = options;
  const tools: FourthlineTools = {
    profile,
    settings: { ...DEFAULT_FOURTHLINE_SETTINGS, ...options.settings },
    api: fourthlineApi({ profile, http, secrets, now: now ?? Date.now }),
    random: options.random ?? Math.random,
    details: new Map(),
    toSend: new Map(),
    contracts: new Map(),
  };
  return {
    descriptor: {
      id: "fourthline",
      takes: "document",
      returns: "signed-document",
      certificateKnown: "after-signing",
      drawsMark: true,
      takesPlace: false,
      maximumDocuments: profile.maximumDocuments,
      digestAlgorithms: ["SHA-256"],
      languages: ["EN", "FR", "NL", "DE"],
    },
    check: (order) => checkOrder(order, profile),
    begin: (order) => toStore(firstState(order)),
    kept: withoutNumber,
    advance: (state, input, context) => advance(state, input, context, tools),
  };
}

function firstState({ documents, language, details }: SigningOrder): Start | Ended {
  if (details?.provider !== "fourthline") {
    return { step: "ended", failure: { code: "fourthline.no-details" } };
  }
  const { givenName, surname, mobile } = details.signer;
  const order = {
    documents: documents.map(({ id, name }) => ({ id, name })),
    language,
    signer: { givenName, surname },
    reference: details.reference,
    flow: details.flow,
  };
  return { step: "start", order, mobile, round: 0, troubles: 0, nextAt: 0, uploads: 0 };
}

/** SECURITY: the journal keeps orders; the number is in the state for as long as it is needed. */
function withoutNumber(order: SigningOrder): SigningOrder {
  const { details } = order;
  return details?.provider === "fourthline"
    ? { ...order, details: { ...details, signer: { ...details.signer, mobile: null } } }
    : order;
}

async function advance(
  stored: FlowState,
  input: FlowInput,
  context: FlowContext,
  tools: FourthlineTools,
): Promise<FlowStep> {
  const state = readState(stored);
  if (state === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  if (input.kind === "cancel" && isOpen(state)) {
    // Fourthline has no call that takes a workflow back. Without an approval and a passcode nothing is signed, and it runs out.
    tools.toSend.delete(state.workflowId);
    return leave(state);
  }
  switch (state.step) {
    case "start":
      return input.kind === "cancel" ? end({ code: "provider.cancelled" }) : createWorkflow(state, tools, context);
    case "watch":
      return watchWorkflow(state, tools, context);
    case "upload":
      return uploadDocuments(state, input, tools, context);
    case "number":
      return uploadNumber(state, input, tools, context);
    case "selfie":
      return askForSelfie(state, input, tools, context);
    case "consent":
      return askForConsent(state, input, tools, context);
    case "approve":
      return approve(state, tools, context);
    case "code":
      return askForCode(state, input, tools, context);
    case "confirm":
      return confirm(state, tools, context);
    case "fetch":
      return fetchDocuments(state, tools, context);
    case "contract":
      return handOverContract(state, input, tools, context);
    case "paused":
      return pause(state, input, context.now());
    case "again":
      return askWhetherAgain(state, input, context.now());
    case "ended":
      return end(state.failure);
  }
}

type Cancellable = Exclude<FourthlineState, { readonly step: "start" | "contract" | "paused" | "again" | "ended" }>;

/** The others know by themselves what cancelling means. */
function isOpen(state: FourthlineState): state is Cancellable {
  return !["start", "contract", "paused", "again", "ended"].includes(state.step);
}
