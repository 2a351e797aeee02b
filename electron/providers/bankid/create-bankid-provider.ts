import { randomUUID } from "node:crypto";

import type { FlowContext, FlowInput, FlowState, FlowStep, SigningOrder, SigningProvider } from "../provider.ts";
import { type BankIdProfile, readRoots } from "./bankid-profile.ts";
import { previewTexts } from "./compose-texts.ts";
import { clientOf, type ClientParts } from "./client/client-of.ts";
import { collectOrder } from "./flow/collecting.ts";
import { type BankIdTools, end, toStore } from "./flow/flow-parts.ts";
import { type BankIdState, type Base, readState } from "./flow/flow-state.ts";
import { judgeEvidence } from "./flow/judging.ts";
import { pause } from "./flow/pausing.ts";
import { announceOrder, placeOrder } from "./flow/placing.ts";
import { prepareTexts } from "./flow/preparing.ts";
import { type BankIdSettings, DEFAULT_BANKID_SETTINGS } from "./flow/settings.ts";

export interface BankIdOptions extends ClientParts {
  readonly newId?: () => string;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic?: () => number;
  readonly settings?: Partial<BankIdSettings>;
}

/** As many as fit into the text that the person reads (decision 35). */
const MAXIMUM_DOCUMENTS = 50;

/**
 * Swedish BankID, through PhenixID's local API or BankID's own: the person signs a text that names the documents, and what
 * comes back is evidence and no signature of the PDF.
 */
export function createBankIdProvider(options: BankIdOptions): SigningProvider {
  const { profile } = options;
  const tools: BankIdTools = {
    profile,
    // The profile's schema has read them before.
    roots: readRoots(profile.roots) ?? [],
    client: clientOf(options),
    settings: { ...DEFAULT_BANKID_SETTINGS, ...options.settings },
    newId: options.newId ?? randomUUID,
    monotonic: options.monotonic ?? (() => performance.now()),
    placing: new Set(),
    open: new Map(),
  };
  return {
    descriptor: {
      id: "bankid",
      takes: "text",
      returns: "evidence",
      certificateKnown: "after-signing",
      maximumDocuments: MAXIMUM_DOCUMENTS,
      digestAlgorithms: ["SHA-256"],
      languages: ["SV", "EN"],
    },
    check: ({ documents }) => (documents.length > MAXIMUM_DOCUMENTS ? { code: "provider.too-many-documents" } : null),
    preview: (order, documents) => previewTexts(documents, wishesOf(order, profile)),
    begin: (order) =>
      toStore({
        step: "start",
        documents: order.documents.map(({ id, name }) => ({ id, name })),
        wishes: wishesOf(order, profile),
        confirmedText: order.confirmedText ?? null,
      }),
    advance: (state, input, context) => advance(state, input, context, tools),
  };
}

/** What the person chose; what nobody chose is as the administrator has it. */
function wishesOf({ details }: SigningOrder, profile: BankIdProfile): Base["wishes"] {
  const own = details?.provider === "bankid" ? details : undefined;
  return {
    personalNumber: own?.personalNumber ?? null,
    language: own?.language ?? profile.language,
    format: own?.format ?? profile.format,
    start: own?.start ?? "qr",
  };
}

async function advance(
  stored: FlowState,
  input: FlowInput,
  context: FlowContext,
  tools: BankIdTools,
): Promise<FlowStep> {
  const state = readState(stored);
  if (state === null) {
    return end({ code: "app.internal", params: { reason: "flow-state" } });
  }
  if (input.kind === "cancel" && isNothingSigned(state)) {
    return end({ code: "provider.cancelled" });
  }
  switch (state.step) {
    case "start":
      return prepareTexts(state, input, tools, context);
    case "place":
      return announceOrder(state, tools);
    case "placing":
      return placeOrder(state, tools, context);
    case "collect":
      return collectOrder(state, input, tools, context);
    case "judge":
      return judgeEvidence(state, tools, context);
    case "paused":
      return pause(state, input, tools, context.now());
    case "delivered":
      return end(null);
    case "ended":
      return end(state.failure);
  }
}

/** No order is open, and none is signed. */
const isNothingSigned = ({ step }: BankIdState): boolean => step === "start" || step === "place" || step === "placing";
