import { isVaultTrouble } from "../../shared/failure.ts";
import type { Failure } from "../../shared/failure.ts";
import type { MessageKey } from "../../shared/messages/en.ts";
import type { TestStep, TestStepId } from "../../shared/profiles.ts";

/** What was found out about one step of the connection. */
export type StepResult = Pick<TestStep, "state" | "note" | "failure">;

/** Steps that were looked at; the runner knows what the others are. */
export type ProbeResult = Readonly<Partial<Record<TestStepId, StepResult>>>;

/** What the way to a provider is like: it decides how its refusals are read. */
export interface ProbedWay {
  readonly hasClientCertificate: boolean;
  /** An organisation's own relay stands between. */
  readonly relay: boolean;
}

type Params = Readonly<Record<string, string | number>>;

export const passed = (key?: MessageKey, params: Params = {}): StepResult => ({
  state: "passed",
  note: key === undefined ? null : { key, params },
  failure: null,
});

export const warned = (key: MessageKey, params: Params = {}): StepResult => ({
  state: "warning",
  note: { key, params },
  failure: null,
});

export const notNeeded = (key?: MessageKey, params: Params = {}): StepResult => ({
  ...passed(key, params),
  state: "not-needed",
});

export const stopped = (failure: Failure): StepResult => ({ state: "failed", note: null, failure });

/**
 * A call that brought no answer, although the connection could be made before: which step that speaks of. A connection
 * that is cut once it is safe is what filters by address do.
 */
export function withoutAnswer(failure: Failure, way: ProbedWay): ProbeResult {
  const { code } = failure;
  if (code === "provider.client-certificate") {
    const cause = way.hasClientCertificate ? failure : { ...failure, code: "connection.certificate-wanted" as const };
    return { "client-certificate": stopped(cause) };
  }
  if (code.startsWith("network.proxy-")) {
    return { proxy: stopped(failure) };
  }
  if (code === "provider.tls") {
    return { tls: stopped(failure) };
  }
  if (isVaultTrouble(failure) || code === "provider.no-credentials") {
    return { credentials: stopped(failure) };
  }
  if (code === "provider.unreachable" && isCut(failure)) {
    return { "allow-list": stopped({ ...failure, code: way.relay ? "connection.relay-refused" : "connection.cut" }) };
  }
  return { service: stopped(failure) };
}

/** 403 where a provider documents nothing else for it: it knows who asks, and does not let this address in. */
export function refusedAddress(status: number, host: string, { relay }: ProbedWay): ProbeResult {
  const code = relay ? "connection.relay-refused" : "connection.not-allowed";
  return { "allow-list": stopped({ code, params: { host, reason: status } }) };
}

/** It lets this address in, and cannot serve anybody now. */
export const notServed = (failure: Failure): ProbeResult => ({ "allow-list": passed(), service: stopped(failure) });

/** Something answers at the address, but not the provider's interface. */
export const anotherService = (host: string, status: number): ProbeResult => ({
  service: stopped({ code: "connection.another-service", params: { host, status } }),
});

function isCut({ params }: Failure): boolean {
  return ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "ECONNABORTED"].includes(String(params?.["reason"]));
}
