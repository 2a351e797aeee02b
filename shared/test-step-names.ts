import type { MessageKey } from "./messages/en.ts";
import type { TestStepId } from "./profiles.ts";

/** What people call the steps of a connection's test. */
export const TEST_STEP_NAMES: Readonly<Record<TestStepId, MessageKey>> = {
  dns: "probe.dns",
  proxy: "probe.proxy-step",
  tcp: "probe.tcp",
  tls: "probe.tls",
  "client-certificate": "probe.client-certificate",
  "allow-list": "probe.allow-list",
  service: "probe.service",
  credentials: "probe.credentials",
  codes: "probe.codes",
};
