import { describe, expect, test } from "vitest";
import {
  entryName,
  entryReason,
  howSigned,
  verdictText,
} from "../../../../../renderer/components/history/entry-words.ts";
import type { HistoryDocument } from "../../../../../shared/history.ts";
import { sha256Hex, transactionId } from "../../../../../shared/ids.ts";

function entry(change: Partial<HistoryDocument> = {}): HistoryDocument {
  return {
    run: transactionId("7f2c1f9e-0000-4000-8000-000000000001"),
    item: "1",
    started: "2026-11-28T09:00:00.000Z",
    time: "2026-11-28T09:01:00.000Z",
    name: "Lease.pdf",
    source: sha256Hex("ab".repeat(32)),
    result: sha256Hex("cd".repeat(32)),
    provider: "itsme",
    profile: "Main",
    environment: "production",
    wanted: "B-T",
    level: "B-T",
    outcome: "signed",
    state: "delivered",
    failure: null,
    isFailureWhole: false,
    verdict: "TOTAL-PASSED",
    late: false,
    canOpen: true,
    ...change,
  };
}

describe("an entry of the history in words", () => {
  test("is called by its file, then by what its digest begins with", () => {
    expect(entryName(entry())).toBe("Lease.pdf");
    expect(entryName(entry({ name: null }))).toBe("Document abababababab…");
    expect(entryName(entry({ name: null, source: null, result: null }))).toBe("A document");
  });

  test("says with what it was signed; practice and certificates have no profile that anybody gave a name", () => {
    expect(howSigned(entry())).toBe("with itsme, profile Main, level B-T");
    expect(howSigned(entry({ environment: "sandbox", profile: "sandbox" }))).toBe("with itsme, level B-T");
    expect(howSigned(entry({ provider: "certificate" }))).not.toContain("Main");
    expect(howSigned(entry({ provider: null }))).toContain("an unknown provider");
  });

  test("says another level than the one that was ordered, and evidence as evidence", () => {
    expect(howSigned(entry({ wanted: "B-LTA", level: "B-LT" }))).toContain("level B-LT instead of B-LTA");
    expect(howSigned(entry({ provider: "bankid", level: null }))).toContain(
      "evidence in a package beside the document",
    );
    expect(howSigned(entry({ state: "failed", level: null }))).toContain("level B-T was ordered");
  });

  test("gives the whole reason while it is known, and never a sentence with a hole", () => {
    const failure = { code: "output.name-taken", params: { name: "Lease.pdf" } } as const;
    const failed = { outcome: "not-signed", state: "failed", failure } as const;
    const whole = entryReason(entry({ ...failed, isFailureWhole: true })) ?? "";
    const short = entryReason(entry({ ...failed, isFailureWhole: false })) ?? "";
    expect(whole.startsWith(short)).toBe(true);
    expect(whole.length).toBeGreaterThan(short.length);
    expect(whole).not.toMatch(/\{\{|undefined/u);
    expect(entryReason(entry({ ...failed, failure: null }))).toBe("The reason was not recorded.");
    expect(entryReason(entry())).toBeNull();
  });

  test("calls only a passed check valid", () => {
    expect(verdictText(entry())).toContain("valid");
    expect(verdictText(entry({ verdict: "INDETERMINATE" }))).toContain("not certain");
    expect(verdictText(entry({ verdict: "TOTAL-FAILED" }))).toBe("Checked before it was delivered: TOTAL-FAILED.");
    expect(verdictText(entry({ verdict: null }))).toBeNull();
  });
});
