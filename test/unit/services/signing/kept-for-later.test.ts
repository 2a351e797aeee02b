import { describe, expect, test } from "vitest";
import { keptForLater } from "../../../../electron/services/signing/kept-for-later.ts";
import type { SignatureReport } from "../../../../shared/verification.ts";

const signature = (change: Partial<SignatureReport>): SignatureReport => ({
  field: "Signature1",
  type: "signature",
  subFilter: "ETSI.CAdES.detached",
  level: "B-B",
  signer: "Erika Mustermann",
  claimedTime: null,
  provenTime: null,
  intact: true,
  coverage: "whole-file",
  changesAfter: "none",
  indication: "TOTAL-FAILED",
  subIndication: null,
  qualification: null,
  reasons: [],
  ...change,
});

// ETSI EN 319 102-1 table 6: what the sub-indications mean.
describe("an intact signature that is not good now", () => {
  test("is kept while the clock says that its certificate is not valid yet", () => {
    expect(keptForLater(signature({ subIndication: "NOT_YET_VALID" }))).toEqual({
      code: "output.clock-behind",
      params: { signer: "Erika Mustermann" },
    });
  });

  test("is not kept for a clock when a timestamp proves that it was made too early", () => {
    const proven = signature({ subIndication: "NOT_YET_VALID", provenTime: "2026-01-01T00:00:00Z" });
    expect(keptForLater(proven)).toBeNull();
  });

  test("is kept while its certificate is revoked, perhaps only on hold", () => {
    expect(keptForLater(signature({ subIndication: "REVOKED" }))?.code).toBe("revocation.revoked");
  });

  test.each(["HASH_FAILURE", "SIG_CRYPTO_FAILURE", "FORMAT_FAILURE", "EXPIRED", null])(
    "is given up for %s",
    (subIndication) => {
      expect(keptForLater(signature({ subIndication }))).toBeNull();
    },
  );

  test("is given up when its bytes are not intact, whatever else is said of it", () => {
    expect(keptForLater(signature({ intact: false, subIndication: "NOT_YET_VALID" }))).toBeNull();
  });
});
