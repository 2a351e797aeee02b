import { createDecipheriv } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sandboxOperations } from "../../../sandbox/control/faults.ts";
import { idnowFixture, identOrder } from "./idnow-fixture.ts";

let room: Awaited<ReturnType<typeof idnowFixture>>;
beforeAll(async () => {
  room = await idnowFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

const day = 24 * 3600 * 1000;
const status = async (method: string, path: string, body?: unknown) => (await room.call(method, path, body)).status;

type Call = readonly [method: string, call: string, body: object | undefined];

/** Each call about an order, with a body that it takes. */
const aboutAnOrder: readonly Call[] = [
  ["GET", "getStatus", undefined],
  ["GET", "getIdentData", undefined],
  ["GET", "getIdentDataPDF", undefined],
  ["GET", "getESignPDF", undefined],
  ["GET", "getESignHash", undefined],
  ["GET", "getESignAuditLogPDF", undefined],
  ["GET", "getImages", undefined],
  ["POST", "getVideoFileBinaryAsync", { callbackUrl: "http://127.0.0.1:9/" }],
  ["GET", "getVideoFileBinary", undefined],
  ["GET", "getVoiceFiles", undefined],
  ["DELETE", "delIdentdata", undefined],
  ["POST", "cancelOrder", undefined],
  ["POST", "requestSign", undefined],
  ["POST", "confirmSign", { tan: "123456" }],
  ["POST", "requestResendSignTan", undefined],
  ["POST", "requestPhoneVerification", undefined],
  ["POST", "provePhoneControl", { tan: "123456" }],
  ["POST", "requestResendPhoneTan", undefined],
];

const others: readonly Call[] = [
  ["PUT", "putOrder", {}],
  ["GET", "getOrdersByRef/nobody", undefined],
  ["GET", "systemStatus", undefined],
  ["POST", "checkSignmeUser", { Email: "a@example.com" }],
  ["POST", "requestNewPassword", { mobile: "+4915100000000" }],
  ["POST", "confirmNewPassword", { tan: "123456" }],
];

describe("Every call", () => {
  test("is there: 25 of them", () => {
    // One of them, serverStatus, needs no password.
    expect(aboutAnOrder.length + others.length + 1).toBe(25);
    expect(sandboxOperations.filter((name) => name.startsWith("idnow/"))).toHaveLength(25);
  });

  test.each<Call>([...aboutAnOrder.map(([method, call, body]): Call => [method, `${call}/1`, body]), ...others])(
    "%s %s wants the password, and its own method",
    async (method, path, body) => {
      const wrong = await room.call(method, path, body, "wrong");
      expect([wrong.status, wrong.headers["www-authenticate"]]).toEqual([401, expect.stringMatching(/^Basic /u)]);
      expect(await status(method === "GET" ? "POST" : "GET", path)).toBe(405);
    },
  );

  test.each<Call>(aboutAnOrder)(
    "%s %s knows only orders that are there, and only its own variants",
    async (method, call, body) => {
      expect(await status(method, `${call}/99920000000000`, body)).toBe(404);
      const id = await room.put();
      expect(await status(method, `${call}/${id}/Nonsense`, body)).toBe(400);
    },
  );

  test("of another name is unknown", async () => {
    expect(await status("GET", "getNothing")).toBe(404);
  });
});

describe("An order", () => {
  test("is accepted with the links that were asked for, and refused with the reason", async () => {
    const { json } = await room.call("PUT", "putOrder", {
      Product: 15,
      Add: 8,
      Ref: "r",
      getTargetLink: true,
      getDeepLink: true,
      getAutoIdLink: true,
      getVideoHashes: true,
      Email: "a@example.com",
      Address: { Firstname: "A", Surname: "B", Country: "DE" },
    });
    expect(json).toMatchObject({
      OrderID: expect.stringMatching(/^\d{14}$/u),
      Ref: "r",
      TargetURL: expect.stringMatching(/^https:\/\/localhost:\d+\/status\/[0-9A-F]{32}$/u),
      DeepLinkURL: expect.stringMatching(/\/ident\/[0-9A-F]{32}$/u),
      AutoIdURL: expect.any(String),
      VideoHashes: { ShortCode: expect.stringMatching(/^.{5}$/u), LongCode: expect.stringMatching(/^.{20}$/u) },
    });
    const bare = await room.call("PUT", "putOrder", {
      Product: 12,
      Add: 0,
      Email: "a@example.com",
      Address: { Firstname: "A", Surname: "B", Country: "DE" },
    });
    expect(Object.keys(bare.json)).toEqual(["OrderID", "Ref"]);
    const refused = await room.call("PUT", "putOrder", { Product: 12, Add: 0 });
    expect([refused.status, refused.json.Error]).toEqual([400, "Email is missing"]);
    expect(await status("PUT", "putOrder", "no json")).toBe(400);
  });

  test("is found again by its reference for 90 days", async () => {
    const ids = [await room.put({ Ref: "twice" }), await room.put({ Ref: "twice" })];
    room.idnow.setAccount({ timeOutMilliseconds: 1000 * day });
    expect((await room.call("GET", "getOrdersByRef/twice")).json).toEqual(ids);
    expect(await status("GET", "getOrdersByRef/never")).toBe(404);
    expect(await status("GET", "getOrdersByRef/a%20b")).toBe(400);
    room.idnow.setFlaws({ ordersByRef: "as-printed" });
    expect((await room.call("GET", "getOrdersByRef/twice")).text).toBe(`{ ${JSON.stringify(ids)} }`);
    room.sandbox.control.advanceClock(90 * day);
    expect(await status("GET", "getOrdersByRef/twice")).toBe(404);
  });

  test("shows extended codes and sub-codes only when asked", async () => {
    const id = await room.put();
    room.idnow.choose(id, "Video");
    room.idnow.negative(id, 72);
    expect((await room.call("GET", `getStatus/${id}`)).json.Status).toEqual([
      { Kind: 73, Time: expect.any(String) },
      { Kind: 17, Time: expect.any(String) },
    ]);
    expect((await room.call("GET", `getStatus/${id}/ExtendedList/IncludeSubKind`)).json.Status).toMatchObject([
      { Kind: 25 },
      { Kind: 73 },
      { Kind: 17, SubKind: 72 },
    ]);
  });

  test("is cancelled before its end and deleted after it, and not the other way round", async () => {
    const id = await room.put();
    expect(await status("DELETE", `delIdentdata/${id}`)).toBe(406);
    expect(await status("POST", `cancelOrder/${id}`)).toBe(202);
    expect(await room.kinds(id)).toEqual([25, 63]);
    expect(await status("POST", `cancelOrder/${id}`)).toBe(406);
    expect(await status("DELETE", `delIdentdata/${id}`)).toBe(202);
    expect(await status("DELETE", `delIdentdata/${id}`)).toBe(404);
  });

  test("is stored also when its answer is lost, and found by its reference", async () => {
    room.sandbox.control.addFault({ operation: "idnow/put-order", drop: true, afterWork: true });
    await expect(room.put({ Ref: "lost-answer" })).rejects.toThrow("other side closed");
    expect((await room.call("GET", "getOrdersByRef/lost-answer")).json).toHaveLength(1);
  });

  test.each([
    [{ kind: 16 }, 16],
    [{ kind: 17, subKind: 61 }, 17],
    [{ kind: 22 }, 22],
    [{ kind: 58, subKind: 30 }, 58],
    [{ kind: 63 }, 63],
    [{ kind: 99 }, 99],
    [{ kind: 100 }, 100],
    [{ kind: 103, subKind: 79 }, 103],
    [{ kind: 29, subKind: 76 }, 29],
  ])("can be brought to any end: %j", async (end, kind) => {
    const id = await room.put();
    room.idnow.end(id, end);
    expect((await room.kinds(id)).at(-1)).toBe(kind);
    expect(await status("POST", `cancelOrder/${id}`)).toBe(406);
  });
});

describe("Signing with a TAN in the customer's program", () => {
  const signable = async (change: object = {}): Promise<string> => {
    const id = await room.put(change);
    room.idnow.identify(id);
    return id;
  };
  const tan = () => room.idnow.messages()[0]?.tan ?? "";

  test("goes by request, TAN and confirmation, each at its time", async () => {
    const id = await room.put();
    expect(await status("POST", `requestSign/${id}`)).toBe(406);
    room.idnow.identify(id);
    expect(await status("POST", `confirmSign/${id}`, { tan: "123456" })).toBe(412);
    expect(await status("POST", `requestResendSignTan/${id}`)).toBe(412);
    expect(await status("POST", `requestSign/${id}`)).toBe(202);
    expect(room.idnow.messages()[0]).toMatchObject({ to: "+491711234567", order: id });
    const first = tan();
    expect(await status("POST", `requestResendSignTan/${id}`)).toBe(202);
    // One chance in a million that both are the same: then the old one rightly still counts.
    const old = tan() === first ? "not given" : await status("POST", `confirmSign/${id}`, { tan: first });
    expect([409, "not given"]).toContain(old);
    expect(await status("POST", `confirmSign/${id}`, { tan: "12" })).toBe(400);
    expect(await status("POST", `confirmSign/${id}`, { tan: tan() })).toBe(202);
    expect(await room.kinds(id)).toEqual([25, 77, 78, 75, 6, 101, 71, 71, 84]);
    for (const call of ["requestSign", "requestResendSignTan"]) expect(await status("POST", `${call}/${id}`)).toBe(410);
    expect(await status("POST", `confirmSign/${id}`, { tan: tan() })).toBe(410);
  });

  test("ends with the third wrong TAN", async () => {
    const id = await signable();
    await room.call("POST", `requestSign/${id}`);
    const wrong = tan() === "000000" ? "111111" : "000000";
    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) answers.push(await status("POST", `confirmSign/${id}`, { tan: wrong }));
    expect(answers).toEqual([409, 409, 429, 410]);
    const { json } = await room.call("GET", `getStatus/${id}/IncludeSubKind`);
    expect(json.Status.at(-1)).toMatchObject({ Kind: 17, SubKind: 61 });
  });

  test("uses the text of the order", async () => {
    const id = await signable({ eSignTanSmsText: "Sealdesk: [TAN] (contract)" });
    await room.call("POST", `requestSign/${id}`);
    expect(room.idnow.messages()[0]?.text).toBe(`Sealdesk: ${tan()} (contract)`);
  });

  test("goes on after a TAN that could not be sent", async () => {
    room.idnow.setFlaws({ tanSending: "fails-once" });
    const id = await signable();
    expect(await status("POST", `requestSign/${id}`)).toBe(202);
    expect(room.idnow.messages()).toHaveLength(0);
    expect(await status("POST", `requestResendSignTan/${id}`)).toBe(202);
    expect(await status("POST", `confirmSign/${id}`, { tan: tan() })).toBe(202);
    expect(await room.kinds(id)).toEqual([25, 77, 78, 75, 6, 101, 139, 71, 84]);
  });

  test.each([63, 64, 65, 76] as const)("is over when the trust service refuses with 29 and %i", async (refusal) => {
    room.idnow.setFlaws({ refusal });
    const id = await signable();
    await room.call("POST", `requestSign/${id}`);
    const { json } = await room.call("GET", `getStatus/${id}/ExtendedList/IncludeSubKind`);
    expect(json.Status.at(-1)).toMatchObject({ Kind: 29, SubKind: refusal });
    expect(await status("POST", `requestSign/${id}`)).toBe(410);
  });

  test("is refused when the account is not set up for it", async () => {
    room.idnow.setAccount({ customerSideSigning: false, phoneVerification: false });
    const id = await signable();
    expect(await status("POST", `requestSign/${id}`)).toBe(400);
    expect(await status("POST", `requestPhoneVerification/${id}`)).toBe(400);
  });
});

describe("The check of a phone number", () => {
  const tan = () => room.idnow.messages()[0]?.tan ?? "";

  test("goes by request, TAN and proof", async () => {
    const id = await room.put({ Product: 17, eSignPDF: null, verificationSmsText: "Check [TAN]" });
    expect(await status("POST", `provePhoneControl/${id}`, { tan: "12345" })).toBe(412);
    expect(await status("POST", `requestResendPhoneTan/${id}`)).toBe(412);
    expect(await status("POST", `requestPhoneVerification/${id}`)).toBe(202);
    expect(await status("POST", `requestResendPhoneTan/${id}`)).toBe(202);
    expect(await status("POST", `provePhoneControl/${id}`, { tan: "1" })).toBe(400);
    expect(await status("POST", `provePhoneControl/${id}`, { tan: "00000" })).toBe(409);
    expect(await status("POST", `provePhoneControl/${id}`, { tan: tan() })).toBe(202);
    expect((await room.kinds(id)).at(-1)).toBe(6);
    expect(await status("POST", `provePhoneControl/${id}`, { tan: tan() })).toBe(410);
    expect(await status("POST", `requestPhoneVerification/${id}`)).toBe(410);
    expect(await status("POST", `requestResendPhoneTan/${id}`)).toBe(410);
  });

  test("ends with the third wrong TAN, and is not for other orders", async () => {
    const id = await room.put({ Product: 17, eSignPDF: null });
    await room.call("POST", `requestPhoneVerification/${id}`);
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1)
      answers.push(await status("POST", `provePhoneControl/${id}`, { tan: "00000" }));
    expect(answers).toEqual([409, 409, 429]);
    expect(await status("POST", `requestPhoneVerification/${await room.put()}`)).toBe(406);
  });
});

