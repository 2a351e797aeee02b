import type { OrderRequest } from "./order-request.ts";

export type IdentifyMethod = "Video" | "eID" | "AutoID" | "Shop";

export interface StatusEntry {
  readonly kind: number;
  readonly subKind?: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text?: string;
}

/**
 * Where an order stands.
 * "new": nobody has chosen a method. "identifying": an attempt is going on. "identified": signing is still to come.
 * "signing": a TAN was sent. "closed": nothing follows.
 */
export type OrderStage = "new" | "identifying" | "identified" | "signing" | "closed";

export interface TanState {
  readonly value: string;
  readonly wrong: number;
}

export interface IdnowOrder {
  /** 14 digits. */
  readonly id: string;
  /** 32 hexadecimal digits: the end of TargetURL. */
  readonly token: string;
  readonly createdAt: number;
  readonly request: OrderRequest;
  readonly stage: OrderStage;
  readonly method: IdentifyMethod | null;
  readonly history: readonly StatusEntry[];
  readonly identifiedAt: number | null;
  /** Set when nothing follows any more. */
  readonly closedAt: number | null;
  readonly signTan: TanState | null;
  readonly phoneTan: TanState | null;
  /** The page has been opened. */
  readonly visited: boolean;
  readonly video: "none" | "ready";
  readonly fraud: boolean;
  /** The order whose documents are signed: itself, or the first order of several signers. */
  readonly documentsOf: string;
}

export const eSignProduct = 15;
export const phoneProduct = 17;

export function isESign(order: IdnowOrder): boolean {
  return order.request.product === eSignProduct;
}

/** Whether the order's own success code is in its history. */
export function hasKind(order: IdnowOrder, kind: number): boolean {
  return order.history.some((entry) => entry.kind === kind);
}
