import { jsonAnswer, redirectAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler, WebRequest } from "../web/loopback-server.ts";
import { assetAnswer } from "../web/assets.ts";
import { isFromOwnPages } from "../web/same-origin.ts";
import { answerPhone, openPhone, phoneVersion } from "../phone/phone-page.ts";
import type { PhonePart } from "../phone/phone-part.ts";
import { performControl, readControlRequest } from "./control-request.ts";
import type { SandboxControl } from "./sandbox-control.ts";

/** The pretend phone for people, and `POST /control` for programs. */
export function controlHandler(control: SandboxControl, phone: readonly PhonePart[]): WebHandler {
  return async (request) => {
    const asset = assetAnswer(request.url.pathname);
    if (asset !== null) return asset;
    if (request.method === "POST" && !isFromOwnPages(request)) {
      return textAnswer(403, "the request was sent from another site");
    }
    switch (request.url.pathname) {
      case "/":
        return redirectAnswer("/phone");
      case "/phone":
        return request.method === "POST" ? answerPhone(phone, request.body) : openPhone(phone, request);
      case "/phone/version":
        return textAnswer(200, phoneVersion(phone));
      case "/control":
        return controlAnswer(control, request);
      default:
        return textAnswer(404, "nothing here");
    }
  };
}

async function controlAnswer(control: SandboxControl, request: WebRequest): Promise<WebAnswer> {
  if (request.method !== "POST") return textAnswer(405, "a control request is a POST");
  // SECURITY: a form on another site cannot send this type, so it needs a preflight that is never granted.
  if (!String(request.headers["content-type"]).startsWith("application/json")) {
    return textAnswer(415, "a control request is application/json");
  }
  const parsed = readControlRequest(request.body);
  if (typeof parsed === "string") return jsonAnswer(400, { error: parsed });
  try {
    return jsonAnswer(200, { result: await performControl(control, parsed) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return jsonAnswer(404, { error: error.message });
  }
}
