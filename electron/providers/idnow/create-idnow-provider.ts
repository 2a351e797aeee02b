import { randomUUID } from "node:crypto";
import type { HttpClient } from "../../net/http-client.ts";
import type { FlowContext, FlowInput, FlowState, FlowStep, SigningOrder, SigningProvider } from "../provider.ts";
import { idnowApi } from "./api/idnow-api.ts";
import { cancelOrder } from "./flow/cancelling.ts";
import { askForCode, requestCode } from "./flow/coding.ts";
import { fetchResult } from "./flow/fetching.ts";
import { finishOrder } from "./flow/finishing.ts";
import { end, toStore } from "./flow/flow-parts.ts";
import type { IdnowTools } from "./flow/flow-parts.ts";
import { readState } from "./flow/flow-state.ts";
import type { Ended, IdnowState, Start } from "./flow/flow-state.ts";
import { checkOrder } from "./flow/order-check.ts";
import { placeOrder } from "./flow/ordering.ts";
import { pause } from "./flow/pausing.ts";
import { askFirst, checkService, prepareOrder } from "./flow/preparing.ts";
import { DEFAULT_IDNOW_SETTINGS } from "./flow/settings.ts";
import type { IdnowSettings } from "./flow/settings.ts";
import { watchOrder } from "./flow/watching.ts";
import type { IdnowProfile, IdnowSecrets } from "./idnow-profile.ts";

export interface IdnowOptions {
  readonly profile: IdnowProfile;
  readonly http: HttpClient;
  readonly secrets: IdnowSecrets;
  readonly random?: () => number;
  readonly newId?: () => string;
  readonly settings?: Partial<IdnowSettings>;
}

/** More documents in one order than anybody reads before signing; IDnow documents no number. */
const MAXIMUM_DOCUMENTS = 20;

/**
 * IDnow eSign: each signer is identified (or known already) and signs with a code from an SMS. Whole documents go there and
 * come back signed, or digests go and signatures come, as the account is set up.
 */
export function createIdnowProvider(options: IdnowOptions): SigningProvider {
  const { profile, http, secrets } = options;
  const tools: IdnowTools = {
    profile,
    settings: { ...DEFAULT_IDNOW_SETTINGS, ...options.settings },
    api: idnowApi({ profile, http, secrets }),
    random: options.random ?? Math.random,
    newId: options.newId ?? randomUUID,
    shown: new Map(),
    kept: new Set(),
  };
  const common = {
    id: "idnow",
    maximumDocuments: MAXIMUM_DOCUMENTS,
    digestAlgorithms: ["SHA-256"],
    languages: ["EN", "FR", "NL", "DE"],
  } as const;
  return {
    descriptor:
      profile.sends === "document"
        ? {
            ...common,
            takes: "document",
            returns: "signed-document",
            certificateKnown: "after-signing",
            drawsMark: true,
            maximumBytes: profile.maximumBytes,
          }
        : {
            ...common,
            takes: "hash",
            returns: profile.hashAnswer.kind === "cms" ? "cms" : "raw-signature",
            certificateKnown: profile.hashAnswer.kind === "cms" ? "after-signing" : "before-hashing",
          },
    check: (order) => checkOrder(order, profile),
    begin: (order) => toStore(firstState(order)),
    advance: (state, input, context) => advance(state, input, context, tools),
  };
}

function firstState({ documents, language, description, details }: SigningOrder): Start | Ended {
  if (details?.provider !== "idnow") {
    return { step: "ended", failure: { code: "idnow.no-details" } };
  }
  const order = {
    documents: documents.map(({ id, name, size }) => ({ id, name, ...(size === undefined ? {} : { size }) })),
    language,
    description,
    details,
  };
  return { step: "start", order, files: [], signer: 0, orders: [] };
}

async function advance(
  stored: FlowState,
  input: FlowInput,
  context: FlowContext,
  tools: IdnowTools,
): Promise<FlowStep> {
  const state = readState(stored);
  if (state === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  if (input.kind === "cancel" && isNothingSent(state)) {
    return end({ code: "provider.cancelled" });
  }
  switch (state.step) {
    case "start":
      return checkService(state, tools, context);
    case "ask":
      return askFirst(state, input, context.now());
    case "prepare":
      return prepareOrder(state, tools, context);
    case "ordering":
      return placeOrder(state, input, tools, context);
    case "watch":
      return watchOrder(state, input, tools, context);
    case "request-code":
      return requestCode(state, input, tools, context);
    case "code":
      return askForCode(state, input, tools, context);
    case "paused":
      return pause(state, input, context.now());
    case "fetch":
      return fetchResult(state, input, tools, context);
    case "finish":
      return finishOrder(state, input, tools, context);
    case "cancel":
      return cancelOrder(state, tools, context);
    case "ended":
      return end(state.failure);
  }
}

/** Orders of signers before are final: there is nothing to take back. */
function isNothingSent({ step }: IdnowState): boolean {
  return step === "start" || step === "ask" || step === "prepare";
}
