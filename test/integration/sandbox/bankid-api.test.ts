import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bankidFixture, encode } from "./bankid-fixture.ts";
import type { BankIdFixture } from "./bankid-fixture.ts";

let room: BankIdFixture;
beforeAll(async () => {
  room = await bankidFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

const ANNA = "189201149847";
const BJORN = "189303279955";
/** TLS 1.3 says so itself, or the connection is simply gone. */
const hungUp = /certificate required|other side closed|ECONNRESET/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const text = { userVisibleData: "I sign.", userNonVisibleData: "hidden" };
const rpText = { endUserIp: "192.0.2.1", userVisibleData: encode("I sign."), userNonVisibleData: encode("hidden") };

const phenixIdOrder = async (change: object = {}) => (await room.phenixId("bankidsign", { ...text, ...change })).json;
const phenixIdStatus = async (transactionID: string) => (await room.phenixId("bankidcollect", { transactionID })).json;
const rpOrder = async (change: object = {}) => (await room.rp("sign", { ...rpText, ...change })).json;
const rpStatus = async (orderRef: string) => (await room.rp("collect", { orderRef })).json;

describe("PhenixID's local API", () => {
  test("answers an order with its own spelling of four UUIDs", async () => {
    const answer = await phenixIdOrder();
    expect(Object.keys(answer).toSorted()).toEqual([
      "autostarttoken",
      "qrStartSecret",
      "qrStartToken",
      "transactionID",
    ]);
    for (const value of Object.values(answer)) expect(value).toMatch(UUID);
  });

  test("hands over signature, response and names when the person has signed, and no personal number", async () => {
    const { transactionID } = await phenixIdOrder();
    room.control.approve(transactionID);
    const answer = await phenixIdStatus(transactionID);
    expect(answer).toMatchObject({ status: "OK", name: "Anna Andersson", givenName: "Anna", surName: "Andersson" });
    // The fields of the printed example, and no others.
    expect(Object.keys(answer).toSorted()).toEqual([
      "givenName",
      "name",
      "ocspResponse",
      "signature",
      "status",
      "surName",
    ]);
  });

  test("tells BankID's hints in capitals while the order is alive", async () => {
    const { transactionID } = await phenixIdOrder({ requirement: '{"mrtd":true}' });
    const seen = [(await phenixIdStatus(transactionID)).status];
    room.control.scan(room.control.code(transactionID));
    seen.push((await phenixIdStatus(transactionID)).status);
    room.control.choose(transactionID, ANNA);
    seen.push((await phenixIdStatus(transactionID)).status);
    room.control.readDocument(transactionID);
    seen.push((await phenixIdStatus(transactionID)).status);
    expect(seen).toEqual(["OUTSTANDING_TRANSACTION", "STARTED", "USER_MRTD", "USER_SIGN"]);
  });

  test("can be set to tell nothing but the documented statuses", async () => {
    room.control.setAccount({ statuses: "documented" });
    const { transactionID } = await phenixIdOrder();
    room.control.scan(room.control.code(transactionID));
    expect((await phenixIdStatus(transactionID)).status).toBe("PENDING");
    room.control.fail(transactionID, "certificateErr");
    expect(await phenixIdStatus(transactionID)).toMatchObject({ status: "ERROR", message: "certificateErr" });
    const second = await phenixIdOrder();
    room.control.fail(second.transactionID, "userCancel");
    expect((await phenixIdStatus(second.transactionID)).status).toBe("CANCELLED");
  });

  test("is open to the right tenant with user and password only", async () => {
    const { basic, headers } = room;
    const wrong = { authorization: `Basic ${encode("practice:wrong")}` };
    const { tenant: _left, ...withoutTenant } = headers;
    const statusWith = async (sent: Record<string, string>) =>
      (await room.phenixId("bankidsign", text, { headers: sent })).status;
    expect(await statusWith(headers)).toBe(401);
    expect(await statusWith({ ...headers, ...wrong })).toBe(401);
    expect(await statusWith({ ...withoutTenant, ...basic })).toBe(400);
    expect(await statusWith({ ...headers, ...basic, tenant: "t2" })).toBe(404);
    expect(await statusWith({ ...headers, ...basic })).toBe(200);
    expect((await room.phenixId("bankidsign", text, { method: "POST" })).status).toBe(405);
    expect((await room.phenixId("bankidcancel", {})).status).toBe(404);
  });

  test("needs no password where a client certificate is asked for, and nobody gets in without one", async () => {
    expect((await room.phenixIdWithCertificate("bankidsign", text)).status).toBe(200);
    await expect(room.phenixIdWithCertificate("bankidsign", text, room.stranger)).rejects.toThrow(hungUp);
  });

  test.each([
    ["no text", { userNonVisibleData: "hidden" }, "userVisibleData is missing"],
    ["an empty text", { userVisibleData: "" }, "userVisibleData is empty"],
    ["a text of more than 40,000 characters of Base64", { userVisibleData: "x".repeat(30_001) }, "too long"],
    ["hidden data of more than 200,000", { ...text, userNonVisibleData: "x".repeat(150_001) }, "userNonVisibleData"],
    ["an unknown format", { ...text, userVisibleDataFormat: "html" }, "userVisibleDataFormat"],
    ["a requirement that is an object", { ...text, requirement: { pinCode: true } }, "requirement is no text"],
    ["a requirement that is no JSON", { ...text, requirement: "pinCode" }, "requirement is not JSON"],
    ["a requirement that nobody knows", { ...text, requirement: '{"pincode":true}' }, "requirement"],
    ["a personal number", { ...text, pnr: ANNA }, "v5.1 only"],
    ["no JSON", "{", "not JSON"],
  ])("answers %s with a 500 and a message", async (_what, body, message) => {
    const answer = await room.phenixId("bankidsign", body);
    expect(answer.status).toBe(500);
    expect(answer.json.message).toContain(message);
    expect(room.control.orders()).toEqual([]);
  });

  test("takes texts up to the limits, and signs them to the byte", async () => {
    const visible = `${"x".repeat(29_998)}\u00e5`;
    const { transactionID } = await phenixIdOrder({
      userVisibleData: visible,
      userNonVisibleData: "y".repeat(150_000),
    });
    room.control.approve(transactionID);
    const xml = Buffer.from((await phenixIdStatus(transactionID)).signature, "base64").toString("utf8");
    expect(/<usrVisibleData[^>]*>([^<]*)</.exec(xml)?.[1]).toBe(encode(visible));
    expect(/<usrNonVisibleData>([^<]*)</.exec(xml)?.[1]).toBe(encode("y".repeat(150_000)));
  });

  test("takes texts in Base64 where the installation is so", async () => {
    room.control.setAccount({ encode: "base64" });
    expect((await room.phenixId("bankidsign", text)).status).toBe(500);
    const { transactionID } = await phenixIdOrder({
      userVisibleData: encode("Hej åäö"),
      userNonVisibleData: encode("h"),
    });
    expect(room.control.orders().find(({ id }) => id === transactionID)).toMatchObject({
      visibleText: "Hej åäö",
      hiddenData: "h",
    });
  });

  test("prints its errors as the documents do, when asked", async () => {
    room.control.setAccount({ errorBody: "as-printed" });
    expect((await phenixIdOrder({ requirement: "x" })).message).toBeUndefined();
    const { text: body } = await room.phenixId("bankidcollect", { transactionID: "x" });
    expect(body).toBe("{”message”:”No such order”}");
  });

  test("with BankID's older API a personal number says who has to sign", async () => {
    room.control.setAccount({ version: "v5.1" });
    const { transactionID } = await phenixIdOrder({ pnr: BJORN });
    room.control.scan(room.control.code(transactionID));
    expect(() => room.control.choose(transactionID, ANNA)).toThrow("other-person");
    room.control.choose(transactionID, BJORN);
    expect((await phenixIdStatus(transactionID)).status).toBe("USER_SIGN");
    // A second order for the same person.
    expect((await phenixIdOrder({ pnr: BJORN })).message).toBe("ALREADY_IN_PROGRESS");
    expect((await phenixIdStatus(transactionID)).status).toBe("CANCELLED");
  });
});

describe("BankID's RP API", () => {
  test("answers an order, tells how it stands, and hands over everything at the end", async () => {
    const order = await rpOrder({ returnRisk: true });
    expect(Object.keys(order).toSorted()).toEqual(["autoStartToken", "orderRef", "qrStartSecret", "qrStartToken"]);
    const { orderRef } = order;
    expect(await rpStatus(orderRef)).toEqual({ orderRef, status: "pending", hintCode: "outstandingTransaction" });
    room.control.approve(orderRef);
    const done = await rpStatus(orderRef);
    expect(done).toMatchObject({
      status: "complete",
      completionData: {
        user: { personalNumber: ANNA, name: "Anna Andersson", givenName: "Anna", surname: "Andersson" },
        device: { ipAddress: "192.0.2.1" },
        stepUp: { mrtd: false },
        risk: "low",
      },
    });
  });

  test("an identification may go without a text, and is signed by another certificate as one", async () => {
    const { orderRef } = (await room.rp("auth", { endUserIp: "2001:db8::1" })).json;
    room.control.approve(orderRef);
    const { signature } = (await rpStatus(orderRef)).completionData;
    const xml = Buffer.from(signature, "base64").toString("utf8");
    expect(xml).toContain("<funcId>Identification</funcId>");
    expect(xml).not.toContain("usrVisibleData");
  });

  test("a cancelled order is gone", async () => {
    const { orderRef } = await rpOrder();
    expect((await room.rp("cancel", { orderRef })).json).toEqual({});
    expect((await rpStatus(orderRef)).errorCode).toBe("invalidParameters");
    expect((await room.rp("cancel", { orderRef })).status).toBe(400);
  });

  test.each([
    ["no address", { ...rpText, endUserIp: undefined }],
    ["an address that is none", { ...rpText, endUserIp: "localhost" }],
    ["no text", { endUserIp: "192.0.2.1" }],
    ["a text that is no Base64", { ...rpText, userVisibleData: "I sign." }],
    ["a text that is no UTF-8", { ...rpText, userVisibleData: Buffer.from([0xff]).toString("base64") }],
    ["a text that is too long", { ...rpText, userVisibleData: encode("x".repeat(30_001)) }],
    ["hidden data that are too long", { ...rpText, userNonVisibleData: encode("x".repeat(150_001)) }],
    ["an unknown field", { ...rpText, personalNumber: ANNA }],
    ["a long return address", { ...rpText, returnUrl: `https://example.org/${"x".repeat(500)}` }],
    ["an unknown requirement", { ...rpText, requirement: { fingerprint: true } }],
    ["an asterisk too early", { ...rpText, requirement: { certificatePolicies: ["1.*"] } }],
    ["a personal number of ten digits", { ...rpText, requirement: { personalNumber: "9201149847" } }],
  ])("refuses %s", async (_what, body) => {
    const answer = await room.rp("sign", body);
    expect([answer.status, answer.json.errorCode]).toEqual([400, "invalidParameters"]);
  });

  test("has a shorter limit for what is shown with an identification", async () => {
    const auth = async (length: number) =>
      (await room.rp("auth", { endUserIp: "192.0.2.1", userVisibleData: encode("x".repeat(length)) })).status;
    expect([await auth(1_125), await auth(1_126)]).toEqual([200, 400]);
  });

  test("takes nothing but POST, without a charset, at its paths", async () => {
    const charset = { headers: { "content-type": "application/json; charset=utf-8" } };
    const outcomes = [
      await room.rp("sign", rpText, charset),
      await room.rp("sign", rpText, { method: "GET" }),
      await room.rp("identify", rpText),
      await room.rp("sign", "{"),
    ];
    expect(outcomes.map(({ json, status }) => [status, json.errorCode])).toEqual([
      [415, "unsupportedMediaType"],
      [405, "methodNotAllowed"],
      [404, "notFound"],
      [400, "invalidParameters"],
    ]);
    await expect(room.browse(`${room.sandbox.baseUrls.bankidRp}/sign`, { method: "POST" })).rejects.toThrow(hungUp);
  });

  test("may not be asked a third time within a second, unless it is set so", async () => {
    const { orderRef } = await rpOrder();
    const ask = async () => (await room.rp("collect", { orderRef })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    const refused = await room.rp("collect", { orderRef });
    expect(refused.json.errorCode).toBe("tooManyRequests");
    expect(refused.headers["ratelimit-remaining"]).toBe("0");
    room.advance(1_000);
    expect(await ask()).toBe(200);
    room.control.setAccount({ limitsRate: false });
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200]);
  });

  test("a second order for the same person cancels both", async () => {
    const requirement = { personalNumber: BJORN };
    const { orderRef } = await rpOrder({ requirement });
    expect((await rpOrder({ requirement })).errorCode).toBe("alreadyInProgress");
    expect(await rpStatus(orderRef)).toMatchObject({ status: "failed", hintCode: "cancelled" });
    // And where the person is known only in the app.
    const [one, two] = [await rpOrder(), await rpOrder()];
    for (const { orderRef: id } of [one, two]) {
      room.control.scan(room.control.code(id));
      room.control.choose(id, ANNA);
    }
    expect([(await rpStatus(one.orderRef)).hintCode, (await rpStatus(two.orderRef)).hintCode]).toEqual([
      "cancelled",
      "cancelled",
    ]);
  });

  test.each([
    [{ certificatePolicies: ["1.2.3.4.25"] }, "189405099822", "other-kind"],
    [{ certificatePolicies: ["1.2.3.4.1*"] }, ANNA, "other-kind"],
    [{ cardReader: "class2" }, ANNA, "other-kind"],
    [{ personalNumber: BJORN }, ANNA, "other-person"],
  ])("with the requirement %j the app does not take the BankID of %s", async (requirement, personalNumber, why) => {
    const { orderRef } = await rpOrder({ requirement });
    room.control.scan(room.control.code(orderRef));
    expect(() => room.control.choose(orderRef, personalNumber)).toThrow(why);
    expect((await rpStatus(orderRef)).hintCode).toBe("started");
  });

  test.each([
    [{ certificatePolicies: ["1.2.3.4.*"] }, "189507319912"],
    [{ cardReader: "class1" }, "189507319912"],
    [{ risk: "MODERATE" }, ANNA],
    [{ pinCode: true }, ANNA],
  ])("with the requirement %j it takes the BankID of %s", async (requirement, personalNumber) => {
    const { orderRef } = await rpOrder({ requirement });
    room.control.scan(room.control.code(orderRef));
    expect(room.control.choose(orderRef, personalNumber).hint).toBe("userSign");
  });

  test.each([
    ["189608129863", {}, "certificateErr"],
    ["189911159938", { risk: "LOW" }, "transactionRiskBlocked"],
    ["189112269809", { mrtd: true }, "notSupportedByUserApp"],
  ])("the BankID of %s with %j ends the order: %s", async (personalNumber, requirement, hint) => {
    room.control.setPerson(personalNumber);
    const { orderRef } = await rpOrder({ requirement });
    room.control.approve(orderRef);
    expect(await rpStatus(orderRef)).toMatchObject({ status: "failed", hintCode: hint });
  });
});

describe("Time", () => {
  test("an order that no app takes up fails after 30 seconds, one that nobody signs after three minutes", async () => {
    const [untouched, taken] = [await rpOrder(), await rpOrder()];
    room.control.scan(room.control.code(taken.orderRef));
    room.advance(29_999);
    expect((await rpStatus(untouched.orderRef)).status).toBe("pending");
    room.advance(1);
    expect((await rpStatus(untouched.orderRef)).hintCode).toBe("startFailed");
    room.advance(149_999);
    expect((await rpStatus(taken.orderRef)).status).toBe("pending");
    room.advance(1);
    expect((await rpStatus(taken.orderRef)).hintCode).toBe("expiredTransaction");
  });

  test("a signature can be fetched for three minutes, a failure be learnt for five, and each once", async () => {
    room.control.setAccount({ collectOnce: false });
    const [signed, failed] = [await rpOrder(), await rpOrder()];
    room.control.approve(signed.orderRef);
    room.control.fail(failed.orderRef, "userCancel");
    const statuses = async () => [(await rpStatus(signed.orderRef)).status, (await rpStatus(failed.orderRef)).status];
    room.advance(179_999);
    expect(await statuses()).toEqual(["complete", "failed"]);
    room.advance(1_000);
    expect(await statuses()).toEqual([undefined, "failed"]);
    room.advance(119_001);
    expect(await statuses()).toEqual([undefined, undefined]);

    room.control.setAccount({ collectOnce: true });
    const { transactionID } = await phenixIdOrder();
    room.control.approve(transactionID);
    expect([(await phenixIdStatus(transactionID)).status, (await phenixIdStatus(transactionID)).message]).toEqual([
      "OK",
      "No such order",
    ]);
  });

  test("passes as fast as it is set", async () => {
    room.control.setAccount({ timeFactor: 0.1 });
    const { orderRef } = await rpOrder();
    room.advance(3_000);
    expect((await rpStatus(orderRef)).hintCode).toBe("startFailed");
  });

  test("who fetches the same signature twice gets the same one", async () => {
    room.control.setAccount({ collectOnce: false });
    const { orderRef } = await rpOrder();
    room.control.approve(orderRef);
    const first = await rpStatus(orderRef);
    expect(await rpStatus(orderRef)).toEqual(first);
  });
});

describe("Playing the person", () => {
  test("needs neither code nor app when it skips them, and the code when it does not", async () => {
    room.sandbox.control.setAutoApprove({ afterMilliseconds: 500 });
    const { transactionID } = await phenixIdOrder({ requirement: '{"mrtd":true}' });
    expect((await phenixIdStatus(transactionID)).status).toBe("OUTSTANDING_TRANSACTION");
    room.advance(500);
    expect((await phenixIdStatus(transactionID)).status).toBe("OK");

    room.sandbox.control.setAutoApprove({ pages: "needed" });
    const second = await phenixIdOrder();
    expect((await phenixIdStatus(second.transactionID)).status).toBe("OUTSTANDING_TRANSACTION");
    room.control.scan(room.control.code(second.transactionID));
    expect((await phenixIdStatus(second.transactionID)).status).toBe("OK");
  });

  test("takes the BankID of the person that was chosen, or of the one who has to sign", async () => {
    room.sandbox.control.setAutoApprove(true);
    room.control.setPerson(BJORN);
    const name = async (requirement: object) => {
      const { orderRef } = await rpOrder({ requirement });
      return (await rpStatus(orderRef)).completionData.user["personalNumber"];
    };
    expect([await name({}), await name({ personalNumber: ANNA })]).toEqual([BJORN, ANNA]);
  });
});

describe("Faults", () => {
  test("each call can be spoilt, before its work or after it", async () => {
    const { control } = room.sandbox;
    control.addFault({ operation: "bankid/phenixid-sign", drop: true, afterWork: true });
    await expect(phenixIdOrder()).rejects.toThrow(hungUp);
    expect(room.control.orders()).toHaveLength(1);
    control.addFault({ operation: "bankid/rp-collect", status: 503, body: { errorCode: "maintenance", details: "" } });
    const { orderRef } = await rpOrder();
    expect((await room.rp("collect", { orderRef })).status).toBe(503);
    expect((await rpStatus(orderRef)).status).toBe("pending");
  });
});
