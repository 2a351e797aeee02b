import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { hasNetwork } from "../../../electron/net/has-network.ts";

const at = (address: string, internal = false): NetworkInterfaceInfo => {
  const shared = { address, internal, netmask: "", mac: "", cidr: null };
  return address.includes(":") ? { ...shared, family: "IPv6", scopeid: 0 } : { ...shared, family: "IPv4" };
};

test.each([
  [{ lo: [at("127.0.0.1", true), at("::1", true)] }, false],
  [{ lo: [at("127.0.0.1", true)], eth0: [at("192.0.2.7")] }, true],
  [{ wlan0: [at("2001:db8::7")] }, true],
  // Addresses that a computer gives itself where nobody answers: RFC 3927 and RFC 4291 2.5.6.
  [{ lo: [at("127.0.0.1", true)], eth0: [at("169.254.12.1"), at("fe80::1")] }, false],
  [{ eth0: [at("FEBF::1")] }, false],
  [{ eth0: undefined }, false],
  [{}, false],
])("%j: %s", (interfaces, expected) => {
  expect(hasNetwork(interfaces)).toBe(expected);
});
