import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import {
  FAILED_STATUSES,
  failedStatus,
  hintOfStatus,
  PENDING_STATUSES,
  pendingStatus,
} from "../../../../electron/providers/bankid/order-status.ts";
import { RFA_IDS, RFA_TEXTS } from "../../../../shared/messages/bankid-rfa.ts";
import { haveVectors } from "../../evidence/bankid/bankid-vectors.ts";

test("statuses of PhenixID are BankID's hints in another spelling (sheet section 1.3)", () => {
  expect(
    [
      "OUTSTANDING_TRANSACTION",
      "USER_SIGN",
      "STARTED",
      "NO_CLIENT",
      "USER_MRTD",
      "USER_CALL_CONFIRM",
      "CANCELLED",
      "EXPIRED_TRANSACTION",
      "CERTIFICATE_ERR",
      "USER_CANCEL",
      "START_FAILED",
      "USER_DECLINED_CALL",
      "NOT_SUPPORTED_BY_USER_APP",
      "TRANSACTION_RISK_BLOCKED",
    ].map(hintOfStatus),
  ).toEqual([
    "outstandingTransaction",
    "userSign",
    "started",
    "noClient",
    "userMrtd",
    "userCallConfirm",
    "cancelled",
    "expiredTransaction",
    "certificateErr",
    "userCancel",
    "startFailed",
    "userDeclinedCall",
    "notSupportedByUserApp",
    "transactionRiskBlocked",
  ]);
  for (const other of ["OK", "PENDING", "ERROR", "", "userSign", "WHATEVER"]) {
    expect(hintOfStatus(other)).toBeUndefined();
  }
});

test("the code is shown only until the app has the order", () => {
  const shown = PENDING_STATUSES.filter(({ isWaitingForApp }) => isWaitingForApp).map(({ hint }) => hint);
  expect(shown).toEqual(["outstandingTransaction", "noClient"]);
});

// Sheet section 3.5.
test.each([
  ["outstandingTransaction", "RFA1", "RFA13"],
  ["noClient", "RFA1", "RFA1"],
  ["started", "RFA15B", "RFA15A"],
  ["userMrtd", "RFA23", "RFA23"],
  ["userCallConfirm", "RFA21", "RFA21"],
  ["userSign", "RFA9", "RFA9"],
])("%s: %s by phone, %s on this computer", (hint, qr, autostart) => {
  expect(pendingStatus(hint)?.message).toEqual({ qr, autostart });
});

test("a failed start has a cause of its own for each way to start (RFA17 has two forms)", () => {
  expect(failedStatus("startFailed")?.failure).toEqual({ qr: "bankid.not-scanned", autostart: "bankid.not-started" });
  const causes = FAILED_STATUSES.map(({ failure }) => failure.qr);
  expect(new Set(causes).size).toBe(causes.length);
});

test("no status is both alive and over, and unknown ones are neither", () => {
  for (const { hint } of PENDING_STATUSES) {
    expect(failedStatus(hint)).toBeUndefined();
  }
  expect(pendingStatus("somethingNew")).toBeUndefined();
  expect(failedStatus("somethingNew")).toBeUndefined();
});

describe.skipIf(!haveVectors)("the recommended messages (skipped without the shared sheet)", () => {
  test.each([...RFA_IDS])("%s is worded as in the sheet, in both languages", (id) => {
    const sheet = readFileSync(new URL("../../../../../shared/providers/bankid.md", import.meta.url), "utf8");
    const [, sv = "", en = ""] = new RegExp(`^\\| ${id} \\| (.*) \\| (.*) \\|$`, "mu").exec(sheet) ?? [];
    // Where only signing is done, these words may be left out (section 4).
    expect(RFA_TEXTS.sv[id]).toBe(sv.replace("Identifiera eller ", ""));
    expect(RFA_TEXTS.en[id]).toBe(en.replace("Identify or ", ""));
    expect(sv).not.toBe("");
  });
});
