import { asObject } from "../web/json-body.ts";
import { jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { bodyOf } from "./api-call.ts";
import { checkOrder, textOf } from "./check-order.ts";
import type { Checked } from "./checked.ts";
import { placeFault } from "./document-place.ts";
import { defaultPlace } from "./fixed-place.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { firstEntries } from "./order-events.ts";
import type { OrderRequest } from "./order-request.ts";
import type { IdnowOrder } from "./order.ts";
import { randomDigits } from "../random-digits.ts";

/** `PUT putOrder`. A fault is told as `Error` with 400. */
export async function putOrder(room: IdnowRoom, request: WebRequest): Promise<WebAnswer> {
  const body = bodyOf(request);
  if (typeof body === "string") return refused(body);
  const checked = checkOrder(body, room.account);
  if (!checked.ok) return refused(checked.fault);
  const contract = await contractOf(room, checked.value);
  if (!contract.ok) return refused(contract.fault);
  const accepted = acceptedIdentity(room, checked.value);
  const order = newOrder(room, accepted.request, contract.value, accepted.accepted === true);
  if (order.documentsOf === order.id) room.contracts.open(order.id, order.request.documents);
  room.orders.add(order);
  return jsonAnswer(202, answerOf(room, order, accepted.accepted));
}

/** Whose documents are signed; null: the order's own. */
async function contractOf(room: IdnowRoom, request: OrderRequest): Promise<Checked<string | null>> {
  const first = request.firstOrderId;
  if (first === null) return { ok: true, value: null };
  const documents = room.orders.byId(first)?.documentsOf === first ? room.contracts.documents(first) : null;
  if (documents === null || documents.length === 0) return no("MultiSignOptions.FirstOrderID is not an eSign order");
  const stray = [...request.signParameters.keys()].find((name) => !documents.some(({ filename }) => filename === name));
  if (stray !== undefined) return no(`MultiSignOptions.SignParameters: the first order has no file ${stray}`);
  const current = await room.contracts.current(first);
  for (const [index, { filename }] of documents.entries()) {
    const place = request.signParameters.get(filename) ?? defaultPlace;
    const fault = placeFault(current[index] ?? new Uint8Array(), place);
    if (fault !== null) return no(`MultiSignOptions.SignParameters ${filename}: ${fault}`);
  }
  return { ok: true, value: first };
}

interface Accepted {
  readonly request: OrderRequest;
  /** Null: nothing was given to accept. */
  readonly accepted: boolean | null;
}

/** Data of an earlier identification; Namirial accounts only. */
function acceptedIdentity(room: IdnowRoom, request: OrderRequest): Accepted {
  if (request.identDataSigned === null) return { request, accepted: null };
  const data =
    room.account.trustService === "namirial" ? room.identities.open(request.identDataSigned, room.clock.now()) : null;
  if (data === null) return { request, accepted: false };
  const person = {
    firstname: textOf(data["Firstname"]) ?? request.person.firstname,
    surname: textOf(data["Surname"]) ?? request.person.surname,
    country: textOf(data["Country"]) ?? request.person.country,
  };
  return { request: { ...request, person, identData: asObject(data) ?? request.identData }, accepted: true };
}

function newOrder(
  room: IdnowRoom,
  request: OrderRequest,
  contract: string | null,
  signedDataAccepted: boolean,
): IdnowOrder {
  const now = room.clock.now();
  const id = `9992${randomDigits(room.random, 10)}`;
  const begun = firstEntries(request, signedDataAccepted, now);
  return {
    id,
    token: Buffer.from(room.random(16)).toString("hex").toUpperCase(),
    createdAt: now,
    request,
    ...begun,
    method: null,
    identifiedAt: signedDataAccepted ? now : null,
    closedAt: null,
    signTan: null,
    phoneTan: null,
    visited: false,
    video: "none",
    fraud: false,
    documentsOf: contract ?? id,
  };
}

function answerOf(room: IdnowRoom, order: IdnowOrder, accepted: boolean | null): Readonly<Record<string, unknown>> {
  const { wants, ref, product } = order.request;
  const page = (name: string): string => `${room.pagesUrl()}/${name}/${order.token}`;
  return {
    OrderID: order.id,
    Ref: ref,
    ...(wants.targetLink ? { TargetURL: page("status") } : {}),
    ...(wants.deepLink ? { DeepLinkURL: page("ident") } : {}),
    ...(wants.autoIdLink && room.account.autoId ? { AutoIdURL: page("autoid") } : {}),
    ...(accepted === null ? {} : { SignedDataAccepted: accepted }),
    ...(wants.videoHashes && (product === 12 || product === 15)
      ? { VideoHashes: { ShortCode: order.token.slice(0, 5), LongCode: order.token.slice(5, 25) } }
      : {}),
  };
}

function refused(fault: string): WebAnswer {
  return jsonAnswer(400, { Error: fault });
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
