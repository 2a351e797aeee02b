import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { success } from "../../../../../shared/result.ts";
import { idnowApi } from "../../../../../electron/providers/idnow/api/idnow-api.ts";
import type { IdnowApi } from "../../../../../electron/providers/idnow/api/idnow-api.ts";
import { haveVectors, vector, vectorText } from "../vectors.ts";
import { BASE, ScriptedHttp } from "../scripted-http.ts";
import type { Reply, SeenCall } from "../scripted-http.ts";
import { lentSecret } from "../../lent-secret.ts";

const { signal } = new AbortController();
const KEY = new Uint8Array(32).fill(7);
const PDF = "%PDF-1.7\n%%EOF\n";
const base64 = (text: string) => Buffer.from(text).toString("base64");

function api(reply: Reply | ((call: SeenCall) => Reply), secrets: { readonly password?: string | null } = {}) {
  const http = new ScriptedHttp(typeof reply === "function" ? reply : () => reply);
  const calls = idnowApi({
    profile: { baseUrl: BASE, user: "kunde" },
    http,
    secrets: {
      password: () => lentSecret(secrets.password === undefined ? "pass wört" : secrets.password),
      cryptKey: () => Promise.resolve(success(KEY.slice())),
    },
  });
  return { http, calls };
}

const draft = {
  Product: 15,
  Add: 0,
  Ref: "ref-1",
  Email: "erika@example.com",
  Address: { Firstname: "Erika", Surname: "Mustermann", Country: "DE" },
} as const;

/** Every call of the sheet's list: what it looks like on the wire. */
const ALL: readonly (readonly [string, string, string, (calls: IdnowApi) => Promise<unknown>])[] = [
  ["putOrder", "PUT", "putOrder", (calls) => calls.putOrder(draft, signal)],
  ["getStatus", "GET", "getStatus/1", (calls) => calls.getStatus("1", {}, signal)],
  ["getStatus", "GET", "getStatus/1/ExtendedList", (calls) => calls.getStatus("1", { extended: true }, signal)],
  ["getStatus", "GET", "getStatus/1/IncludeSubKind", (calls) => calls.getStatus("1", { subKinds: true }, signal)],
  [
    "getStatus",
    "GET",
    "getStatus/1/ExtendedList/IncludeSubKind",
    (calls) => calls.getStatus("1", { extended: true, subKinds: true }, signal),
  ],
  ["getIdentData", "GET", "getIdentData/1", (calls) => calls.getIdentData("1", {}, { signal })],
  [
    "getIdentData",
    "GET",
    "getIdentData/1/IncludeInitialData/IncludeIdentifyMethod/IncludeIdentifier/crypt",
    (calls) =>
      calls.getIdentData("1", { initialData: true, method: true, identifier: true }, { signal, encrypted: true }),
  ],
  ["getIdentData", "GET", "getIdentData/1/Signed", (calls) => calls.getSignedIdentData("1", { signal })],
  ["getIdentDataPDF", "GET", "getIdentDataPDF/1", (calls) => calls.getIdentDataPDF("1", { signal })],
  [
    "getIdentDataPDF",
    "GET",
    "getIdentDataPDF/1/crypt",
    (calls) => calls.getIdentDataPDF("1", { signal, encrypted: true }),
  ],
  ["getESignPDF", "GET", "getESignPDF/1", (calls) => calls.getESignPDF("1", { signal })],
  ["getESignPDF", "GET", "getESignPDF/1/crypt", (calls) => calls.getESignPDF("1", { signal, encrypted: true })],
  ["getESignHash", "GET", "getESignHash/1", (calls) => calls.getESignHash("1", { signal })],
  ["getESignAuditLogPDF", "GET", "getESignAuditLogPDF/1", (calls) => calls.getESignAuditLogPDF("1", { signal })],
  ["getImages", "GET", "getImages/1", (calls) => calls.getImages("1", { signal })],
  [
    "getVideoFileBinaryAsync",
    "POST",
    "getVideoFileBinaryAsync/1",
    (calls) => calls.getVideoFileBinaryAsync("1", "https://a.example/ready", signal),
  ],
  ["getVideoFileBinary", "GET", "getVideoFileBinary/1", (calls) => calls.getVideoFileBinary("1", { signal })],
  [
    "getVideoFileBinary",
    "GET",
    "getVideoFileBinary/1/crypt",
    (calls) => calls.getVideoFileBinary("1", { signal, encrypted: true }),
  ],
  ["getVoiceFiles", "GET", "getVoiceFiles/1", (calls) => calls.getVoiceFiles("1", { signal })],
  ["getVoiceFiles", "GET", "getVoiceFiles/1/crypt", (calls) => calls.getVoiceFiles("1", { signal, encrypted: true })],
  ["delIdentdata", "DELETE", "delIdentdata/1", (calls) => calls.delIdentdata("1", signal)],
  ["getOrdersByRef", "GET", "getOrdersByRef/a-1.b+c", (calls) => calls.getOrdersByRef("a-1.b+c", signal)],
  ["cancelOrder", "POST", "cancelOrder/1", (calls) => calls.cancelOrder("1", signal)],
  ["requestSign", "POST", "requestSign/1", (calls) => calls.requestSign("1", signal)],
  ["confirmSign", "POST", "confirmSign/1", (calls) => calls.confirmSign("1", "123456", signal)],
  ["requestResendSignTan", "POST", "requestResendSignTan/1", (calls) => calls.requestResendSignTan("1", signal)],
  [
    "requestPhoneVerification",
    "POST",
    "requestPhoneVerification/1",
    (calls) => calls.requestPhoneVerification("1", signal),
  ],
  ["provePhoneControl", "POST", "provePhoneControl/1", (calls) => calls.provePhoneControl("1", "12345", signal)],
  ["requestResendPhoneTan", "POST", "requestResendPhoneTan/1", (calls) => calls.requestResendPhoneTan("1", signal)],
  ["serverStatus", "GET", "serverStatus", (calls) => calls.serverStatus(signal)],
  ["systemStatus", "GET", "systemStatus", (calls) => calls.systemStatus(signal)],
  ["checkSignmeUser", "POST", "checkSignmeUser", (calls) => calls.checkSignmeUser({ email: "e@example.com" }, signal)],
  ["requestNewPassword", "POST", "requestNewPassword", (calls) => calls.requestNewPassword("+49171123456", signal)],
  [
    "confirmNewPassword",
    "POST",
    "confirmNewPassword",
    (calls) => calls.confirmNewPassword("123456", () => Promise.resolve(true), signal),
  ],
];

