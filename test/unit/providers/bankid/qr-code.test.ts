import { readFileSync } from "node:fs";
import { encode } from "uqr";
import { describe, expect, test } from "vitest";

import { autostartLink } from "../../../../electron/providers/bankid/autostart-link.ts";
import { qrData, qrPicture, secondsSince } from "../../../../electron/providers/bankid/qr-code.ts";
import { haveVectors } from "../../evidence/bankid/bankid-vectors.ts";

const TOKEN = "67df3917-fa0d-44e5-b327-edcc928297f8";
const SECRET = "d28db9a7-4cde-429e-a983-359be676944c";

interface Series {
  readonly qrStartToken: string;
  readonly qrStartSecret: string;
  readonly codes: readonly { readonly time: number; readonly qrData: string }[];
}

// Published in BankID's sample code.
test.each([
  [0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"],
  [1, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"],
  [2, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"],
])("the code of second %i is BankID's own", (second, code) => {
  expect(qrData({ token: TOKEN, secret: SECRET }, second)).toBe(`bankid.${TOKEN}.${second}.${code}`);
});

describe.skipIf(!haveVectors)("all published and derived codes (skipped without the shared vectors)", () => {
  test("come out the same", () => {
    const file = new URL("../../../../../shared/providers/vectors/bankid-qr.json", import.meta.url);
    const { published, derivedFromExample } = JSON.parse(readFileSync(file, "utf8")) as Record<string, Series>;
    for (const { qrStartToken, qrStartSecret, codes } of [published!, derivedFromExample!]) {
      for (const { time, qrData: expected } of codes) {
        expect(qrData({ token: qrStartToken, secret: qrStartSecret }, time)).toBe(expected);
      }
    }
  });
});

test("the picture holds exactly that text, without its quiet zone", () => {
  const start = { token: TOKEN, secret: SECRET };
  const { rows } = qrPicture(start, 7);
  const expected = encode(qrData(start, 7), { ecc: "L", border: 0 }).data;
  expect(rows).toEqual(expected.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")));
  // The three finder patterns (ISO/IEC 18004 6.3.3).
  expect([rows[0]!.slice(0, 7), rows[0]!.slice(-7), rows.at(-1)!.slice(0, 7)]).toEqual(Array(3).fill("1111111"));
  expect(rows[1]!.slice(0, 7)).toBe("1000001");
  expect(qrPicture(start, 8)).not.toEqual({ rows });
});

test("seconds are whole, begin at 0 and do not go below", () => {
  expect([0, 999, 1000, 61_500, -5000].map((passed) => secondsSince(10_000, 10_000 + passed))).toEqual([
    0, 0, 1, 61, 0,
  ]);
});

describe("the link that opens the app on this computer", () => {
  test("is built as BankID's sample code does it", () => {
    expect(autostartLink("c5698d12-0cf4-4456-ae7b-d795f9967798")).toBe(
      "bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null",
    );
  });

  test.each([
    "",
    "x",
    "c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=https://evil.example",
    "c5698d12-0cf4-4456-ae7b-d795f9967798\n",
    " c5698d12-0cf4-4456-ae7b-d795f9967798",
    "c5698d120cf44456ae7bd795f9967798",
    "g5698d12-0cf4-4456-ae7b-d795f9967798",
    "file:///etc/passwd",
  ])("is none for a token that is no UUID: %j", (token) => {
    expect(autostartLink(token)).toBeNull();
  });
});
