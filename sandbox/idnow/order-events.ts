import { ADD, hasAdd } from "./order-request.ts";
import type { OrderRequest } from "./order-request.ts";
import { eSignProduct, isESign } from "./order.ts";
import type { IdentifyMethod, IdnowOrder, StatusEntry } from "./order.ts";
import { isFinal, KIND, SUB } from "./status-codes.ts";

/** What happens to an order. Those that do not fit its stage change nothing and give null. */
export type OrderEvent =
  | { readonly do: "visit" }
  /** The person switched to this method on the landing page. */
  | { readonly do: "choose"; readonly method: IdentifyMethod }
  | { readonly do: "start"; readonly method: IdentifyMethod }
  | { readonly do: "identify" }
  | { readonly do: "break-off"; readonly kind?: 21 | 53 | 109 | 153; readonly subKind?: number }
  | { readonly do: "negative"; readonly subKind?: number }
  | { readonly do: "suspect-fraud" }
  | { readonly do: "send-tan"; readonly tan: string; readonly subKind: number }
  | { readonly do: "tan-not-sent" }
  | { readonly do: "preview" }
  | { readonly do: "wrong-tan" }
  | { readonly do: "sign" }
  /** Any code; a final one closes the order. */
  | { readonly do: "report"; readonly kind: number; readonly subKind?: number; readonly text?: string };

/** The order after the event at this time, or null when its stage does not allow it. */
export function after(order: IdnowOrder, event: OrderEvent, now: number): IdnowOrder | null {
  const { stage } = order;
  const add = (...codes: readonly (number | Omit<StatusEntry, "time">)[]): IdnowOrder => ({
    ...order,
    history: [...order.history, ...codes.map((code) => entryOf(code, now))],
  });
  switch (event.do) {
    case "visit":
      return { ...order, visited: true };
    case "report":
      return closedWhenFinal(
        { ...add(withoutDo(event)), identifiedAt: event.kind === KIND.identified ? now : order.identifiedAt },
        now,
      );
    case "choose":
      return stage === "new" || stage === "identifying"
        ? { ...add(switchTo[event.method]), method: event.method }
        : null;
    case "start":
      if (stage !== "new" && stage !== "identifying") return null;
      return { ...add(...startOf[event.method]), stage: "identifying", method: event.method };
    case "break-off": {
      if (stage !== "identifying") return null;
      const code = entryCode(event.kind ?? KIND.brokenOff, event.subKind);
      return { ...add(...leaving(order), code), stage: "new" };
    }
    case "negative":
      if (stage !== "identifying" && stage !== "new") return null;
      return closed(add(...leaving(order), entryCode(KIND.negative, event.subKind)), now);
    case "suspect-fraud":
      return stage === "identifying" ? { ...add(KIND.suspectedFraud), fraud: true } : null;
    case "identify":
      return stage === "identifying" ? identified(order, add, now) : null;
    case "send-tan": {
      if (stage !== "identified" && stage !== "signing") return null;
      const made = stage === "identified" && !order.history.some(({ kind }) => kind === KIND.hashesMade);
      const sms = { kind: KIND.smsSent, subKind: event.subKind, text: "TAN" };
      const signTan = { value: event.tan, wrong: order.signTan?.wrong ?? 0 };
      return { ...add(...(made ? [KIND.hashesMade] : []), sms), stage: "signing", signTan };
    }
    case "tan-not-sent": {
      if (stage !== "identified" && stage !== "signing") return null;
      const made = order.history.some(({ kind }) => kind === KIND.hashesMade) ? [] : [KIND.hashesMade];
      const failure = entryCode(KIND.repairableFailure, SUB.tanNotSent);
      return { ...add(...made, failure), stage: "signing", signTan: { value: "", wrong: order.signTan?.wrong ?? 0 } };
    }
    case "preview":
      return stage === "signing" ? add(KIND.previewOpened) : null;
    case "wrong-tan":
      return order.signTan === null || stage !== "signing"
        ? null
        : { ...order, signTan: { ...order.signTan, wrong: order.signTan.wrong + 1 } };
    case "sign":
      return stage === "signing" ? closed(add(KIND.signed), now) : null;
  }
}