describe("on the wire", () => {
  test.each(ALL)("%s is %s %s", async (_name, method, path, make) => {
    const { calls, http } = api({ status: 200, json: {} });
    await make(calls);
    expect(http.calls.map((call) => [call.method, call.path.join("/")])).toEqual([[method, path]]);
  });

  test("the list has the 25 calls of the interface", () => {
    expect(new Set(ALL.map(([name]) => name)).size).toBe(25);
  });

  test("user and password travel as RFC 7617 says, in UTF-8", async () => {
    const { calls, http } = api({ status: 200, json: {} });
    await calls.systemStatus(signal);
    expect(http.calls[0]?.headers["authorization"]).toBe("Basic a3VuZGU6cGFzcyB3w7ZydA==");
  });

  test("nothing is sent when the vault has no password", async () => {
    const { calls, http } = api({ status: 200, json: {} }, { password: null });
    expect(await calls.systemStatus(signal)).toEqual({ ok: false, failure: { code: "provider.no-credentials" } });
    expect(http.calls).toEqual([]);
  });

  test("an order id with a slash stays one part of the path", async () => {
    const { calls, http } = api({ status: 200, json: {} });
    await calls.cancelOrder("1/../2", signal);
    expect(http.calls[0]?.path).toEqual(["cancelOrder", "1/../2"]);
  });
});

