import type { FaultQueue } from "../control/faults.ts";
import { assetAnswer } from "../web/assets.ts";
import type { WebHandler, WebRequest } from "../web/loopback-server.ts";
import { createToken, createWorkflow } from "./account-calls.ts";
import { problem } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import { approve, confirm, details } from "./approval-calls.ts";
import type { CallName } from "./endpoint-table.ts";
import type { FourthlineRoom } from "./fourthline-room.ts";
import { legalPage } from "./legal-pages.ts";
import { callOperations } from "./operations.ts";
import { infocertContract, signedDocument, status } from "./result-calls.ts";
import { routeOf } from "./route.ts";
import { uploadDocuments, uploadMobile, uploadSelfie } from "./upload-calls.ts";

const calls: Readonly<Record<CallName, ApiCall>> = {
  token: createToken,
  createWorkflow,
  uploadDocuments,
  uploadMobile,
  uploadSelfie,
  details,
  approve,
  confirm,
  status,
  signedDocument,
  infocertContract,
};

/** The API with bearer tokens, and the legal conditions for everybody. */
export function fourthlineApiHandler(room: FourthlineRoom, faults: FaultQueue): WebHandler {
  return async (request) => {
    const page = legalPage(request) ?? assetAnswer(request.url.pathname);
    if (page !== null) return page;
    const route = routeOf(room.table, request.method, request.url.pathname);
    if (route === "nothing") return problem(room, 404, "NOT_FOUND", "Nothing here");
    if (route === "method") return problem(room, 405, "METHOD_NOT_ALLOWED", "Another method is needed here");
    return faults.apply(callOperations[route.call], async () => {
      if (route.call !== "token" && !isKnown(room, request)) {
        return problem(room, 401, "UNAUTHORIZED", "The access token is not known or has expired");
      }
      return calls[route.call](room, request, route);
    });
  };
}

/** RFC 6750 2.1. */
function isKnown(room: FourthlineRoom, request: WebRequest): boolean {
  const given = request.headers["authorization"];
  const token = typeof given === "string" ? /^Bearer ([\w.~+/-]+=*)$/i.exec(given)?.[1] : undefined;
  return token !== undefined && room.tokens.isValid(token);
}
