import { emptyAnswer, jsonAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { badRequest, bodyOf, tanOf } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { randomDigits } from "../random-digits.ts";

/** What belongs to the account and to no order. */
export const accountCalls = {
  serverStatus: {
    name: "idnow/server-status",
    method: "GET",
    open: true,
    work: (room) => (room.systemStatus.serverAlive ? textAnswer(200, "OK") : textAnswer(500, "not available")),
  },
  systemStatus: {
    name: "idnow/system-status",
    method: "GET",
    work: ({ systemStatus, account }) => {
      const { autoIdentAvailable, eSign, ...always } = systemStatus;
      return jsonAnswer(200, { ...always, ...(account.autoId ? { autoIdentAvailable } : {}), eSign });
    },
  },
  checkSignmeUser: { name: "idnow/check-signme-user", method: "POST", work: checkSignMeUser },
  requestNewPassword: { name: "idnow/request-new-password", method: "POST", work: requestNewPassword },
  confirmNewPassword: { name: "idnow/confirm-new-password", method: "POST", work: confirmNewPassword },
} as const satisfies Readonly<Record<string, ApiCall>>;

function checkSignMeUser(room: IdnowRoom, request: WebRequest): WebAnswer {
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(body);
  const { Email: email, signatureType = "QES" } = body;
  if (typeof email !== "string" || email.trim() === "") return badRequest("Email is missing");
  if (!["QES", "ADV", "BAS"].includes(String(signatureType))) return badRequest("signatureType is unknown");
  const user = room.signMeUsers.get(email.trim().toLowerCase());
  return jsonAnswer(200, { UserExists: user?.exists ?? false, UserIsAbleToSign: user?.able ?? false });
}

function requestNewPassword(room: IdnowRoom, request: WebRequest): WebAnswer {
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(body);
  const { mobile } = body;
  if (typeof mobile !== "string" || mobile === "" || mobile.length > 64) return badRequest("mobile is missing");
  if (mobile !== room.account.mobile) return textAnswer(401, "the number is not registered");
  const tan = randomDigits(room.random, 6);
  room.passwordTan = tan;
  room.inbox.send({ to: mobile, text: `Your TAN for a new password: ${tan}`, tan, order: null });
  return emptyAnswer(200);
}

function confirmNewPassword(room: IdnowRoom, request: WebRequest): WebAnswer {
  const tan = tanOf(request, /^\d{6}$/);
  if (tan === null) return badRequest("tan is missing");
  const expected = room.passwordTan;
  // "A wrong TAN means starting again."
  room.passwordTan = null;
  if (tan !== expected) return textAnswer(401, "wrong TAN");
  const password = Buffer.from(room.random(9)).toString("base64url");
  room.account = { ...room.account, password };
  return jsonAnswer(200, { password });
}
