import { createHmac } from "node:crypto";

import { encode } from "uqr";

import type { QrPicture } from "../../../shared/interaction.ts";

/** SECURITY: whoever has the secret can show this order's code from anywhere. It stays in the main process. */
export interface QrStart {
  readonly token: string;
  readonly secret: string;
}

/**
 * What BankID's animated code says in a second of the order's life (sheet section 2.1).
 *
 * @param second whole seconds since the order's answer arrived, from 0; never reset
 */
export function qrData({ token, secret }: QrStart, second: number): string {
  const time = String(second);
  // The secret is a UUID as text; its characters are the key, not the bytes that it stands for.
  const code = createHmac("sha256", Buffer.from(secret, "latin1")).update(time, "latin1").digest("hex");
  return `bankid.${token}.${time}.${code}`;
}

/** Whole seconds between two readings of one clock, in milliseconds; not below 0, whatever the clock did. */
export const secondsSince = (start: number, now: number): number => Math.max(0, Math.floor((now - start) / 1000));

/** The picture for a second. Error correction L, as BankID's own pages draw it: the code is dense and shown on a screen. */
export function qrPicture(start: QrStart, second: number): QrPicture {
  const { data } = encode(qrData(start, second), { ecc: "L", border: 0 });
  return { rows: data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) };
}
