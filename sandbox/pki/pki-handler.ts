import type { SandboxClock } from "../clock.ts";
import type { FaultQueue } from "../control/faults.ts";
import { bytesAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebHandler, WebRequest } from "../web/loopback-server.ts";
import { answerOcsp } from "./ocsp-responder.ts";
import type { OcspRoom } from "./ocsp-responder.ts";
import { revocationList } from "./revocation-list.ts";
import { answerTimestamp } from "./timestamp-authority.ts";
import type { TimestampFlaw } from "./timestamp-authority.ts";

export interface PkiRoom extends OcspRoom {
  readonly clock: SandboxClock;
  readonly faults: FaultQueue;
  timestampFlaw(): TimestampFlaw;
}

const statement =
  "Sealdesk practice certificates. They are made on this computer for trying things out. Nobody vouches for them.\n";

/** The plain HTTP services that practice certificates point at. */
export function pkiHandler(room: () => PkiRoom): WebHandler {
  return async (request) => {
    const { services, clock, faults, revocations } = room();
    const path = request.url.pathname;
    if (path === "/tsa") {
      if (request.method !== "POST") return textAnswer(405, "a timestamp request is a POST");
      return faults.apply("tsa", () =>
        answer("timestamp-reply", answerTimestamp(services, request.body, clock.now(), room().timestampFlaw())),
      );
    }
    if (path === "/ocsp" || path.startsWith("/ocsp/")) {
      const question = ocspQuestion(request);
      if (question === null) return textAnswer(400, "not an OCSP request");
      return faults.apply("ocsp", () => answer("ocsp-response", answerOcsp(room(), question, clock.now())));
    }
    if (request.method !== "GET" && request.method !== "HEAD") return textAnswer(405, "only GET here");
    switch (path) {
      case "/crl/root.crl":
        return faults.apply("crl", () => answer("pkix-crl", revocationList(services.root, [], clock.now())));
      case "/crl/issuing.crl":
        return faults.apply("crl", () =>
          answer("pkix-crl", revocationList(services.issuing, revocations.revoked(), clock.now())),
        );
      case "/ca/root.cer":
        return faults.apply("ca-issuers", () => answer("pkix-cert", services.root.certificate));
      case "/ca/issuing.cer":
        return faults.apply("ca-issuers", () => answer("pkix-cert", services.issuing.certificate));
      case "/practice-statement":
        return textAnswer(200, statement);
      default:
        return textAnswer(404, "nothing here");
    }
  };
}

function answer(type: string, bytes: Uint8Array): Promise<WebAnswer> {
  return Promise.resolve(bytesAnswer(`application/${type}`, bytes));
}

/** RFC 6960 appendix A: POST with the request as body, GET with its Base64 in the path. */
function ocspQuestion(request: WebRequest): Uint8Array | null {
  if (request.method === "POST") return request.body;
  if (request.method !== "GET") return null;
  try {
    const text = decodeURIComponent(request.url.pathname.slice("/ocsp/".length));
    return text === "" ? null : Buffer.from(text, "base64");
  } catch {
    return null;
  }
}
