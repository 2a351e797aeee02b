import { randomUUID } from "node:crypto";
import type { HttpClient } from "../../net/http-client.ts";
import type { FlowContext, FlowInput, FlowState, FlowStep, SigningProvider, SigningOrder } from "../provider.ts";
import { BUNDLED_DISCOVERY } from "./bundled-discovery.ts";
import { cachedDiscovery } from "./discovery.ts";
import type { ItsmeDiscovery } from "./discovery.ts";
import { readState } from "./flow-state.ts";
import type { IdentifyStart } from "./flow-state.ts";
import { end, toStore } from "./flow-parts.ts";
import type { ItsmeTools } from "./flow-parts.ts";
import { pollIdentification, startIdentification, takeDigests } from "./identification.ts";
import { itsmeApi } from "./itsme-api.ts";
import { checkOrder } from "./order-check.ts";
import { pause } from "./pausing.ts";
import type { ItsmeProfile } from "./itsme-profile.ts";
import { DEFAULT_ITSME_SETTINGS } from "./settings.ts";
import type { ItsmeSettings } from "./settings.ts";
import { afterDelivery, askBeforeNext, pollSigning, startSigning } from "./signing.ts";

export interface ItsmeOptions {
  readonly profile: ItsmeProfile;
  readonly http: HttpClient;
  readonly random?: () => number;
  readonly newId?: () => string;
  readonly settings?: Partial<ItsmeSettings>;
}

export interface ItsmeProvider extends SigningProvider {
  /** Policies and commitment types to choose from: asked once a start, the bundled list when itsme cannot be asked. */
  discover(signal?: AbortSignal): Promise<ItsmeDiscovery>;
}

/** itsme Sign, hash signing (OASIS DSS style): the person identifies once, then approves up to 70 hashes at a time. */
export function createItsmeProvider(options: ItsmeOptions): ItsmeProvider {
  const settings = { ...DEFAULT_ITSME_SETTINGS, ...options.settings };
  const api = itsmeApi(options.profile, options.http);
  const discovery = cachedDiscovery((signal) => api.discover(signal), BUNDLED_DISCOVERY);
  const tools: ItsmeTools = {
    profile: options.profile,
    settings,
    api,
    discovery: discovery.known,
    random: options.random ?? Math.random,
    newId: options.newId ?? randomUUID,
  };
  return {
    descriptor: {
      id: "itsme",
      takes: "hash",
      returns: "raw-signature",
      certificateKnown: "before-hashing",
      maximumDocuments: settings.maximumHashes,
      digestAlgorithms: ["SHA-256"],
      languages: ["EN", "FR", "NL", "DE"],
    },
    discover: discovery.load,
    check: (order) => checkOrder(order, discovery.known()),
    begin: (order) => toStore(firstState(order, settings)),
    advance: (state, input, context) => advance(state, input, context, tools),
  };
}

function firstState(order: SigningOrder, settings: ItsmeSettings): IdentifyStart {
  return {
    step: "identify-start",
    order: { ...order, documents: order.documents.map(({ id, name }) => ({ id, name })) },
    done: [],
    batch: settings.maximumHashes,
    sessions: 0,
    useKnownPerson: order.knownPerson !== null,
  };
}

async function advance(
  stored: FlowState,
  input: FlowInput,
  context: FlowContext,
  tools: ItsmeTools,
): Promise<FlowStep> {
  const state = readState(stored);
  if (state === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  if (state.step === "ended") {
    return end(state.failure);
  }
  if (state.step === "delivered") {
    return afterDelivery(state, input);
  }
  if (input.kind === "cancel") {
    // itsme has no call for it: a session that nobody asks about any more ends by itself.
    return end({ code: "provider.cancelled" });
  }
  switch (state.step) {
    case "identify-start":
      return startIdentification(state, tools, context);
    case "identify-poll":
      return pollIdentification(state, input, tools, context);
    case "need-digests":
      return takeDigests(state, input, tools);
    case "confirm":
      return askBeforeNext(state, input, tools, context.now());
    case "sign-start":
      return startSigning(state, tools, context);
    case "sign-poll":
      return pollSigning(state, input, tools, context);
    case "paused":
      return pause(state, input, tools.settings, context.now());
  }
}
