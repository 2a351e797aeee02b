import { expect, test } from "vitest";
import { signatureBanner } from "../../../../renderer/components/viewer/signature-banner.ts";
import { verdictLook } from "../../../../renderer/components/signatures-panel/verdict-look.ts";
import { NOTHING_SPECIAL, documentView, fileReport, signatureReport } from "../../../harness/renderer/scenarios.ts";

const document = documentView(1, 10);

test("an unsigned document has no banner", () => {
  expect(signatureBanner(document, null)).toBeNull();
  expect(signatureBanner(document, fileReport({ verdict: "NO-SIGNATURE", signatures: [] }))).toBeNull();
});

test("signatures that nobody checked are not called valid", () => {
  const signed = documentView(1, 10, {
    inspection: { ...NOTHING_SPECIAL, signatures: [{ field: "S", signer: "Anna" }] },
  });
  const banner = signatureBanner(signed, null);
  expect(banner?.tone).toBe("info");
  expect(banner?.sentences.join(" ")).toMatch(/not checked/u);
});

test("an indeterminate signature never looks or reads like a valid one", () => {
  const banner = signatureBanner(document, fileReport({ verdict: "INDETERMINATE" }));
  expect(banner?.tone).toBe("warn");
  expect(banner?.sentences.join(" ")).toMatch(/not certain/u);
  expect(verdictLook("INDETERMINATE")).not.toEqual(verdictLook("TOTAL-PASSED"));
});

test("a forbidden change is said before anything else", () => {
  const signatures = [signatureReport({ indication: "TOTAL-FAILED", changesAfter: "forbidden" })];
  const banner = signatureBanner(document, fileReport({ verdict: "TOTAL-FAILED", signatures }));
  expect(banner).toMatchObject({ tone: "bad" });
  expect(banner?.sentences.join(" ")).toMatch(/Changed after signing/u);
});

test("all signers are named, each once, and timestamps are no signers", () => {
  const signatures = [
    signatureReport({ signer: "Anna" }),
    signatureReport({ signer: "Bert", changesAfter: "allowed" }),
    signatureReport({ signer: "Clock", type: "document-timestamp" }),
  ];
  const said = signatureBanner(document, fileReport({ signatures }))?.sentences.join(" ") ?? "";
  expect(said).toContain("Anna and Bert");
  expect(said).not.toContain("Clock");
  expect(said).toMatch(/allowed/u);
});
