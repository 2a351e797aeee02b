import { createHash } from "node:crypto";
import type { BankIdOrder, OrderRequest } from "../../../../sandbox/bankid/order.ts";

export const signRequest: OrderRequest = {
  api: "rp",
  function: "Signing",
  visible: "SSBzaWduLg==",
  format: null,
  hidden: null,
  requirement: {},
  endUserIp: "192.0.2.1",
  returnRisk: false,
};

/** An order of the time 0. Its token and secret are those of BankID's published sample. */
export const madeOrder = (change: Partial<BankIdOrder> = {}): BankIdOrder => ({
  id: "6a7c6a3b-1111-4222-8333-444455556666",
  request: signRequest,
  autoStartToken: "c5698d12-0cf4-4456-ae7b-d795f9967798",
  qrStartToken: "67df3917-fa0d-44e5-b327-edcc928297f8",
  qrStartSecret: "d28db9a7-4cde-429e-a983-359be676944c",
  createdAt: 0,
  taken: null,
  person: null,
  documentRead: false,
  state: { kind: "pending", forced: null },
  ...change,
});

/** Random bytes that are the same in every run. */
export function countedBytes(): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    count += 1;
    return createHash("sha512").update(String(count)).digest().subarray(0, length);
  };
}