describe("The results", () => {
  const identified = async (change: object = {}): Promise<string> => {
    const id = await room.put({ ...identOrder, ...change });
    room.idnow.identify(id, "Video");
    return id;
  };

  test("of an identification are data, a report and pictures, once it is final", async () => {
    const id = await room.put(identOrder);
    for (const call of ["getIdentData", "getIdentDataPDF", "getImages"])
      expect(await status("GET", `${call}/${id}`)).toBe(400);
    room.idnow.identify(id, "Video");
    expect(await room.kinds(id)).toEqual([25, 77, 78, 75, 104, 105, 106, 6, 80]);
    const { json } = await room.call(
      "GET",
      `getIdentData/${id}/IncludeInitialData/IncludeIdentifyMethod/IncludeIdentifier`,
    );
    expect(json).toMatchObject({
      Identitfied: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]0[12]:00$/u),
      IdentifyMethod: "Video",
      Identifier: expect.any(String),
      IdentData: [
        { Type: 1, Firstname: "Erika", Surname: "Mustermann", IDCard: { Type: "IDCard" } },
        { Type: 2, IDCard: { CardNo: null, ValidUntil: "1970-01-01" } },
      ],
    });
    const report = await room.call("GET", `getIdentDataPDF/${id}`);
    expect([report.headers["content-type"], report.text.slice(0, 5)]).toEqual(["application/pdf", "%PDF-"]);
    const [picture] = (await room.call("GET", `getImages/${id}`)).json.Images;
    // JPEG begins with FF D8 FF.
    expect(Buffer.from(picture?.Image ?? "", "base64").subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(picture?.Filename).toMatch(/^back_\d{8}-\d{6}-\d+\.jpg$/u);
  });

  test("hold IdentData as an object when pictures are in it, and as an array otherwise", async () => {
    const id = await identified();
    expect(Array.isArray((await room.call("GET", `getIdentData/${id}`)).json.IdentData)).toBe(true);
    room.idnow.setAccount({ imagesInData: true });
    expect((await room.call("GET", `getIdentData/${id}`)).json.IdentData).toMatchObject({
      Firstname: "Erika",
      Images: [{ Filename: expect.any(String) }, { Filename: expect.any(String) }],
    });
  });

  test("are there also after suspected fraud, but not for an order without identification", async () => {
    const id = await room.put(identOrder);
    room.idnow.suspectFraud(id);
    expect(await status("GET", `getIdentData/${id}`)).toBe(400);
    room.idnow.negative(id);
    expect(await room.kinds(id)).toEqual([25, 77, 78, 89, 17]);
    expect((await room.call("GET", `getIdentData/${id}`)).json).toMatchObject({ FraudAttempt: true });
    const cancelled = await room.put(identOrder);
    await room.call("POST", `cancelOrder/${cancelled}`);
    expect(await status("GET", `getIdentData/${cancelled}`)).toBe(404);
  });

  test("come encrypted: 23 bytes of IV, AES-256-GCM, 16 bytes of tag, the type as without", async () => {
    const id = await identified();
    const plain = await room.call("GET", `getIdentData/${id}`);
    const { bytes, headers } = await room.call("GET", `getIdentData/${id}/crypt`);
    expect(headers["content-type"]).toBe(plain.headers["content-type"]);
    expect(decrypted(bytes)).toBe(plain.text);
    room.idnow.setFlaws({ crypt: "wrong-tag" });
    const spoilt = await room.call("GET", `getIdentData/${id}/crypt`);
    expect(() => decrypted(spoilt.bytes)).toThrow("unable to authenticate data");
    room.idnow.setAccount({ cryptKeyHex: null });
    expect(await status("GET", `getIdentData/${id}/crypt`)).toBe(400);
  });

  const decrypted = (bytes: Buffer): string => {
    const key = Buffer.from(room.sandbox.idnowProfile.cryptKeyHex, "hex");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 23), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(23, -16)), decipher.final()]).toString("utf8");
  };

  test("hold film and sound when they were recorded; before the film is asked for there is another one", async () => {
    const silent = await identified();
    for (const call of ["getVideoFileBinary", "getVoiceFiles"])
      expect(await status("GET", `${call}/${silent}`)).toBe(404);
    const id = await identified({ Add: 131_072 });
    const before = await room.call("GET", `getVideoFileBinary/${id}`);
    // ISO base media: the second four bytes say "ftyp".
    expect([before.headers["content-type"], before.bytes.subarray(4, 8).toString()]).toEqual(["video/mp4", "ftyp"]);
    expect(await status("POST", `getVideoFileBinaryAsync/${id}`, {})).toBe(400);
    expect(await status("POST", `getVideoFileBinaryAsync/${id}`, { callbackUrl: "http://127.0.0.1:9/" })).toBe(200);
    expect((await room.call("GET", `getVideoFileBinary/${id}`)).bytes.length).toBeGreaterThan(before.bytes.length);
    expect((await room.call("GET", `getVoiceFiles/${id}`)).json.Voicefiles[0]?.Filename).toMatch(/\.mp3$/u);
  });

  test("are purged after seven days", async () => {
    const id = await identified();
    room.sandbox.control.advanceClock(7 * day);
    expect(await status("GET", `getIdentData/${id}`)).toBe(404);
    expect(await status("GET", `getStatus/${id}`)).toBe(404);
  });

  test("sealed can be used for the next order, unless somebody has changed them", async () => {
    const id = await room.put();
    room.idnow.sign(id);
    const sealed = (await room.call("GET", `getIdentData/${id}/Signed`)).text;
    expect(sealed).not.toContain("Erika");
    const again = async (IdentDataSigned: string) =>
      (
        await room.call("PUT", "putOrder", {
          Product: 15,
          Add: 0,
          Email: "a@example.com",
          Address: { Firstname: "X", Surname: "Y", Country: "DE" },
          eSignHash: { Hash: Buffer.alloc(32).toString("base64"), Filename: "a.pdf" },
          IdentDataSigned,
        })
      ).json;
    const accepted = await again(sealed);
    expect(accepted.SignedDataAccepted).toBe(true);
    expect(await room.kinds(accepted.OrderID)).toEqual([25, 23, 6]);
    expect((await again(`A${sealed.slice(1)}`)).SignedDataAccepted).toBe(sealed.startsWith("A"));
    room.idnow.setAccount({ trustService: "sign-me" });
    expect((await again(sealed)).SignedDataAccepted).toBe(false);
    expect(await status("GET", `getIdentData/${id}/Signed`)).toBe(400);
  });
});

