import { randomUUID } from "node:crypto";
import type { HttpClient } from "../../net/http-client.ts";
import { anotherService, notNeeded, notServed, passed, stopped, withoutAnswer } from "../connection-probe.ts";
import type { ProbedWay, ProbeResult } from "../connection-probe.ts";
import type { BankIdProfile, BankIdSecrets } from "./bankid-profile.ts";
import { clientOf } from "./client/client-of.ts";

/** Asks for the state of an order that nobody made: that tells server, credentials and tenant apart, and orders nothing. */
export async function probeBankId(
  profile: BankIdProfile,
  http: HttpClient,
  secrets: BankIdSecrets,
  way: ProbedWay,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { connection } = profile;
  const asked = await clientOf({ profile, http, secrets }).collect(randomUUID(), "qr", signal);
  const certificate = way.hasClientCertificate ? { "client-certificate": passed("probe.certificate-taken") } : {};
  const served = { ...certificate, "allow-list": passed(), service: passed() };
  const known = { ...served, credentials: hasPassword(profile) ? passed() : notNeeded("probe.no-password") };
  if (asked.ok || asked.failure.code === "bankid.order-gone") {
    return { ...known, codes: passed("probe.bankid-order") };
  }
  const { failure } = asked;
  const { host } = new URL(connection.baseUrl);
  if (failure.code === "bankid.service-error") {
    // PhenixID answers 500 and words of its own about an order that it does not know (sheet section 1.3).
    return { ...known, codes: passed("probe.bankid-words", { text: String(failure.params?.["text"] ?? "") }) };
  }
  if (failure.code === "bankid.tenant") {
    return { ...known, codes: stopped(failure) };
  }
  if (failure.code === "bankid.credentials") {
    return connection.kind === "phenixid"
      ? { ...served, credentials: stopped(failure) }
      : { "client-certificate": stopped(failure) };
  }
  if (failure.code === "provider.configuration") {
    return { ...certificate, ...anotherService(host, 404) };
  }
  if (failure.code === "provider.unexpected-answer" && failure.params?.["status"] !== undefined) {
    return { ...certificate, ...anotherService(host, Number(failure.params["status"])) };
  }
  if (IN_TROUBLE.has(failure.code)) {
    return { ...certificate, ...notServed(failure) };
  }
  return withoutAnswer(failure, way);
}

const IN_TROUBLE: ReadonlySet<string> = new Set([
  "provider.server-error",
  "bankid.maintenance",
  "bankid.too-many-requests",
]);

const hasPassword = ({ connection }: BankIdProfile): boolean =>
  connection.kind === "phenixid" && connection.basic !== undefined;
