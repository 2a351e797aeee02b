import type { Failure } from "../../../shared/failure.ts";
import type { HttpClient } from "../../net/http-client.ts";
import {
  anotherService,
  notNeeded,
  notServed,
  passed,
  refusedAddress,
  stopped,
  warned,
  withoutAnswer,
} from "../connection-probe.ts";
import type { ProbedWay, ProbeResult } from "../connection-probe.ts";
import { idnowApi } from "./api/idnow-api.ts";
import type { SystemStatus } from "./api/order-answers.ts";
import type { IdnowProfile, IdnowSecrets } from "./idnow-profile.ts";

/** Asks IDnow for its state, which wants the account's name and password and orders nothing. */
export async function probeIdnow(
  profile: IdnowProfile,
  http: HttpClient,
  secrets: IdnowSecrets,
  way: ProbedWay,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { host } = new URL(profile.baseUrl);
  const status = await idnowApi({ profile, http, secrets }).systemStatus(signal);
  if (!status.ok) {
    return refused(status.failure, host, way);
  }
  return {
    "allow-list": passed(),
    service: passed("probe.idnow-alive"),
    credentials: passed("probe.idnow-account", { user: profile.user }),
    codes: kindsOf(profile, status.value),
  };
}

function refused(failure: Failure, host: string, way: ProbedWay): ProbeResult {
  const { code, params } = failure;
  const status = params?.["status"];
  if (code === "idnow.credentials") {
    return { "allow-list": passed(), service: passed(), credentials: stopped(failure) };
  }
  if (code === "provider.access-denied") {
    return refusedAddress(403, host, way);
  }
  if (code === "provider.server-error") {
    return notServed(failure);
  }
  // The interface answers `systemStatus` with 200, 401 or 500 (manual chapter 9) and nothing else.
  if (code === "provider.unexpected-answer" && status !== undefined) {
    return anotherService(host, Number(status));
  }
  return code.startsWith("idnow.")
    ? anotherService(host, code === "idnow.order-gone" ? 404 : 400)
    : withoutAnswer(failure, way);
}

/** What the profile signs with has to be part of the account, and at work. */
function kindsOf(profile: IdnowProfile, status: SystemStatus): NonNullable<ProbeResult["codes"]> {
  const away = profile.signatureTypes.filter(
    (type) => (type === "QES" && !status.qes) || (type === "AES" && !status.aes),
  );
  if (away.length > 0) {
    return warned("probe.idnow-away", { kinds: away.join(", ") });
  }
  return status.sms ? notNeeded("probe.idnow-no-codes") : warned("probe.idnow-no-sms");
}