/** A new order's first entries. With an account or accepted data the identification is left out. */
export function firstEntries(request: OrderRequest, signedDataAccepted: boolean, now: number): Begun {
  const created = entryOf(KIND.created, now);
  if (request.product === eSignProduct && hasAdd(request, ADD.existingAccount)) {
    return { stage: "identified", history: [created, entryOf(KIND.accountThere, now)] };
  }
  if (signedDataAccepted) {
    const checked = entryOf(entryCode(KIND.documentChecked, SUB.signedDataChecked), now);
    const passed = entryOf(entryCode(KIND.identified, SUB.signedDataUsed), now);
    return { stage: "identified", history: [created, checked, passed] };
  }
  return { stage: "new", history: [created] };
}

interface Begun {
  readonly stage: "new" | "identified";
  readonly history: readonly StatusEntry[];
}

const switchTo: Readonly<Record<IdentifyMethod, number>> = {
  Video: KIND.toVideo,
  eID: KIND.toEid,
  AutoID: KIND.toAutoId,
  Shop: KIND.toShop,
};

const startOf: Readonly<Record<IdentifyMethod, readonly number[]>> = {
  Video: [KIND.waitingRoom, KIND.callStarted],
  eID: [KIND.eidLink, KIND.eidAsked],
  AutoID: [],
  Shop: [],
};

/** What stands before an attempt's bad end: of a call, that the person left it. */
function leaving(order: IdnowOrder): readonly number[] {
  return order.stage === "identifying" && order.method === "Video" && !order.fraud ? [KIND.callLeft] : [];
}

function identified(order: IdnowOrder, add: (...codes: readonly number[]) => IdnowOrder, now: number): IdnowOrder {
  const seen = order.method === "Video" ? [KIND.videoDone] : order.method === "eID" ? [KIND.eidRead] : [];
  if (!isESign(order)) {
    const checked = order.method === "Video" ? [KIND.verificationQueued, KIND.verifying, KIND.verificationPassed] : [];
    return { ...closed(add(...seen, ...checked, KIND.identified, KIND.dataReady), now), identifiedAt: now };
  }
  const passed = { ...add(...seen, KIND.identified), stage: "identified", identifiedAt: now } as const;
  const nothingToSign =
    order.request.documents.length + order.request.hashes.length === 0 && order.request.firstOrderId === null;
  if (!nothingToSign) return passed;
  // An order that only makes an account, as in the documents' example.
  const last = [KIND.documentChecked, KIND.accountVerified].map((kind) => entryOf(kind, now));
  return closed({ ...passed, history: [...passed.history, ...last] }, now);
}

function closed(order: IdnowOrder, now: number): IdnowOrder {
  return { ...order, stage: "closed", closedAt: now };
}

function closedWhenFinal(order: IdnowOrder, now: number): IdnowOrder {
  const last = order.history.at(-1)?.kind ?? 0;
  // After 29 nothing follows, though it is not flagged final.
  const ends = isFinal(last, isESign(order)) || last === KIND.externalFailure;
  return ends && order.stage !== "closed" ? closed(order, now) : order;
}

function entryCode(kind: number, subKind: number | undefined): Omit<StatusEntry, "time"> {
  return subKind === undefined ? { kind } : { kind, subKind };
}

function entryOf(code: number | Omit<StatusEntry, "time">, time: number): StatusEntry {
  return typeof code === "number" ? { kind: code, time } : { ...code, time };
}

function withoutDo({ kind, subKind, text }: Extract<OrderEvent, { do: "report" }>): Omit<StatusEntry, "time"> {
  return { ...entryCode(kind, subKind), ...(text === undefined ? {} : { text }) };
}