describe("The account", () => {
  test("tells how the service is, to anybody whether it lives", async () => {
    expect((await room.send(`${room.sandbox.baseUrls.idnow}/serverStatus`)).status).toBe(200);
    room.idnow.setSystemStatus({ serverAlive: false, smsTanAvailable: false });
    expect((await room.send(`${room.sandbox.baseUrls.idnow}/serverStatus`)).status).toBe(500);
    expect((await room.call("GET", "systemStatus")).json).toEqual({
      serverAlive: false,
      apiAvailable: true,
      videoAvailable: true,
      mailingAvailable: true,
      smsTanAvailable: false,
      autoIdentAvailable: true,
      eSign: { serverAlive: true, qesAvailable: true, fesServerAlive: true, fesAvailable: true },
    });
  });

  test("knows who has an account at the trust service", async () => {
    room.idnow.setSignMeUser("E.Mustermann@example.com", { exists: true, able: false });
    const ask = async (body: object) => (await room.call("POST", "checkSignmeUser", body)).json;
    expect(await ask({ Email: "e.mustermann@example.com", signatureType: "ADV" })).toEqual({
      UserExists: true,
      UserIsAbleToSign: false,
    });
    expect(await ask({ Email: "b@example.com" })).toEqual({ UserExists: false, UserIsAbleToSign: false });
    expect(await status("POST", "checkSignmeUser", {})).toBe(400);
    expect(await status("POST", "checkSignmeUser", { Email: "a@b", signatureType: "X" })).toBe(400);
  });

  test("changes its password with a TAN; a wrong one means starting again", async () => {
    const mobile = "+4915100000000";
    expect(await status("POST", "requestNewPassword", {})).toBe(400);
    expect(await status("POST", "requestNewPassword", { mobile: "+49000000" })).toBe(401);
    expect(await status("POST", "requestNewPassword", { mobile })).toBe(200);
    const tan = () => room.idnow.messages()[0]?.tan ?? "";
    const wrong = tan() === "000000" ? "111111" : "000000";
    expect(await status("POST", "confirmNewPassword", {})).toBe(400);
    expect(await status("POST", "confirmNewPassword", { tan: wrong })).toBe(401);
    expect(await status("POST", "confirmNewPassword", { tan: tan() })).toBe(401);
    await room.call("POST", "requestNewPassword", { mobile });
    const { password } = (await room.call("POST", "confirmNewPassword", { tan: tan() })).json;
    expect(await status("GET", "systemStatus")).toBe(401);
    expect((await room.call("GET", "systemStatus", undefined, password)).status).toBe(200);
  });
});

