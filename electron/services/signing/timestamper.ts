import { success } from "../../../shared/result.ts";
import type { HttpClient } from "../../net/http-client.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { sha256 } from "../../pki/digest.ts";
import { requestTimestamp } from "../../pki/tsp-client.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

/** Asks one RFC 3161 service for tokens over signature values. `anchors` "none": nobody said whom to trust as its issuer. */
export function timestamper(
  http: HttpClient,
  url: string,
  anchors: readonly Certificate[] | "none",
): NonNullable<SigningEnvironment["timestamp"]> {
  return async (signatureValue, signal) => {
    const answer = await requestTimestamp(http, {
      url,
      imprint: sha256(signatureValue),
      digestAlgorithm: "SHA-256",
      anchors,
      signal,
    });
    return answer.ok ? success(answer.value.token) : answer;
  };
}
