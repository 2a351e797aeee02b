import { describe, expect, test } from "vitest";
import { isRevocationUnchecked } from "../../../../renderer/text/revocation.ts";
import type { SignatureReport } from "../../../../shared/verification.ts";

const passed: SignatureReport = {
  field: "Signature1",
  type: "signature",
  subFilter: "ETSI.CAdES.detached",
  level: "B-T",
  signer: "Anna",
  claimedTime: null,
  provenTime: null,
  intact: true,
  coverage: "whole-file",
  changesAfter: "none",
  indication: "TOTAL-PASSED",
  subIndication: null,
  qualification: null,
  reasons: [],
};
const unchecked = [{ code: "revocation.not-checked", message: "Not checked." }];

describe("a signature that passed without knowing about revocation", () => {
  test("is told apart from one that passed with it", () => {
    expect(isRevocationUnchecked(passed)).toBe(false);
    expect(isRevocationUnchecked({ ...passed, reasons: unchecked })).toBe(true);
    const unavailable = [{ code: "revocation.not-available", message: "Nobody knows." }];
    expect(isRevocationUnchecked({ ...passed, reasons: unavailable })).toBe(true);
  });

  test("is never said of one that did not pass: that has other words", () => {
    expect(isRevocationUnchecked({ ...passed, indication: "INDETERMINATE", reasons: unchecked })).toBe(false);
  });
});