describe("what each HTTP code means", () => {
  test.each([
    [400, "idnow.bad-request"],
    [401, "idnow.credentials"],
    [403, "provider.access-denied"],
    [404, "idnow.order-gone"],
    [406, "idnow.wrong-state"],
    [409, "idnow.wrong-tan"],
    [410, "idnow.already-processed"],
    [412, "idnow.signing-not-started"],
    [429, "idnow.too-many-tans"],
    [500, "provider.server-error"],
    [503, "provider.server-error"],
    [302, "provider.unexpected-answer"],
    [418, "provider.unexpected-answer"],
  ])("%d is %s", async (status, code) => {
    const { calls } = api({ status });
    const outcome = await calls.confirmSign("1", "123456", signal);
    expect(outcome).toMatchObject({ ok: false, failure: { code } });
  });

  test("429 says something of codes only where one was sent: anywhere else it passes", async () => {
    const { calls } = api({ status: 429 });
    expect(await calls.requestSign("1", signal)).toEqual({
      ok: false,
      failure: { code: "provider.server-error", params: { status: 429 } },
    });
  });

  test("401 has another meaning where the password is changed", async () => {
    const { calls } = api({ status: 401 });
    const outcome = await calls.requestNewPassword("+49171123456", signal);
    expect(outcome).toEqual({ ok: false, failure: { code: "idnow.password-refused" } });
  });

  test("a 400 tells what IDnow says, as JSON or as plain text", async () => {
    const json = await api({ status: 400, json: { Error: "PDF is protected" } }).calls.putOrder(draft, signal);
    expect(json).toMatchObject({ failure: { params: { text: "PDF is protected" } } });
    const plain = await api({ status: 400, text: "Tag not\nunique" }).calls.requestSign("1", signal);
    expect(plain).toMatchObject({ failure: { params: { text: "Tag not unique" } } });
    const page = await api({ status: 400, text: "<html>Bad Request</html>" }).calls.requestSign("1", signal);
    expect(page).toMatchObject({ failure: { params: { text: "HTTP 400" } } });
  });

  test("a 400 that quotes the person is told without the quotation", async () => {
    const text = "Mustermann (erika@example.com, other@example.org, +49 170 1234567) may not sign";
    const { calls } = api({ status: 400, json: { Error: text } });
    const outcome = await calls.putOrder(draft, signal);
    expect(outcome).toMatchObject({ failure: { params: { text: "… (…, …, …) may not sign" } } });
  });
});

