import { describe, expect, test } from "vitest";
import { UsageError } from "../../../cli/exit-status.ts";
import { placementOf } from "../../../cli/sign-request.ts";
import { spreadTrust } from "../../../cli/trust-anchors.ts";

describe("--place", () => {
  test("takes page and rectangle in points", () => {
    expect(placementOf("3,72,100.5,200,60")).toEqual({
      kind: "rectangle",
      page: 3,
      rectangle: { x: 72, y: 100.5, width: 200, height: 60 },
    });
  });

  test.each(["", "3", "0,1,1,1,1", "1.5,1,1,1,1", "1,1,1,0,1", "1,1,1,1", "1,a,1,1,1", "1,1,1,1,1,1", "1,,1,1,1"])(
    "refuses %j",
    (text) => {
      expect(() => placementOf(text)).toThrow(UsageError);
    },
  );
});

describe("--trust", () => {
  test("takes several certificates in a row and leaves the files alone", () => {
    expect(spreadTrust(["verify", "--trust", "a.pem", "b.crt", "x.pdf"])).toEqual([
      "verify",
      "--trust",
      "a.pem",
      "--trust",
      "b.crt",
      "x.pdf",
    ]);
    expect(spreadTrust(["verify", "x.pdf", "--trust", "a.pem", "--json", "c.pem"])).toEqual([
      "verify",
      "x.pdf",
      "--trust",
      "a.pem",
      "--json",
      "c.pem",
    ]);
  });
});
