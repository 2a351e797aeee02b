import type { HttpClient } from "../../net/http-client.ts";
import { anotherService, notNeeded, passed, refusedAddress, stopped, withoutAnswer } from "../connection-probe.ts";
import type { ProbedWay, ProbeResult } from "../connection-probe.ts";
import { readIdentificationStart } from "./answers.ts";
import { parseDiscovery } from "./discovery.ts";
import { endingOf, pageFailure, serverError } from "./flow-parts.ts";
import { itsmeApi } from "./itsme-api.ts";
import type { ItsmeProfile } from "./itsme-profile.ts";

/**
 * Asks itsme what a set-up has to get right. The codes and the return address are only checked when an identification is
 * begun, so one is begun and left alone: nobody is told of it, and it ends by itself.
 */
export async function probeItsme(
  profile: ItsmeProfile,
  http: HttpClient,
  way: ProbedWay,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const api = itsmeApi(profile, http);
  const { host } = new URL(profile.baseUrl);
  const certificate = way.hasClientCertificate ? { "client-certificate": passed("probe.certificate-taken") } : {};
  const sent = await api.discover(signal);
  if (!sent.ok) {
    return withoutAnswer(sent.failure, way);
  }
  const { status, body } = sent.value;
  if (status === 401) {
    return {
      "client-certificate": stopped({ code: "connection.certificate-unknown", params: { host, reason: status } }),
    };
  }
  if (status === 403) {
    return { ...certificate, ...refusedAddress(status, host, way) };
  }
  if (status >= 500) {
    return { ...certificate, service: stopped(serverError(status)) };
  }
  const discovery = status === 200 ? parseDiscovery(body) : null;
  if (discovery === null) {
    return { ...certificate, ...anotherService(host, status) };
  }
  return {
    ...certificate,
    "allow-list": passed(),
    service: passed("probe.itsme-policies", { count: discovery.policies.length }),
    credentials: notNeeded("probe.certificate-is-credential"),
    ...(await probeCodes(profile, http, way, signal)),
  };
}

async function probeCodes(
  profile: ItsmeProfile,
  http: HttpClient,
  way: ProbedWay,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const sent = await itsmeApi(profile, http).startIdentification({ language: "EN", userCode: null }, signal);
  if (!sent.ok) {
    return withoutAnswer(sent.failure, way);
  }
  const answer = readIdentificationStart(sent.value);
  switch (answer.kind) {
    case "started": {
      const wrongPage = pageFailure(answer.pageUrl, profile);
      return {
        codes:
          wrongPage === null
            ? passed("probe.itsme-codes")
            : stopped({
                code: "connection.page-origin",
                params: { origin: URL.parse(answer.pageUrl)?.origin ?? answer.pageUrl.slice(0, 200) },
              }),
      };
    }
    case "server-trouble":
      return { codes: stopped(serverError(answer.status)) };
    case "refused":
    case "malformed":
      return { codes: stopped(endingOf(answer, "identification")) };
  }
}
