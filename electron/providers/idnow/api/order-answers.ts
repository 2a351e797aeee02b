import type { HttpAnswer } from "../../../net/http-client.ts";
import { asObject, field, listField, objectField, readObject, textField } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";
import type { StatusEntry } from "../status/judge-history.ts";

export interface PlacedOrder {
  readonly orderId: string;
  readonly targetUrl: string | null;
  readonly deepLinkUrl: string | null;
  readonly autoIdUrl: string | null;
  /** Null: no earlier identification was sent. */
  readonly signedDataAccepted: boolean | null;
  readonly videoHashes: { readonly shortCode: string | null; readonly longCode: string | null } | null;
}

/** What is documented as 20 characters; opaque. */
const ORDER_ID = /^[A-Za-z0-9_.-]{1,40}$/u;

export const isOrderId = (text: unknown): text is string => typeof text === "string" && ORDER_ID.test(text);

/** Null: there is no order id in it. */
export function readPlacedOrder(answer: HttpAnswer): PlacedOrder | null {
  const body = readObject(answer.body);
  const orderId = textOrNumber(field(body, "OrderID"));
  if (!isOrderId(orderId)) {
    return null;
  }
  const hashes = objectField(body, "VideoHashes");
  return {
    orderId,
    targetUrl: textField(body, "TargetURL"),
    deepLinkUrl: textField(body, "DeepLinkURL"),
    // Printed with a small "l" for the capital "I".
    autoIdUrl: textField(body, "AutoIdURL") ?? textField(body, "AutoldURL"),
    signedDataAccepted: flag(body, "SignedDataAccepted"),
    videoHashes:
      hashes === null ? null : { shortCode: textField(hashes, "ShortCode"), longCode: textField(hashes, "LongCode") },
  };
}

export interface OrderHistory {
  readonly orderId: string | null;
  readonly ref: string | null;
  readonly entries: readonly (StatusEntry & { readonly text: string | null })[];
}

/** Entries without a code are left out; null: there is no list. */
export function readHistory(answer: HttpAnswer): OrderHistory | null {
  const body = readObject(answer.body);
  if (!Array.isArray(field(body, "Status"))) {
    return null;
  }
  const entries = listField(body, "Status").flatMap((value) => {
    const entry = asObject(value);
    const kind = wholeNumber(field(entry, "Kind"));
    if (kind === null) {
      return [];
    }
    const time = Date.parse(textField(entry, "Time") ?? "");
    return [
      {
        kind,
        subKind: wholeNumber(field(entry, "SubKind")),
        time: Number.isNaN(time) ? null : time,
        text: textField(entry, "Text"),
      },
    ];
  });
  return { orderId: textOrNumber(field(body, "OrderID")), ref: textField(body, "Ref"), entries };
}

/**
 * A plain list; an object with one list in it; and what the manual prints, which is no JSON: `{ [ "…", "…" ] }`.
 * Null: none of these.
 */
export function readOrderIds(answer: HttpAnswer): readonly string[] | null {
  const text = new TextDecoder("utf-8").decode(answer.body).trim();
  const parsed = parseJson(text) ?? parseJson(/^\{\s*(\[[\s\S]*\])\s*\}$/u.exec(text)?.[1] ?? "");
  const lists = Array.isArray(parsed) ? [parsed] : Object.values(asObject(parsed) ?? {}).filter(Array.isArray);
  const [list] = lists as readonly (readonly unknown[])[];
  if (list === undefined || lists.length !== 1) {
    return null;
  }
  const ids = list.map(textOrNumber);
  return ids.every(isOrderId) ? ids : null;
}

export interface SystemStatus {
  /** False only where the service says so; what it does not mention counts as working. */
  readonly alive: boolean;
  readonly video: boolean;
  readonly mail: boolean;
  readonly sms: boolean;
  /** Null: not part of this account. */
  readonly autoIdent: boolean | null;
  readonly assureId: boolean | null;
  readonly readId: boolean | null;
  readonly iProov: boolean | null;
  readonly qes: boolean;
  /** Advanced signatures ("fes" there). */
  readonly aes: boolean;
}

export function readSystemStatus(answer: HttpAnswer): SystemStatus | null {
  const body = readObject(answer.body);
  if (body === null) {
    return null;
  }
  const eSign = objectField(body, "eSign");
  const works = (object: JsonRecord | null, ...names: readonly string[]): boolean =>
    names.every((name) => flag(object, name) !== false);
  return {
    alive: works(body, "serverAlive", "apiAvailable"),
    video: works(body, "videoAvailable"),
    mail: works(body, "mailingAvailable"),
    sms: works(body, "smsTanAvailable"),
    autoIdent: flag(body, "autoIdentAvailable") ?? flag(body, "autoldentAvailable"),
    assureId: flag(body, "assureIdAvailable"),
    readId: flag(body, "readIdAvailable"),
    iProov: flag(body, "iProovAvailable"),
    qes: works(eSign, "serverAlive", "qesAvailable"),
    aes: works(eSign, "fesServerAlive", "fesAvailable"),
  };
}

export interface SignMeUser {
  readonly exists: boolean;
  readonly ableToSign: boolean;
}

export function readSignMeUser(answer: HttpAnswer): SignMeUser | null {
  const body = readObject(answer.body);
  const exists = flag(body, "UserExists");
  const ableToSign = flag(body, "UserIsAbleToSign");
  return exists === null || ableToSign === null ? null : { exists, ableToSign };
}

/** A flag, or null when it is absent or something else. */
export function flag(object: JsonRecord | null, name: string): boolean | null {
  const value = field(object, name);
  return typeof value === "boolean" ? value : null;
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === "string" && /^\d+$/u.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

function textOrNumber(value: unknown): string | null {
  const isNumber = typeof value === "number" && Number.isSafeInteger(value);
  return isNumber ? String(value) : typeof value === "string" && value !== "" ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
