import { practiceAccount } from "../../../../sandbox/idnow/account-options.ts";
import { checkOrder } from "../../../../sandbox/idnow/check-order.ts";
import { firstEntries } from "../../../../sandbox/idnow/order-events.ts";
import type { IdnowOrder } from "../../../../sandbox/idnow/order.ts";

/** The least that putOrder takes. */
export const smallestBody = {
  Product: 12,
  Add: 0,
  Email: "e.mustermann@example.com",
  Address: { Firstname: "Erika", Surname: "Mustermann", Country: "DE" },
};

/** An eSign order without a document: one hash of 32 bytes. */
export const hashBody = {
  ...smallestBody,
  Product: 15,
  eSignHash: { Hash: Buffer.alloc(32, 7).toString("base64"), Filename: "contract.pdf" },
};

export function madeOrder(body: Readonly<Record<string, unknown>>, createdAt = 0): IdnowOrder {
  const checked = checkOrder(body, practiceAccount);
  if (!checked.ok) throw new Error(checked.fault);
  return {
    id: "99920000000001",
    token: "0123456789ABCDEF0123456789ABCDEF",
    createdAt,
    request: checked.value,
    ...firstEntries(checked.value, false, createdAt),
    method: null,
    identifiedAt: null,
    closedAt: null,
    signTan: null,
    phoneTan: null,
    visited: false,
    video: "none",
    fraud: false,
    documentsOf: "99920000000001",
  };
}
