import { describe, expect, test } from "vitest";
import { checkRedirectUrl, checkRequestor } from "../../../../sandbox/itsme/contract.ts";
import { practiceContract } from "./practice-contract.ts";

const contract = practiceContract();

describe("Who is asking", () => {
  test.each([
    ["P", "S", null],
    [undefined, "S", "MISSING_PARTNER_CODE"],
    ["", "S", "MISSING_PARTNER_CODE"],
    ["P", null, "MISSING_SERVICE_CODE"],
    ["X", "S", "INVALID_REQUESTOR"],
    ["P", "X", "INVALID_REQUESTOR"],
    ["P".repeat(11), "S", "INVALID_REQUESTOR"],
    ["P", "S".repeat(46), "INVALID_REQUESTOR"],
  ])("partner %s and service %s give %s", (partner, service, expected) => {
    expect(checkRequestor(contract, partner, service)).toBe(expected);
  });
});

describe("The return address", () => {
  test.each([
    ["https://partner.example/back?sessionID=1", null],
    ["https://partner.example/back?extra=2&sessionID=1", null],
    ["https://partner.example/back", "UNAUTHORIZED_URL"],
    ["https://partner.example/other?sessionID=1", "UNAUTHORIZED_URL"],
    ["https://partner.example.evil.example/back?sessionID=1", "UNAUTHORIZED_URL"],
    ["https://partner.example:444/back?sessionID=1", "UNAUTHORIZED_URL"],
    ["http://partner.example/back?sessionID=1", "INVALID_URL"],
    ["https://user@partner.example/back?sessionID=1", "INVALID_URL"],
    ["not a url", "INVALID_URL"],
    [null, "INVALID_URL"],
    [`https://partner.example/back?sessionID=1&x=${"y".repeat(255)}`, "INVALID_URL"],
  ])("%s gives %s", (given, expected) => {
    expect(checkRedirectUrl(contract, given)).toBe(expected);
  });
});