describe.skipIf(!haveVectors)("the manual's own examples (skipped without the shared vectors)", () => {
  test("putOrder", async () => {
    const { calls, http } = api({ status: 202, text: vectorText("putOrder-response") });
    const request = vector("putOrder-request");
    const outcome = await calls.putOrder(request, signal);
    expect(http.calls[0]?.body).toEqual({ ...request, Email: "e.mustermann@example.com" });
    expect(outcome).toEqual({
      ok: true,
      value: {
        orderId: "99921269855041",
        targetUrl: "https://www.identity.tm/status/37C4B60A72A1C6C74FC038282CED500B",
        deepLinkUrl: "https://www.identity.tm/ident/37C4B60A72A1C6C74FC038282CED500B",
        autoIdUrl: null,
        signedDataAccepted: null,
        videoHashes: { shortCode: "SHU8T", longCode: "a9PPz-eFcNBifsk--bNJ" },
      },
    });
  });

  test("getStatus: every entry, the last one later than the answer itself", async () => {
    const { calls } = api({ status: 200, text: vectorText("getStatus-response") });
    const outcome = await calls.getStatus("99921269855041", { extended: true }, signal);
    const entries = outcome.ok ? outcome.value.entries : [];
    expect(entries.map(({ kind }) => kind)).toEqual([25, 71, 94, 77, 78, 71, 75, 6, 23, 95]);
    expect(entries[1]).toEqual({
      kind: 71,
      subKind: null,
      time: Date.parse("2018-09-05T08:54:00Z"),
      text: "signme Passwort",
    });
  });

  test("getIdentData: what was checked and what was ordered, without nulls and dummy dates", async () => {
    const { calls } = api({ status: 200, text: vectorText("getIdentData-response") });
    const outcome = await calls.getIdentData("1", { initialData: true }, { signal });
    const value = outcome.ok ? outcome.value : null;
    expect(value?.identifiedAt).toBe("2018-09-05T11:06:21+02:00");
    expect(value?.checked?.get("City")).toBe("Köln");
    expect(value?.checked?.get("IDCard.CardNo")).toBe("T22000129");
    expect(value?.initial?.get("Surname")).toBe("Mustermann");
    expect(value?.initial?.has("IDCard.ValidUntil")).toBe(false);
    expect(value?.initial?.has("IDCard.CardNo")).toBe(false);
  });

  test("systemStatus", async () => {
    const { calls } = api({ status: 200, text: vectorText("systemStatus-response") });
    expect(await calls.systemStatus(signal)).toMatchObject({
      value: { alive: true, video: true, mail: true, sms: true, qes: true, aes: true, autoIdent: null },
    });
  });

  test("the bodies of the small calls", async () => {
    const examples = vector("small-examples");
    const reply: Reply = { status: 200, json: examples["checkSignmeUser.response"] };
    const { calls, http } = api((call) =>
      call.path[0] === "confirmNewPassword" ? { status: 200, json: examples["confirmNewPassword.response"] } : reply,
    );
    const email = examples["checkSignmeUser.request"].Email;
    expect(await calls.checkSignmeUser({ email }, signal)).toEqual({
      ok: true,
      value: { exists: false, ableToSign: false },
    });
    const kept: string[] = [];
    await calls.confirmSign("1", "123456", signal);
    await calls.provePhoneControl("1", "123456", signal);
    await calls.requestNewPassword(examples["requestNewPassword.request"].mobile, signal);
    const changed = await calls.confirmNewPassword(
      "123456",
      (password) => Promise.resolve(kept.push(password) > 0),
      signal,
    );
    expect(http.calls.map(({ body }) => body)).toEqual([
      examples["checkSignmeUser.request"],
      examples["confirmSign.request"],
      examples["provePhoneControl.request"],
      examples["requestNewPassword.request"],
      examples["confirmNewPassword.request"],
    ]);
    expect(kept).toEqual(["XXXXXXXXXXXX"]);
    expect(JSON.stringify(changed)).not.toContain("XXXX");
  });

  test("getOrdersByRef, as it is printed and as it is meant", async () => {
    const examples = vector("small-examples");
    const expected = { ok: true, value: ["99921801997040", "99921800019939"] };
    const printed = String(examples["getOrdersByRef.response.asPrinted"]).replace(/ {2}\(.*$/u, "");
    expect(await api({ status: 200, text: printed }).calls.getOrdersByRef("r", signal)).toEqual(expected);
    const assumed = examples["getOrdersByRef.response.assumed"];
    expect(await api({ status: 200, json: assumed }).calls.getOrdersByRef("r", signal)).toEqual(expected);
    expect(await api({ status: 200, json: { Orders: assumed } }).calls.getOrdersByRef("r", signal)).toEqual(expected);
  });

  test("pictures and voices are printed cut off, and so they are called damaged", async () => {
    const damaged = { ok: false, failure: { code: "idnow.damaged-download" } };
    const images = api({ status: 200, text: vectorText("getImages-response") });
    expect(await images.calls.getImages("1", { signal })).toEqual(damaged);
    const voices = api({ status: 200, text: vectorText("getVoiceFiles-response") });
    expect(await voices.calls.getVoiceFiles("1", { signal })).toEqual(damaged);
  });
});

describe("answers that differ from the manual", () => {
  test("no order of that reference is an empty list", async () => {
    expect(await api({ status: 404 }).calls.getOrdersByRef("r", signal)).toEqual({ ok: true, value: [] });
  });

  test("unknown fields, codes and numbers as text change nothing", async () => {
    const Status = [
      { Kind: "4711", Time: "soon", New: 1 },
      { Kind: 17, SubKind: 61, Time: "2026-11-22T10:00:00+01:00" },
      { Time: "2026-11-22T10:00:00+01:00" },
      null,
    ];
    const { calls } = api({ status: 200, json: { OrderID: 99921269855041, Future: {}, Status } });
    expect(await calls.getStatus("1", {}, signal)).toEqual({
      ok: true,
      value: {
        orderId: "99921269855041",
        ref: null,
        entries: [
          { kind: 4711, subKind: null, time: null, text: null },
          { kind: 17, subKind: 61, time: Date.parse("2026-11-22T09:00:00Z"), text: null },
        ],
      },
    });
  });

  test("a person comes as an object when pictures are in it, and the field's name may be spelt right", async () => {
    const json = {
      Identified: "2026-11-22T10:00:00+01:00",
      FraudAttempt: true,
      IdentData: { Surname: "Kern", Images: [{ Image: base64("jpeg"), Filename: "front.jpg" }] },
    };
    const outcome = await api({ status: 200, json }).calls.getIdentData("1", {}, { signal });
    expect(outcome).toMatchObject({ value: { identifiedAt: json.Identified, suspectedFraud: true, initial: null } });
    const value = outcome.ok ? outcome.value : null;
    expect(value?.checked?.get("Surname")).toBe("Kern");
    expect(value?.images.map(({ name }) => name)).toEqual(["front.jpg"]);
  });

  test("the misprinted names of autoID are read", async () => {
    const placed = await api({ status: 202, json: { OrderID: "1", AutoldURL: "https://a.example" } }).calls.putOrder(
      draft,
      signal,
    );
    expect(placed).toMatchObject({ value: { autoIdUrl: "https://a.example" } });
    const system = api({ status: 200, json: { autoldentAvailable: false, smsTanAvailable: false } });
    expect(await system.calls.systemStatus(signal)).toMatchObject({ value: { autoIdent: false, sms: false } });
  });

  test.each<[string, unknown]>([
    ["no id", { Ref: "r" }],
    ["an id that is a page", { OrderID: "<script>" }],
    ["a list", []],
  ])("an order with %s is no order", async (_name, json) => {
    const outcome = await api({ status: 202, json }).calls.putOrder(draft, signal);
    expect(outcome).toMatchObject({ ok: false, failure: { code: "provider.unexpected-answer" } });
  });
});

describe("signed documents", () => {
  const pdfs = (...texts: readonly string[]) => ({ PDFs: texts.map((text) => ({ Base64Data: text })) });

  test("come decoded, one by one", async () => {
    const { calls } = api({ status: 200, json: pdfs(base64(PDF), base64(`${PDF}${PDF}`)) });
    const outcome = await calls.getESignPDF("1", { signal });
    expect(outcome.ok && outcome.value.map((bytes) => Buffer.from(bytes).toString())).toEqual([PDF, `${PDF}${PDF}`]);
  });

  test.each<[string, object]>([
    ["cut off in Base64", pdfs(base64(PDF).slice(0, -3))],
    ["cut off at a whole group", pdfs(base64(PDF).slice(0, -8))],
    ["empty", pdfs("")],
    ["no PDF", pdfs(base64("Service unavailable"))],
    ["without their list", {}],
    ["one of two without data", { PDFs: [{ Base64Data: base64(PDF) }, {}] }],
  ])("%s are damaged", async (_name, json) => {
    const outcome = await api({ status: 200, json }).calls.getESignPDF("1", { signal });
    expect(outcome).toEqual({ ok: false, failure: { code: "idnow.damaged-download" } });
  });

  test("come encrypted when that was agreed on, and are refused when the tag is wrong", async () => {
    const iv = new Uint8Array(23).fill(9);
    const cipher = createCipheriv("aes-256-gcm", KEY, iv);
    const inside = cipher.update(JSON.stringify(pdfs(base64(PDF))));
    const bytes = new Uint8Array(Buffer.concat([iv, inside, cipher.final(), cipher.getAuthTag()]));
    const good = await api({ status: 200, bytes }).calls.getESignPDF("1", { signal, encrypted: true });
    expect(good.ok && good.value).toHaveLength(1);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x80;
    const bad = await api({ status: 200, bytes }).calls.getESignPDF("1", { signal, encrypted: true });
    expect(bad).toEqual({ ok: false, failure: { code: "idnow.decryption" } });
  });

  test("hashes come under the names that were sent", async () => {
    const json = { Hashes: [{ "a.pdf": "AAAA" }, { "b.pdf": "BBBB" }] };
    expect(await api({ status: 200, json }).calls.getESignHash("1", { signal })).toEqual({
      ok: true,
      value: [
        { name: "a.pdf", value: "AAAA" },
        { name: "b.pdf", value: "BBBB" },
      ],
    });
  });
});

describe("what is checked before it travels", () => {
  test.each<[string, (calls: IdnowApi) => Promise<unknown>]>([
    ["idnow.field", (calls) => calls.putOrder({ ...draft, Email: "nobody" }, signal)],
    ["idnow.field", (calls) => calls.checkSignmeUser({ email: "nobody" }, signal)],
    ["idnow.field", (calls) => calls.requestNewPassword("0171", signal)],
    ["idnow.field", (calls) => calls.getVideoFileBinaryAsync("1", "http://a.example", signal)],
    ["idnow.field", (calls) => calls.getOrdersByRef("Vertrag_1", signal)],
    ["idnow.tan-format", (calls) => calls.confirmSign("1", "12345", signal)],
    ["idnow.tan-format", (calls) => calls.confirmSign("1", "12345a", signal)],
    ["idnow.tan-format", (calls) => calls.provePhoneControl("1", "1234", signal)],
    ["idnow.tan-format", (calls) => calls.confirmNewPassword("1", () => Promise.resolve(true), signal)],
  ])("%s", async (code, make) => {
    const { calls, http } = api({ status: 200, json: {} });
    expect(await make(calls)).toMatchObject({ ok: false, failure: { code } });
    expect(http.calls).toEqual([]);
  });
});

test("a film is one of the two kinds, or it is damaged", async () => {
  const film = await api({ status: 200, text: "film", type: "video/webm; codecs=vp8" }).calls.getVideoFileBinary("1", {
    signal,
  });
  expect(film).toMatchObject({ value: { type: "video/webm" } });
  const page = await api({ status: 200, text: "no film", type: "text/html" }).calls.getVideoFileBinary("1", { signal });
  expect(page).toEqual({ ok: false, failure: { code: "idnow.damaged-download" } });
});

test("the service is called down when it says so itself", async () => {
  expect(await api({ status: 500 }).calls.serverStatus(signal)).toEqual({ ok: true, value: false });
  expect(await api({ status: 200 }).calls.serverStatus(signal)).toEqual({ ok: true, value: true });
});
