import { rootCertificates } from "node:tls";
import { expect, test } from "vitest";
import { trustedCertificates } from "../../../electron/net/trusted-certificates.ts";

test("Node's own list and the extra certificates are trusted, each once", () => {
  const all = trustedCertificates(["extra"]);
  expect(all.at(-1)).toBe("extra");
  expect(new Set(all).size).toBe(all.length);
  expect(rootCertificates.every((certificate) => all.includes(certificate))).toBe(true);
});

test("an extra certificate of one client is not trusted by the next", () => {
  trustedCertificates(["first"]);
  expect(trustedCertificates([])).not.toContain("first");
});
