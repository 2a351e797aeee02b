import type { Failure } from "../../../shared/failure.ts";
import {
  anotherService,
  notServed,
  passed,
  refusedAddress,
  stopped,
  warned,
  withoutAnswer,
} from "../connection-probe.ts";
import type { ProbedWay, ProbeResult, StepResult } from "../connection-probe.ts";
import type { FourthlineProfile } from "./fourthline-profile.ts";
import { testConnection } from "./test-connection.ts";
import type { ConnectionTest, TestedCall } from "./test-connection.ts";

/**
 * The test of the calls, as steps of the way to a provider. No workflow is made, which might cost something; so names of
 * workflows and the calls that send are not tried, and the last step says so.
 */
export async function probeFourthline(
  connection: ConnectionTest,
  way: ProbedWay,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { profile } = connection;
  const tested = await testConnection(connection, signal);
  const failing = tested.find(({ failure }) => failure !== null);
  if (failing?.call === "token" && failing.failure !== null) {
    return withoutToken(failing.failure, new URL(profile.baseUrl).host, way);
  }
  return {
    "allow-list": passed(),
    service: passed("probe.fourthline-alive"),
    credentials: passed("probe.fourthline-client", { client: profile.clientId }),
    codes: callsOf(profile, failing),
  };
}

/** Which call fails, and with what. */
function callsOf(profile: FourthlineProfile, failing: TestedCall | undefined): StepResult {
  if (failing === undefined || failing.failure === null) {
    return warned("probe.fourthline-calls");
  }
  const { method, path } = profile.table.endpoints[failing.call];
  return {
    ...stopped(failing.failure),
    note: { key: "probe.fourthline-call", params: { name: failing.call, method, path } },
  };
}

function withoutToken(failure: Failure, host: string, way: ProbedWay): ProbeResult {
  const { code, params } = failure;
  const status = params?.["status"];
  if (code === "fourthline.credentials") {
    return { "allow-list": passed(), service: passed(), credentials: stopped(failure) };
  }
  if (code === "provider.access-denied") {
    return refusedAddress(403, host, way);
  }
  if (code === "fourthline.not-found") {
    return anotherService(host, 404);
  }
  if (code === "provider.unexpected-answer" && status !== undefined) {
    return anotherService(host, Number(status));
  }
  if (code === "provider.server-error" || code === "fourthline.too-many-requests") {
    return notServed(failure);
  }
  return withoutAnswer(failure, way);
}
