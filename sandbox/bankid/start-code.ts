import { createHmac, timingSafeEqual } from "node:crypto";
import type { BankIdOrder } from "./order.ts";

/** Why the app does not take what was read or opened. */
export type StartRefusal =
  /** Another code or link than BankID's. */
  | "no-code"
  /** Nobody knows the order (any more). */
  | "unknown"
  /** Not made with the order's secret. */
  | "wrong-code"
  /** A picture of an old code: codes change every second, so that nobody can send them on. */
  | "old-code"
  /** Of a second that is still to come. */
  | "early-code"
  /** An app has it already. */
  | "taken"
  /** It is over. */
  | "over";

/** "bankid.TOKEN.SECONDS.CODE". */
const form = /^bankid\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(0|[1-9]\d{0,8})\.([0-9a-f]{64})$/;

export interface StartCode {
  readonly token: string;
  /** Seconds of the order's life. */
  readonly second: number;
  readonly code: string;
}

/** Reads the text of a QR code; null when it is none of BankID's. */
export function readStartCode(text: string): StartCode | null {
  const [, token, second, code] = form.exec(text.trim()) ?? [];
  return token === undefined || second === undefined || code === undefined
    ? null
    : { token, second: Number(second), code };
}

/** What the code says in a second: HMAC-SHA256 of its number, keyed with the secret's own characters. */
export function startCodeText({ qrStartSecret, qrStartToken }: BankIdOrder, second: number): string {
  const code = createHmac("sha256", Buffer.from(qrStartSecret, "ascii")).update(String(second), "ascii").digest("hex");
  return `bankid.${qrStartToken}.${second}.${code}`;
}

/** The second of its life that an order is in. */
export function secondOf({ createdAt }: BankIdOrder, now: number): number {
  return Math.max(0, Math.floor((now - createdAt) / 1000));
}

/** Whether a code may start its order now; null: it may. */
export function startCodeRefusal(
  order: BankIdOrder,
  read: StartCode,
  now: number,
  seconds: number,
): "wrong-code" | "old-code" | "early-code" | null {
  const right = startCodeText(order, read.second).split(".").at(-1) ?? "";
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(read.code))) return "wrong-code";
  const age = secondOf(order, now) - read.second;
  if (age > seconds) return "old-code";
  return age < -seconds ? "early-code" : null;
}

/** The token of a link for this computer: BankID's own, the one for phones, or that of the practice phone. */
export function tokenOfLink(link: string): string | null {
  const parsed = URL.parse(link.trim());
  const token = parsed?.searchParams.get("autostarttoken") ?? "";
  return /^[0-9a-f-]{36}$/.test(token) ? token : null;
}
