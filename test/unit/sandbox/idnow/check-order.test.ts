import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { practiceAccount } from "../../../../sandbox/idnow/account-options.ts";
import { checkOrder } from "../../../../sandbox/idnow/check-order.ts";
import { simplePdf } from "../../../../sandbox/documents/simple-pdf.ts";
import { hasVectors, vectorsNote } from "../../pki/corpus-file.ts";
import { hashBody, smallestBody } from "./made-order.ts";

const check = (body: object) => checkOrder(body as Readonly<Record<string, unknown>>, practiceAccount);
const pdf = (lines: readonly string[]) => Buffer.from(simplePdf("Contract", lines)).toString("base64");
const eSign = (document: object) => ({ ...smallestBody, Product: 15, eSignPDF: document });

test.skipIf(!hasVectors)(`The documents' example is taken, its blank behind the address too${vectorsNote}`, () => {
  const vector = new URL("../../../../../shared/providers/vectors/idnow-putOrder-request.json", import.meta.url);
  const checked = check(JSON.parse(readFileSync(vector, "utf8")) as object);
  expect(checked).toMatchObject({
    ok: true,
    value: {
      email: "e.mustermann@example.com",
      person: { firstname: "Erika", surname: "Mustermann", country: "DE" },
      hooks: { OnFinal: "https://webhook.site/1234567_890?OnFinal=[OrderID]" },
    },
  });
});

test.each<readonly [string, object, RegExp]>([
  ["no product", { ...smallestBody, Product: undefined }, /^Product is missing$/],
  ["an unknown product", { ...smallestBody, Product: 1 }, /^Product 1 is unknown$/],
  ["an unknown Add", { ...smallestBody, Add: 1 }, /^Add 1 is unknown$/],
  ["two account flags", { ...smallestBody, Add: 24 }, /exclude each other/],
  ["no e-mail", { ...smallestBody, Email: " " }, /^Email is empty$/],
  ["an e-mail of 51 characters", { ...smallestBody, Email: "x".repeat(51) }, /^Email is longer than 50/],
  ["a reference of 101 characters", { ...smallestBody, Ref: "x".repeat(101) }, /^Ref is longer than 100/],
  ["no address", { ...smallestBody, Address: undefined }, /^Address is missing$/],
  ["no country", { ...smallestBody, Address: { Firstname: "A", Surname: "B" } }, /^Address.Country is missing$/],
  ["a phone number with blanks", { ...smallestBody, Mobile: "+49 171 123" }, /^Mobile is not a phone number/],
  ["a birthday that does not exist", { ...smallestBody, IdentData: { Birthdate: "12.08.1964" } }, /Birthdate/],
  ["a ZIP code of six", { ...smallestBody, IdentData: { ZipCode: "123456" } }, /^IdentData.ZipCode/],
  ["a country of three letters in IdentData", { ...smallestBody, IdentData: { Country: "DEU" } }, /^IdentData.Country/],
  ["an unknown gender", { ...smallestBody, IdentData: { Gender: "x" } }, /Gender/],
  ["getTargetLink as text", { ...smallestBody, getTargetLink: "yes" }, /^getTargetLink is not a boolean$/],
  ["a long webhook", { ...smallestBody, WebhookURL: { OnFinal: "x".repeat(251) } }, /^WebhookURL.OnFinal/],
  ["both webhooks of a call", { ...smallestBody, WebhookURL: { AfterVideo: "a", AfterIdent: "b" } }, /exclude/],
  ["a shop order without street", { ...smallestBody, Product: 8 }, /whole Address/],
  ["nothing to sign", { ...smallestBody, Product: 15 }, /needs eSignPDF/],
  ["documents for an identification", { ...hashBody, Product: 12 }, /need Product 15/],
  ["a TAN text without placeholder", { ...hashBody, eSignTanSmsText: "Your TAN" }, /no \[TAN\]/],
  ["a hash of 20 bytes", { ...hashBody, eSignHash: { Hash: Buffer.alloc(20).toString("base64") } }, /SHA-256/],
  ["eleven additional fields", { ...smallestBody, IdentData: { Additional: additional(11) } }, /more than 10/],
  ["three additional fields in a shop", { ...shop(), IdentData: { Additional: additional(3) } }, /more than 2/],
  ["Data that is no Base64", eSign({ Data: "%%%" }), /is not Base64/],
  ["Data that is no PDF", eSign({ Data: Buffer.from("hello").toString("base64") }), /cannot be read/],
  ["position and field", eSign({ Data: pdf([]), SignaturePosX: 1, SignatureFieldName: "S" }), /exclude each other/],
  ["a field that is not there", eSign({ Data: pdf([]), SignatureFieldName: "S" }), /no-such-field/],
  ["a page that is not there", eSign({ Data: pdf([]), SignaturePage: 2 }), /no-such-page/],
  ["a place beside the page", eSign({ Data: pdf([]), SignaturePosX: 700, SignaturePosY: 1 }), /outside-page/],
  ["a tag that is not there", eSign({ Data: pdf(["one"]), SignatureTag: "HERE" }), /does not occur/],
  ["a tag that is there twice", eSign({ Data: pdf(["HERE", "HERE"]), SignatureTag: "HERE" }), /occurs 2 times/],
  ["half a point of offset", eSign({ Data: pdf(["HERE"]), SignatureTag: "HERE", SignatureOffsetPosX: 0.5 }), /whole/],
])("putOrder refuses %s", (_what, body, fault) => {
  expect(check(body)).toEqual({ ok: false, fault: expect.stringMatching(fault) });
});

test("Without a position the documents' defaults hold", () => {
  const checked = check(eSign({ Data: pdf([]), Filename: "a.pdf" }));
  // "Default is 100;100", "Default is 200;60", "Default is 1".
  expect(checked.ok && checked.value.documents[0]?.place).toEqual({
    kind: "rectangle",
    page: 1,
    x: 100,
    y: 100,
    width: 200,
    height: 60,
  });
});

test("A tag gives the place where its text stands, moved by the offset", () => {
  // The second line of the report stands at 56, 705 - 16.
  const tagged = { Data: pdf(["one", "HERE"]), SignatureTag: "HERE", SignatureOffsetPosX: 10, SignatureOffsetPosY: -9 };
  const checked = check(eSign(tagged));
  expect(checked.ok && checked.value.documents[0]?.place).toMatchObject({ page: 1, x: 66, y: 680 });
});

function additional(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, { Type: 1, Label: "L" }]));
}

function shop(): object {
  const Address = { ...smallestBody.Address, Street: "Heidestr. 17", ZipCode: "51147", City: "Köln" };
  return { ...smallestBody, Product: 8, Address };
}
