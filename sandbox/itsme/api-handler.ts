import type { FaultQueue, SandboxOperation } from "../control/faults.ts";
import { jsonAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler } from "../web/loopback-server.ts";
import { identificationStatus, startIdentification } from "./identification.ts";
import type { ItsmeRoom } from "./itsme-room.ts";
import { itsmeLanguages } from "./language.ts";
import { isSignStart, signingStatus, startSigning } from "./sign-document.ts";

/** Path below the origin, as in the swagger. */
export const itsmeBasePath = "/qes-partners/1.0.0";

/** The partner API. The server in front of it has already demanded a client certificate. */
export function itsmeApiHandler(room: ItsmeRoom, faults: FaultQueue): WebHandler {
  return async (request) => {
    const path = request.url.pathname;
    if (!path.startsWith(itsmeBasePath)) return textAnswer(404, "nothing here");
    const call = path.slice(itsmeBasePath.length);
    if (call === "/.well-known/configuration") {
      if (request.method !== "GET") return textAnswer(405, "only GET here");
      return faults.apply("itsme/discovery", () => Promise.resolve(discovery(room)));
    }
    const operation = operationOf(call, request.body);
    if (operation === null) return textAnswer(404, "nothing here");
    if (request.method !== "POST") return textAnswer(405, "only POST here");
    return faults.apply(operation.name, () => operation.work(room, request.body));
  };
}

interface Operation {
  readonly name: SandboxOperation;
  readonly work: (room: ItsmeRoom, body: Uint8Array) => Promise<WebAnswer>;
}

function operationOf(call: string, body: Uint8Array): Operation | null {
  switch (call) {
    case "/user_identification":
      return { name: "itsme/identification", work: startIdentification };
    case "/user_identification/status":
      return { name: "itsme/identification-status", work: identificationStatus };
    case "/sign_document":
      return isSignStart(body)
        ? { name: "itsme/sign-start", work: startSigning }
        : { name: "itsme/sign-status", work: signingStatus };
    default:
      return null;
  }
}

function discovery(room: ItsmeRoom): WebAnswer {
  return jsonAnswer(200, {
    sign_policy_templates_supported: room.contract.policies,
    commitment_types_supported: room.contract.commitmentTypes,
    sign_languages_supported: itsmeLanguages,
  });
}
