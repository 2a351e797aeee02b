import { emptyAnswer, jsonAnswer } from "../web/loopback-server.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import { accountByUserCode } from "./account-certificates.ts";
import { checkRedirectUrl, checkRequestor } from "./contract.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import { readJsonBody } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import { readLanguage } from "./language.ts";
import { onPhone } from "./session-store.ts";
import type { IdentificationSession, SessionOutcome } from "./session-store.ts";
import { withTransportFault } from "./transport-fault.ts";

/** `POST /user_identification`: starts an identification and says which page to open. */
export async function startIdentification(room: ItsmeRoom, body: Uint8Array): Promise<WebAnswer> {
  const request = readJsonBody(body);
  if (request === "empty") return refusal(400, "NO_REQUEST");
  if (request === "malformed") return refusal(400, "UNKNOWN");
  const fault =
    checkRequestor(room.contract, request["partnerCode"], request["serviceCode"]) ??
    checkRedirectUrl(room.contract, request["redirectUrl"]);
  if (fault !== null) return refusal(400, fault);
  const language = readLanguage(request["lang"]);
  if (language === null) return refusal(400, "INVALID_LANG");

  const userCode = request["userCode"] ?? null;
  const account = typeof userCode === "string" ? accountByUserCode(room.certificates, userCode) : null;
  // Undocumented: what a userCode that nobody has is answered with.
  if (userCode !== null && account === null) return refusal(400, "UNKNOWN");
  if (account !== null && isBlocked(account.identification)) return refusal(400, "NOT_ALLOWED_TO_SIGN");

  const session = room.sessions.addIdentification({
    partnerCode: room.contract.partnerCode,
    serviceCode: room.contract.serviceCode,
    redirectUrl: String(request["redirectUrl"]),
    language,
    account,
    // A known person is not asked for the telephone number again: the request goes straight to the phone.
    state: account === null ? { step: "page" } : onPhone(room.clock.now()),
  });
  const page = new URL("/qes/identify_yourself", room.pagesUrl());
  page.searchParams.set("language", language);
  page.searchParams.set("q", session.pageToken);
  return jsonAnswer(200, { status: "OK", asyncRespID: session.id, identificationUrl: page.href });
}

/** `POST /user_identification/status`: pending, or the certificate, or why there is none. */
export async function identificationStatus(room: ItsmeRoom, body: Uint8Array): Promise<WebAnswer> {
  const request = readJsonBody(body);
  if (request === "empty") return refusal(400, "NO_REQUEST");
  if (request === "malformed") return refusal(400, "UNKNOWN");
  const fault = checkRequestor(room.contract, request["partnerCode"], request["serviceCode"]);
  if (fault !== null) return refusal(400, fault);
  const id = sessionId(request);
  if (id === null) return refusal(400, "MISSING_ASYNC_RESP_ID");
  const session = room.sessions.byId(id);
  if (session === null || session.kind !== "identification") return emptyAnswer(409);
  return withTransportFault(room, session, () => statusOf(room, session));
}

/** The swagger spells it `asyncRespId`, the base document `asyncRespID`. */
function sessionId(request: JsonObject): string | null {
  const id = request["asyncRespID"] ?? request["asyncRespId"];
  return typeof id === "string" && id !== "" ? id : null;
}

async function statusOf(room: ItsmeRoom, session: IdentificationSession): Promise<WebAnswer> {
  if (session.state.step !== "decided") {
    return session.account?.answers.pending === "http-200"
      ? jsonAnswer(200, { status: "OK" })
      : refusal(409, "PENDING");
  }
  const { outcome } = session.state;
  if (outcome !== "approved" || session.account === null) return refusedStatus(outcome);
  const made = await room.certificates.certificateFor(session.account);
  return jsonAnswer(200, {
    status: "OK",
    userCode: made.userCode,
    certificate: made.certificatePem,
    fullCertificateChain: made.chainPem,
  });
}

function refusedStatus(outcome: SessionOutcome): WebAnswer {
  switch (outcome) {
    case "refused":
      return refusal(409, "REJECTED");
    case "expired":
      return refusal(409, "EXPIRED");
    case "blocked":
      return refusal(400, "NOT_ALLOWED_TO_SIGN");
    case "failed":
    case "approved":
      return refusal(409, "UNEXPECTED_ERROR");
  }
}

function isBlocked(behaviour: { readonly kind: string; readonly outcome?: string }): boolean {
  return behaviour.kind === "by-itself" && behaviour.outcome === "block";
}

function refusal(status: number, reason: string): WebAnswer {
  return jsonAnswer(status, { status: "NOK", statusReason: reason });
}