describe("Webhooks", () => {
  test("are called with their placeholders filled in, until they answer 200 or 202", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(seen.length === 1 ? 500 : 202).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      room.idnow.setAccount({ webhookTimeFactor: 0, statusHooks: [77] });
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const id = await room.put({
        ...identOrder,
        WebhookURL: { OnFinal: `${base}/final?o=[OrderID]&r=[Ref]`, OnStatusChange: `${base}/status/[statusCode]` },
      });
      room.idnow.identify(id, "Video");
      await expect.poll(() => seen.length, { timeout: 5000 }).toBe(3);
      expect(seen.toSorted()).toContain(`GET /final?o=${id}&r=Sealdesk-1`);
      expect(seen).toContain("GET /status/77");
      await expect
        .poll(() => room.idnow.webhookAttempts().map(({ result }) => result), { timeout: 5000 })
        .toEqual(expect.arrayContaining([500, 202]));
    } finally {
      server.close();
    }
  });

  test("are never called on other computers", async () => {
    const id = await room.put({ WebhookURL: { OnFinal: "https://example.com/?o=[OrderID]" } });
    await room.call("POST", `cancelOrder/${id}`);
    await expect.poll(() => room.idnow.webhookAttempts()).toMatchObject([{ hook: "OnFinal", result: "not-sent" }]);
  });
});

test("The history can come in any order, with codes that nobody knows", async () => {
  const id = await room.put();
  room.idnow.sign(id);
  const right = await room.kinds(id);
  room.idnow.setFlaws({ history: "shuffled" });
  expect(await room.kinds(id)).toEqual(right.toReversed());
  room.idnow.setFlaws({ history: "unknown-codes" });
  expect((await room.kinds(id)).filter((kind) => kind >= 7000 && kind < 8000)).toHaveLength(right.length);
});
