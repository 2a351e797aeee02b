import { describe, expect, test } from "vitest";
import {
  EMPTY_FOURTHLINE,
  changedFourthline,
  fourthlineDetails,
  leftFourthline,
  shownFourthlineProblem,
} from "../../../../renderer/state/fourthline-draft.ts";
import type { FourthlineDraft } from "../../../../renderer/state/fourthline-draft.ts";
import { orderDetailsSchema } from "../../../../shared/order-details.ts";

const filled: FourthlineDraft = {
  ...EMPTY_FOURTHLINE,
  values: { givenName: " Sofie ", surname: "de Boer", mobile: "+31 (0)6 1234-5678", reference: " customer 4711 " },
};

describe("an order to Fourthline as it is typed", () => {
  test("becomes what main's schema takes, trimmed, the number without what people put into it", () => {
    const details = fourthlineDetails(filled, ["completed", "pending"]);
    expect(details).toEqual({
      provider: "fourthline",
      signer: { givenName: "Sofie", surname: "de Boer", mobile: "+31612345678" },
      flow: "completed",
      reference: "customer 4711",
    });
    expect(orderDetailsSchema.safeParse(details).success).toBe(true);
  });

  test("asks for the only flow that the account has, whatever was chosen before", () => {
    expect(fourthlineDetails({ ...filled, flow: "completed" }, ["pending"])?.flow).toBe("pending");
  });

  test.each([
    ["givenName", " "],
    ["surname", ""],
    ["mobile", "06 12345678"],
    ["reference", ""],
    ["reference", "x".repeat(101)],
  ] as const)("is none while %s is %j", (field, value) => {
    expect(fourthlineDetails(changedFourthline(filled, field, value), ["completed"])).toBeNull();
  });

  test("finds fault with a field only when it was left with something in it, or Sign was pressed", () => {
    const typing = changedFourthline(EMPTY_FOURTHLINE, "mobile", "06");
    expect(shownFourthlineProblem(typing, "mobile")).toBeNull();
    expect(shownFourthlineProblem(leftFourthline(typing, "mobile"), "mobile")).toBe("no-country");
    expect(shownFourthlineProblem(leftFourthline(EMPTY_FOURTHLINE, "surname"), "surname")).toBeNull();
    expect(shownFourthlineProblem({ ...EMPTY_FOURTHLINE, showsAll: true }, "surname")).toBe("missing");
  });
});
