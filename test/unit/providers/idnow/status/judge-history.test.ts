import { describe, expect, test } from "vitest";
import { judgeHistory, statusName } from "../../../../../electron/providers/idnow/status/judge-history.ts";
import type { StatusEntry } from "../../../../../electron/providers/idnow/status/judge-history.ts";
import { haveVectors, vector } from "../vectors.ts";

const START = Date.parse("2026-11-22T10:00:00Z");

/** One entry a second; "17.61" has a sub-kind. */
function history(...codes: readonly (number | string)[]): StatusEntry[] {
  return codes.map((code, index) => {
    const [kind = "", subKind] = String(code).split(".");
    return {
      kind: Number(kind),
      subKind: subKind === undefined ? null : Number(subKind),
      time: START + index * 1000,
    };
  });
}

const eSign = (...codes: readonly (number | string)[]) => judgeHistory(history(...codes), "eSign");
const identification = (...codes: readonly (number | string)[]) => judgeHistory(history(...codes), "identification");

describe.skipIf(!haveVectors)("the composed histories (skipped without the shared vectors)", () => {
  test.each([
    ["esign-success", "success", null],
    ["esign-aborted-by-user", "failed", 103],
    ["esign-ident-negative", "failed", 17],
    ["esign-timeout", "failed", 99],
    ["esign-timeout-after-ident", "failed", 100],
    ["esign-tsp-correctable", "success", null],
    ["esign-tsp-fatal", "stopped", 29],
    ["esign-default-list-success", "open", null],
    ["cancelled", "failed", 63],
  ])("%s ends as %s", (name, kind, code) => {
    const { outcome } = eSign(...(vector("synthetic-histories")[name] as number[]));
    expect(outcome.kind).toBe(kind);
    const found = outcome.kind === "failed" ? outcome.code : outcome.kind === "stopped" ? outcome.reason.kind : null;
    expect(found).toBe(code);
  });

  test("an identification ends with 6, and with 17 when it was fraud", () => {
    const all = vector("synthetic-histories");
    expect(identification(...(all["ident-success"] as number[])).outcome).toEqual({ kind: "success" });
    const fraud = identification(...(all["ident-fraud"] as number[]));
    expect(fraud).toMatchObject({ outcome: { kind: "failed", code: 17 }, suspectedFraud: true });
  });
});

describe("what is final", () => {
  test("6 ends an identification, but not a signing order", () => {
    expect(identification(25, 6).outcome).toEqual({ kind: "success" });
    expect(eSign(25, 6)).toMatchObject({ outcome: { kind: "open" }, identified: true });
  });

  test.each([16, 17, 22, 58, 63, 99, 100, 103])("%d ends a signing order", (code) => {
    expect(eSign(25, 77, code).outcome).toMatchObject({ kind: "failed", code });
  });

  test("103 does not end an identification", () => {
    expect(identification(25, 103).outcome.kind).toBe("open");
  });

  test("29 stops, although it is not called final", () => {
    expect(eSign(25, 6, "29.65").outcome).toMatchObject({ kind: "stopped", reason: { kind: 29, subKind: 65 } });
  });

  test("a signature is a signature, whatever stands beside it", () => {
    expect(eSign(25, 6, 29, 84).outcome).toEqual({ kind: "success" });
    expect(eSign(25, 6, 84, 63).outcome).toEqual({ kind: "success" });
  });

  test("an identification that is called positive and negative is none", () => {
    expect(identification(25, 6, 17).outcome).toMatchObject({ kind: "failed", code: 17 });
  });

  test("suspected fraud ends nothing by itself, and is no news for the person", () => {
    expect(eSign(25, 78, 89)).toMatchObject({ outcome: { kind: "open" }, suspectedFraud: true, latest: { kind: 78 } });
  });

  test("a final code counts wherever it stands in the list", () => {
    const shuffled = history(25, 77, 78, 17, 7).toReversed();
    expect(judgeHistory(shuffled, "eSign").outcome).toMatchObject({ kind: "failed", code: 17 });
  });

  test("codes that nobody knows change nothing", () => {
    expect(eSign(25, 4711, 6, 99_999)).toMatchObject({ outcome: { kind: "open" }, latest: { kind: 6 } });
  });

  test("an empty history is an open order", () => {
    expect(eSign()).toMatchObject({ outcome: { kind: "open" }, latest: null, identified: false });
  });
});

describe("why", () => {
  test("is the sub-code of the final code", () => {
    const { outcome } = eSign(25, 78, "17.61");
    expect(outcome.kind === "failed" && statusName(outcome.reason)).toBe("17.61");
  });

  test("is the reason given before, when the final code says nothing", () => {
    const { outcome } = eSign(25, 98, 20_006, 17);
    expect(outcome.kind === "failed" && statusName(outcome.reason)).toBe("20006");
  });

  test("is the code itself when its sub-code is unknown", () => {
    expect(statusName({ kind: 17, subKind: 4711, time: null })).toBe("17");
  });
});

describe("what happened last", () => {
  test("follows the times, not the places in the list", () => {
    const entries = history(25, 71, 77, 78);
    const [first, second, third, fourth] = entries as [StatusEntry, StatusEntry, StatusEntry, StatusEntry];
    expect(judgeHistory([fourth, first, third, second], "eSign").latest).toEqual(fourth);
  });

  test("is the later of two entries of the same second as the service listed them", () => {
    const entries = history(25, 75, 6).map((entry) => ({ ...entry, time: START }));
    expect(judgeHistory(entries, "eSign").latest?.kind).toBe(6);
  });

  test("stands even where a time cannot be read", () => {
    const entries = history(25, 77, 78).map((entry) => ({ ...entry, time: entry.kind === 77 ? entry.time : null }));
    expect(judgeHistory(entries, "eSign").latest?.kind).toBe(78);
  });
});

describe("an attempt that was broken off", () => {
  test.each(["21.39", "109", "153.176"])("%s offers the page again, with the reason", (code) => {
    const { pageAgain } = eSign(25, 77, 78, code);
    expect(pageAgain && statusName(pageAgain)).toBe(code);
  });

  test("is over as soon as a new one has begun", () => {
    expect(eSign(25, 77, 78, 21, 77).pageAgain).toBeNull();
  });

  test("is not over because of a message or a further reason", () => {
    expect(eSign(25, 77, 78, 21, "7.21", 71, 10_006).pageAgain?.kind).toBe(21);
  });

  test("139 offers another code, until one was sent", () => {
    expect(eSign(25, 6, 101, "139.66").codeAgain?.subKind).toBe(66);
    expect(eSign(25, 6, 101, 139, 71).codeAgain).toBeNull();
    expect(eSign(25, 6, 101, 139).outcome.kind).toBe("open");
  });
});
