import { describe, expect, test } from "vitest";
import { ADD, orderProblem } from "../../../../../electron/providers/idnow/api/order-request.ts";
import { haveVectors, vector } from "../vectors.ts";

const order = {
  Product: 15,
  Add: 0,
  Email: "e.mustermann@example.com",
  Address: { Firstname: "Erika", Surname: "Mustermann", Country: "DE" },
};
const pdf = { Data: "JVBERg==", Filename: "contract.pdf" };
const field = (change: object) => orderProblem({ ...order, ...change })?.params?.["field"] ?? null;

test.skipIf(!haveVectors)("the manual's own order is accepted, its address with the trailing blank included", () => {
  expect(orderProblem(vector("putOrder-request"))).toBeNull();
});

test("an order with nothing but the mandatory fields is accepted", () => {
  expect(orderProblem(order)).toBeNull();
});

describe("the limits of the manual's tables: the longest that passes, and one more", () => {
  test.each<[string, number, (text: string) => object]>([
    ["Ref", 100, (Ref) => ({ Ref })],
    ["Address.Firstname", 50, (Firstname) => ({ Address: { ...order.Address, Firstname } })],
    ["Address.Surname", 50, (Surname) => ({ Address: { ...order.Address, Surname } })],
    ["Address.CompanyName", 50, (CompanyName) => ({ Address: { ...order.Address, CompanyName } })],
    ["Address.Street", 50, (Street) => ({ Address: { ...order.Address, Street } })],
    ["Address.ZipCode", 5, (ZipCode) => ({ Address: { ...order.Address, ZipCode } })],
    ["Address.City", 100, (City) => ({ Address: { ...order.Address, City } })],
    ["IdentData.Street", 100, (Street) => ({ IdentData: { Street } })],
    ["IdentData.Birthplace", 100, (Birthplace) => ({ IdentData: { Birthplace } })],
    ["IdentData.Birthname", 75, (Birthname) => ({ IdentData: { Birthname } })],
    ["IdentData.Nationality", 50, (Nationality) => ({ IdentData: { Nationality } })],
    ["IdentData.Title", 50, (Title) => ({ IdentData: { Title } })],
    ["IdentData.Artistname", 50, (Artistname) => ({ IdentData: { Artistname } })],
    ["IdentData.CollectedBy", 255, (CollectedBy) => ({ IdentData: { CollectedBy } })],
    ["IdentData.IDCard.CardNo", 50, (CardNo) => ({ IdentData: { IDCard: { CardNo } } })],
    ["IdentData.IDCard.PlaceOfIssue", 100, (PlaceOfIssue) => ({ IdentData: { IDCard: { PlaceOfIssue } } })],
    ["IdentData.DriverLicence.LicenceNo", 50, (LicenceNo) => ({ IdentData: { DriverLicence: { LicenceNo } } })],
    ["IdentData.DriverLicence.Classes", 50, (Classes) => ({ IdentData: { DriverLicence: { Classes } } })],
    ["IdentData.Additional.size.Label", 100, (Label) => ({ IdentData: { Additional: { size: { Type: 1, Label } } } })],
    [
      "IdentData.Additional.size.Value",
      150,
      (Value) => ({ IdentData: { Additional: { size: { Type: 1, Label: "Size", Value } } } }),
    ],
    ["LegitimationDocument.0", 50, (document) => ({ LegitimationDocument: [document] })],
    ["eSignPDF.Filename", 50, (Filename) => ({ eSignPDF: { ...pdf, Filename } })],
    ["eSignPDF.0.Filename", 50, (Filename) => ({ eSignPDF: [{ ...pdf, Filename }] })],
    ["eSignHash.Filename", 50, (Filename) => ({ eSignHash: { Hash: "AAAA", Filename } })],
    ["eSignPDF.Stamping.0.Content", 500, (Content) => ({ eSignPDF: { ...pdf, Stamping: [{ Content }] } })],
    ["eSignOptions.AdditionalCheckboxes.0", 300, (box) => ({ eSignOptions: { AdditionalCheckboxes: [box] } })],
    ["Purpose", 150, (Purpose) => ({ Purpose })],
    ["Purpose.de", 150, (de) => ({ Purpose: { de } })],
    ["CustomerRouteTag", 250, (CustomerRouteTag) => ({ CustomerRouteTag })],
  ])("%s: %d", (name, maximum, put) => {
    expect(field(put("x".repeat(maximum)))).toBeNull();
    const refused = orderProblem({ ...order, ...put("x".repeat(maximum + 1)) });
    expect(refused).toEqual({ code: "idnow.field", params: { field: name, limit: `at most ${maximum} characters` } });
  });

  test("addresses: 150 for a redirect, 250 for a hook", () => {
    const url = (length: number) => `https://a.example/${"x".repeat(length - 18)}`;
    expect(field({ RedirectURL: { Success: url(150) }, WebhookURL: { OnFinal: url(250) } })).toBeNull();
    expect(field({ RedirectURL: { Abort: url(151) } })).toBe("RedirectURL.Abort");
    expect(field({ WebhookURL: { OnStatusChange: url(251) } })).toBe("WebhookURL.OnStatusChange");
  });

  test("an e-mail address has 50 characters, one for notifications 150", () => {
    const mail = (length: number) => `${"x".repeat(length - 12)}@example.com`;
    expect(field({ Email: mail(50), EmailNotifications: { OnLeave: mail(150) } })).toBeNull();
    expect(field({ Email: mail(51) })).toBe("Email");
    expect(field({ EmailNotifications: { OnLeave: mail(151) } })).toBe("EmailNotifications.OnLeave");
  });
});

