import { sha256 } from "../../electron/pki/algorithms.ts";
import { emptyAnswer, jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import { accountByUserCode } from "./account-certificates.ts";
import { checkRequestor } from "./contract.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import { asObject, readJsonBody } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { SessionOutcome, SigningSession } from "./session-store.ts";
import { checkSignOrder } from "./sign-request.ts";
import type { SignFault } from "./sign-request.ts";
import { withTransportFault } from "./transport-fault.ts";

/** `result.maj` (OASIS DSS 1.0 core and its asynchronous processing profile). */
const major = {
  pending: "urn:oasis:names:tc:dss:1.0:profiles:asynchronousprocessing:resultmajor:Pending",
  success: "urn:oasis:names:tc:dss:1.0:resultmajor:Success",
  requesterError: "urn:oasis:names:tc:dss:1.0:resultmajor:RequesterError",
  responderError: "urn:oasis:names:tc:dss:1.0:resultmajor:ResponderError",
} as const;

/** Which of the two uses of `POST /sign_document` a body is. Only the start has no `asyncRespID`. */
export function isSignStart(body: Uint8Array): boolean {
  const request = readJsonBody(body);
  return typeof request === "string" || sessionId(request) === null;
}

/** Starts a signing session and says which page to open. */
export async function startSigning(room: ItsmeRoom, body: Uint8Array): Promise<WebAnswer> {
  const request = readJsonBody(body);
  if (request === "empty") return refusal(null, { code: "NO_REQUEST", message: "the body is empty" });
  if (request === "malformed") return refusal(null, { code: "ERROR", message: "the body is not a JSON object" });
  const checked = checkSignOrder(room.contract, request);
  if (!checked.ok) return refusal(request, checked.fault);
  const order = checked.value;
  const account = accountByUserCode(room.certificates, order.userCode);
  if (account === null) return refusal(request, { code: "UNKNOWN", message: "nobody has this userCode" });
  if (account.signing.kind === "by-itself" && account.signing.outcome === "block") {
    return refusal(request, { code: "SIGNATURE_NOT_ALLOWED", message: "the account is blocked" });
  }
  if (!account.answers.batch && order.documents.length > 1) {
    return refusal(request, { code: "ONLY_SINGLE_HASH_SUPPORTED", message: "no batch in the contract" });
  }
  const session = room.sessions.addSigning({
    partnerCode: room.contract.partnerCode,
    serviceCode: room.contract.serviceCode,
    redirectUrl: order.redirectUrl,
    language: order.language,
    account,
    requestId: order.requestId,
    documents: order.documents,
    description: order.description,
    signerRole: order.signerRole,
    policy: order.policy,
    commitmentType: order.commitmentType,
    state: { step: "page" },
  });
  const page = new URL("/qes/prove_its_you_poka", room.pagesUrl());
  page.searchParams.set("q", session.pageToken);
  if (order.language !== null) page.searchParams.set("language", order.language);
  return jsonAnswer(200, {
    result: { maj: major.pending },
    reqID: order.requestId,
    respID: session.id,
    optOutp: { itsme: { signingUrl: page.href, userCode: order.userCode } },
  });
}

/** Answers how a signing session stands; with the values when the person approved. Asking again changes nothing. */
export async function signingStatus(room: ItsmeRoom, body: Uint8Array): Promise<WebAnswer> {
  const request = readJsonBody(body);
  if (typeof request === "string") return emptyAnswer(409);
  const itsme = asObject(asObject(request["optInp"])?.["itsme"]) ?? {};
  const partnerFault = checkRequestor(room.contract, itsme["partnerCode"], itsme["serviceCode"]);
  if (partnerFault !== null) return refusal(request, { code: partnerFault, message: "partner or service" });
  if ((request["inDocs"] ?? null) !== null) {
    return refusal(request, { code: "ERROR", message: "inDocs and asyncRespID exclude each other" });
  }
  const session = room.sessions.byId(sessionId(request) ?? "");
  // Documented: an identification's id here is the usual reason for a 409 without a body.
  if (session === null || session.kind !== "signing") return emptyAnswer(409);
  return withTransportFault(room, session, () => statusOf(room, session));
}

function sessionId(request: JsonObject): string | null {
  const id = request["asyncRespID"] ?? request["asyncRespId"];
  return typeof id === "string" && id !== "" ? id : null;
}

async function statusOf(room: ItsmeRoom, session: SigningSession): Promise<WebAnswer> {
  const ids = { reqID: session.requestId, respID: session.id };
  if (session.state.step !== "decided") return jsonAnswer(200, { result: { maj: major.pending }, ...ids });
  if (session.state.outcome !== "approved") return refusedStatus(session, session.state.outcome, ids);
  const values = session.values ?? (await makeValues(room, session));
  const named = session.documents.map((document, index) => ({
    b64Sig: { value: values[index]?.toString("base64") ?? "" },
    whichDoc: document.id,
  }));
  return jsonAnswer(200, { result: { maj: major.success }, ...ids, sigObj: arranged(session, named) });
}

async function makeValues(room: ItsmeRoom, session: SigningSession): Promise<readonly Buffer[]> {
  const digests = session.documents.map((document) => document.digest);
  const signed = session.account.answers.value === "right" ? digests : digests.map(sha256);
  const values = await room.certificates.sign(session.account, signed);
  room.sessions.keepValues(session.id, values);
  return values;
}

function arranged(session: SigningSession, results: readonly { readonly whichDoc: string }[]): unknown {
  switch (session.account.answers.results) {
    case "in-order":
      return results;
    case "shuffled":
      return results.toReversed();
    case "unnamed":
      return results.map(({ whichDoc: _left, ...rest }) => rest);
    case "one-missing":
      return results.slice(0, -1);
  }
}

/** Not documented for the signing action (the sheet's assumption): 409 with the DSS form of the same reasons. */
function refusedStatus(
  session: SigningSession,
  outcome: Exclude<SessionOutcome, "approved">,
  ids: { readonly reqID: string; readonly respID: string },
): WebAnswer {
  const { maj, min, text } = refusedResult[outcome];
  const msg = session.account.answers.message === "object" ? { lang: "EN", value: text } : text;
  return jsonAnswer(409, { result: { maj, min, msg }, ...ids });
}

const refusedResult = {
  refused: { maj: major.requesterError, min: "REJECTED", text: "The user refused to sign." },
  expired: { maj: major.requesterError, min: "EXPIRED", text: "The user did not answer in time." },
  blocked: { maj: major.requesterError, min: "SIGNATURE_NOT_ALLOWED", text: "The user may not sign." },
  failed: { maj: major.responderError, min: "TECHNICAL_ERROR", text: "The signature could not be made." },
} as const;

function refusal(request: JsonObject | null, fault: SignFault): WebAnswer {
  const requestId = request?.["reqID"];
  return jsonAnswer(400, {
    result: { maj: major.requesterError, min: fault.code, msg: fault.message },
    ...(typeof requestId === "string" ? { reqID: requestId } : {}),
  });
}
