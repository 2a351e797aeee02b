import { expect, test } from "vitest";
import { levelText } from "../../../../renderer/components/signatures-panel/level-text.ts";
import { policyText } from "../../../../renderer/components/signatures-panel/policy-text.ts";
import { technicalLines } from "../../../../renderer/components/signatures-panel/technical-lines.ts";
import { signatureDetails, signatureReport } from "../../../harness/renderer/scenarios.ts";

const approval = { certification: null, locks: [] };

test("the policy of a document that nobody certified says so", () => {
  expect(policyText([approval, approval])).toBe("No certification: filling in forms and signing are allowed.");
});

test("the strictest certification counts, and all locks", () => {
  const policy = policyText([
    { certification: 3, locks: [] },
    { certification: 1, locks: [{ action: "Include", fields: ["Salary"] }] },
    { certification: null, locks: [{ action: "All", fields: [] }] },
  ]);
  expect(policy).toBe("Certified: no changes are allowed. Locked fields: “Salary”. All fields are locked.");
});

test("an exception without names locks everything", () => {
  expect(policyText([{ certification: null, locks: [{ action: "Exclude", fields: [] }] }])).toContain(
    "All fields are locked.",
  );
});

test("a signature without a level names the rule that it breaks", () => {
  const message = "Not a PAdES baseline signature: no certificate is in the CMS.";
  const reasons = [{ code: "level.not-baseline", message }];
  expect(levelText(signatureReport({ level: null, reasons }))).toBe(message);
  expect(levelText(signatureReport({ level: "B-LT" }))).toBe("PAdES B-LT");
  expect(levelText(signatureReport({ level: null, type: "document-timestamp" }))).not.toContain("Not a PAdES");
});

test("what is copied has the place of the signature and of every reason", () => {
  const reasons = [{ code: "byte-range.gap", message: "Bytes are left out.", offset: 4711 }];
  const lines = technicalLines(signatureReport({ reasons, details: signatureDetails() }));
  expect(lines).toContain("object 27 at 41022");
  expect(lines).toContain("byte-range.gap @4711: Bytes are left out.");
});