describe("what has another shape than the manual wants is refused by name", () => {
  test.each<[string, object]>([
    ["Email", { Email: undefined }],
    ["Email", { Email: "erika" }],
    ["Address", { Address: undefined }],
    ["Address.Surname", { Address: { ...order.Address, Surname: "  " } }],
    ["Address.Country", { Address: { ...order.Address, Country: "Germany" } }],
    ["IdentData.Country", { IdentData: { Country: "DEU" } }],
    ["Product", { Product: 1 }],
    ["Add", { Add: 2 }],
    ["Add", { Add: ADD.aes + ADD.bes }],
    ["Add", { Add: ADD.signMeUse + ADD.signMeCreate }],
    ["Lang", { Lang: "DE" }],
    ["Mobile", { Mobile: "0170 1234567" }],
    ["Mobile", { Mobile: "+49 170 1234567" }],
    ["Phone", { Phone: "+4917012345678901234" }],
    ["IdentData.Birthdate", { IdentData: { Birthdate: "12.08.1964" } }],
    ["IdentData.Birthdate", { IdentData: { Birthdate: "1963-02-29" } }],
    ["IdentData.Gender", { IdentData: { Gender: "x" } }],
    ["IdentData.Additional.size.Type", { IdentData: { Additional: { size: { Type: 5, Label: "Size" } } } }],
    ["IdentData.IDCard.Images.Front", { IdentData: { IDCard: { Images: { Front: "no base64!" } } } }],
    ["eSignPDF.Data", { eSignPDF: { ...pdf, Data: "JVBERg=" } }],
    ["eSignPDF.1.Filename", { eSignPDF: [pdf, pdf] }],
    ["eSignPDF.SignatureFieldName", { eSignPDF: { ...pdf, SignaturePosX: 1, SignatureFieldName: "Field" } }],
    ["eSignPDF.SignatureTag", { eSignPDF: { ...pdf, SignaturePosY: 1, SignatureTag: "#sign" } }],
    ["eSignPDF.SignatureFieldName", { eSignPDF: { ...pdf, SignatureFieldName: "Field", SignatureTag: "#sign" } }],
    ["eSignPDF.SignatureWidth", { eSignPDF: { ...pdf, SignatureWidth: 100 } }],
    ["eSignPDF.SignatureOffsetPosX", { eSignPDF: { ...pdf, SignatureOffsetPosX: 3 } }],
    ["eSignPDF.SignatureOffsetPosX", { eSignPDF: { ...pdf, SignatureTag: "#", SignatureOffsetPosX: 3.5 } }],
    ["eSignPDF.Stamping.0.Tag", { eSignPDF: { ...pdf, Stamping: [{ Tag: "#", PosX: 1 }] } }],
    ["eSignHash", { eSignPDF: pdf, eSignHash: { Hash: "AAAA", Filename: "a" } }],
    ["WebhookURL.AfterVideo", { WebhookURL: { AfterVideo: "https://a.example", AfterIdent: "https://a.example" } }],
    ["WebhookURL.OnFinal", { WebhookURL: { OnFinal: "http://a.example" } }],
    ["eSignTanSmsText", { eSignTanSmsText: "Your code" }],
    ["verificationSmsText", { verificationSmsText: "TAN" }],
    ["getVideoHashes", { Product: 16, getVideoHashes: true }],
    ["Product", { Product: 12, eSignPDF: pdf }],
    ["", { Unknown: 1 }],
  ])("%s", (name, change) => {
    const problem = orderProblem({ ...order, ...change });
    expect(problem?.code).toBe("idnow.field");
    expect(problem?.params?.["field"]).toBe(name);
    expect(problem?.params?.["limit"]).not.toBe("");
  });

  test("more additional fields than ten, or two in a shop", () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, { Type: 1, Label: "L" }]));
    expect(field({ IdentData: { Additional: fields(10) } })).toBeNull();
    expect(field({ IdentData: { Additional: fields(11) } })).toBe("IdentData.Additional");
    expect(field({ Product: 8, IdentData: { Additional: fields(3) } })).toBe("IdentData.Additional");
  });
});

test("a refusal names the field and the limit, and never the value", () => {
  const secret = `Erika-${"x".repeat(60)}`;
  const problem = orderProblem({ ...order, Address: { ...order.Address, Firstname: secret } });
  expect(JSON.stringify(problem)).not.toContain("Erika");
});

test("placeholders in addresses pass, as in the manual's example", () => {
  expect(field({ RedirectURL: { Success: "https://a.example/ok?OrderID=[OrderID]&Ref=[Ref]" } })).toBeNull();
});
