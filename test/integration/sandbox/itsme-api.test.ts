import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openssl, sandboxFixture } from "./sandbox-fixture.ts";

const major = {
  pending: "urn:oasis:names:tc:dss:1.0:profiles:asynchronousprocessing:resultmajor:Pending",
  success: "urn:oasis:names:tc:dss:1.0:resultmajor:Success",
  requesterError: "urn:oasis:names:tc:dss:1.0:resultmajor:RequesterError",
  responderError: "urn:oasis:names:tc:dss:1.0:resultmajor:ResponderError",
};

const text = (index: number): Buffer => Buffer.from(`document ${index}`);
const digest = (index: number): Buffer => createHash("sha256").update(text(index)).digest();

let room: Awaited<ReturnType<typeof sandboxFixture>>;
beforeAll(async () => {
  // A clock that stands still unless a test moves it: a busy machine must not let a pretend person answer early.
  const start = Date.now();
  room = await sandboxFixture({ clock: () => start });
});
afterAll(() => room.close());
beforeEach(() => {
  room.sandbox.control.reset();
  room.sandbox.control.itsme.setContract({ batch: true });
});

/** Types the number and lets its pretend person answer; persons that answer by hand approve. */
async function identified(phone: string): Promise<string> {
  const { asyncRespID } = (await room.identify()).json;
  room.sandbox.control.itsme.enterPhone(asyncRespID, phone);
  room.sandbox.control.advanceClock(5000);
  if (room.sandbox.control.itsme.sessions().find((one) => one.id === asyncRespID)?.step === "phone") {
    room.sandbox.control.itsme.approve(asyncRespID);
  }
  return asyncRespID;
}

async function userCodeOf(phone: string): Promise<string> {
  const id = await identified(phone);
  const answer = await room.identificationStatus(id);
  // Some numbers lose or spoil their first answer.
  const settled = answer.status === 200 ? answer : await room.identificationStatus(id);
  expect(settled.json.status).toBe("OK");
  return settled.json.userCode;
}

async function signed(phone: string, count = 1) {
  const started = await room.sign(
    await userCodeOf(phone),
    Array.from({ length: count }, (_, index) => digest(index)),
  );
  expect(started.json.result.maj).toBe(major.pending);
  const id: string = started.json.respID;
  room.sandbox.control.itsme.visit(id);
  room.sandbox.control.advanceClock(5000);
  if (room.sandbox.control.itsme.sessions().find((one) => one.id === id)?.step === "phone")
    room.sandbox.control.itsme.approve(id);
  return id;
}

/** Whether openssl accepts the value over the text with the person's certificate. */
async function verifies(certificate: string, value: string, content: Buffer): Promise<boolean> {
  const file = (name: string): string => join(room.folder, name);
  const key = (await openssl(["x509", "-pubkey", "-noout"], certificate)).stdout;
  await writeFile(file("signer-key.pem"), key);
  await writeFile(file("value.bin"), Buffer.from(value, "base64"));
  const args = ["dgst", "-sha256", "-verify", file("signer-key.pem"), "-signature", file("value.bin")];
  return (await openssl(args, content)).status === 0;
}

async function certificateOf(phone: string): Promise<string> {
  return (await room.identificationStatus(await identified(phone))).json.certificate;
}

describe("The connection", () => {
  test("is refused during the handshake without a client certificate", async () => {
    await expect(room.api("/.well-known/configuration", undefined, room.stranger)).rejects.toThrow(
      /certificate required|alert|ECONNRESET|other side closed/i,
    );
  });

  test("with the client certificate reaches the discovery document", async () => {
    const { status, json } = await room.api("/.well-known/configuration");
    expect(status).toBe(200);
    expect(json.sign_languages_supported).toEqual(["EN", "FR", "NL", "DE"]);
    expect(json.commitment_types_supported).toHaveLength(7);
    expect(json.sign_policy_templates_supported.map((one) => one.ref)).toContain("1.3.6.1.4.1.49274.1.1.7.2.0");
  });

  test("answers an unknown path with 404 and a body above 1 MiB with 413", async () => {
    expect((await room.api("/verify_document", {})).status).toBe(404);
    expect((await room.api("/sign_document", "x".repeat(1024 * 1024 + 1))).status).toBe(413);
  });
});

describe("Identification", () => {
  test("goes from pending to a certificate, and asking again gives the same", async () => {
    const started = await room.identify();
    expect(started.json).toEqual({
      status: "OK",
      asyncRespID: expect.stringMatching(/^[a-z0-9]{36}$/),
      identificationUrl: expect.stringContaining(`${room.sandbox.baseUrls.pages}/qes/identify_yourself?language=EN&q=`),
    });
    const id = started.json.asyncRespID;
    const pending = await room.identificationStatus(id);
    expect([pending.status, pending.json]).toEqual([409, { status: "NOK", statusReason: "PENDING" }]);
    room.sandbox.control.itsme.enterPhone(id, "+32 470 00 00 02");
    expect((await room.identificationStatus(id)).status).toBe(409);
    room.sandbox.control.itsme.approve(id);
    const done = await room.identificationStatus(id);
    expect(done.status).toBe(200);
    expect(done.json.userCode).toMatch(/^[a-z0-9]{36}$/);
    expect(done.json.fullCertificateChain.startsWith(done.json.certificate)).toBe(true);
    expect(done.json.fullCertificateChain.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect((await openssl(["x509", "-noout", "-subject", "-nameopt", "utf8"], done.json.certificate)).output).toContain(
      "Zoë Müller-Straße",
    );
    expect((await room.identificationStatus(id)).text).toBe(done.text);
  });

  test("with a known userCode goes straight to the phone and gives the same person", async () => {
    const userCode = await userCodeOf("+32470000004");
    const again = (await room.identify({ userCode })).json;
    expect(room.sandbox.control.itsme.sessions().at(-1)).toMatchObject({ id: again.asyncRespID, step: "phone" });
    room.sandbox.control.advanceClock(1000);
    expect((await room.identificationStatus(again.asyncRespID)).json.userCode).toBe(userCode);
  });

  test.each([
    ["MISSING_PARTNER_CODE", { partnerCode: "" }],
    ["MISSING_SERVICE_CODE", { serviceCode: null }],
    ["INVALID_REQUESTOR", { serviceCode: "OTHER" }],
    ["INVALID_URL", { redirectUrl: "sealdesk://back" }],
    ["UNAUTHORIZED_URL", { redirectUrl: "https://other.example/" }],
    ["INVALID_LANG", { lang: "SV" }],
    ["UNKNOWN", { userCode: "short" }],
  ])("is refused with 400 %s for %j", async (reason, change) => {
    const { status, json } = await room.identify(change);
    expect([status, json]).toEqual([400, { status: "NOK", statusReason: reason }]);
  });

  test("answers an empty body with NO_REQUEST, a missing id by name, an unknown id with an empty 409", async () => {
    expect((await room.api("/user_identification", "")).json.statusReason).toBe("NO_REQUEST");
    expect((await room.identificationStatus(null)).json.statusReason).toBe("MISSING_ASYNC_RESP_ID");
    const unknown = await room.identificationStatus("a".repeat(36));
    expect([unknown.status, unknown.text]).toEqual([409, ""]);
  });

  test.each([
    ["+32470000005", 409, "REJECTED"],
    ["+32470000006", 409, "EXPIRED"],
    ["+32470000007", 400, "NOT_ALLOWED_TO_SIGN"],
    ["+32470000023", 409, "UNEXPECTED_ERROR"],
  ])("of %s ends with %d %s", async (phone, status, reason) => {
    const answer = await room.identificationStatus(await identified(phone));
    expect([answer.status, answer.json]).toEqual([status, { status: "NOK", statusReason: reason }]);
  });

  test("that nobody answers expires after three minutes", async () => {
    const { asyncRespID } = (await room.identify()).json;
    room.sandbox.control.itsme.enterPhone(asyncRespID, "+32470000001");
    room.sandbox.control.advanceClock(180_000);
    expect((await room.identificationStatus(asyncRespID)).json.statusReason).toBe("EXPIRED");
  });

  test("can be pending with HTTP 200 and without certificate", async () => {
    const { asyncRespID } = (await room.identify()).json;
    room.sandbox.control.itsme.enterPhone(asyncRespID, "+32470000026");
    const answer = await room.identificationStatus(asyncRespID);
    expect([answer.status, answer.json]).toEqual([200, { status: "OK" }]);
  });

  test("survives one HTTP 500 and one lost connection in the numbers made for it", async () => {
    const troubled = await identified("+32470000015");
    expect((await room.identificationStatus(troubled)).status).toBe(500);
    expect((await room.identificationStatus(troubled)).status).toBe(200);
    const lost = await identified("+32470000018");
    await expect(room.identificationStatus(lost)).rejects.toThrow(/other side closed|ECONNRESET/);
    expect((await room.identificationStatus(lost)).status).toBe(200);
  });
});

describe("Signing", () => {
  test("of 70 hashes gives 70 values that openssl verifies over the documents, the same when asked again", async () => {
    const certificate = await certificateOf("+32470000004");
    const id = await signed("+32470000004", 70);
    const done = await room.signStatus(id);
    expect(done.json.result.maj).toBe(major.success);
    expect(done.json.sigObj.map((one) => one.whichDoc)).toEqual(
      Array.from({ length: 70 }, (_, index) => `doc-${index}`),
    );
    expect(await verifies(certificate, done.json.sigObj[0].b64Sig.value, text(0))).toBe(true);
    expect(await verifies(certificate, done.json.sigObj[69]!.b64Sig.value, text(69))).toBe(true);
    expect(await verifies(certificate, done.json.sigObj[69]!.b64Sig.value, text(0))).toBe(false);
    expect((await room.signStatus(id)).text).toBe(done.text);
  });

  test("stays pending until the page is open and the phone answers", async () => {
    const started = (await room.sign(await userCodeOf("+32470000001"), [digest(0)])).json;
    expect(started).toEqual({
      result: { maj: major.pending },
      reqID: "request-1",
      respID: expect.stringMatching(/^[a-z0-9]{36}$/),
      optOutp: {
        itsme: {
          signingUrl: expect.stringContaining(`${room.sandbox.baseUrls.pages}/qes/prove_its_you_poka?q=`),
          userCode: expect.stringMatching(/^[a-z0-9]{36}$/),
        },
      },
    });
    room.sandbox.control.itsme.visit(started.respID);
    expect((await room.signStatus(started.respID)).json).toEqual({
      result: { maj: major.pending },
      reqID: "request-1",
      respID: started.respID,
    });
  });

  test("with an identification's id, or one that nobody has, is an empty 409", async () => {
    const identification = (await room.identify()).json.asyncRespID;
    for (const id of [identification, "a".repeat(36)]) {
      const answer = await room.signStatus(id);
      expect([answer.status, answer.text]).toEqual([409, ""]);
    }
  });

  test.each([
    ["+32470000009", major.requesterError, "REJECTED", expect.any(String)],
    ["+32470000010", major.requesterError, "EXPIRED", expect.any(String)],
    ["+32470000014", major.requesterError, "REJECTED", { lang: "EN", value: expect.any(String) }],
    ["+32470000024", major.responderError, "TECHNICAL_ERROR", expect.any(String)],
  ])("of %s ends with %s %s", async (phone, maj, min, msg) => {
    const answer = await room.signStatus(await signed(phone));
    expect([answer.status, answer.json.result, answer.json.sigObj]).toEqual([409, { maj, min, msg }, undefined]);
  });

  test.each([
    ["SIGNATURE_NOT_ALLOWED", "+32470000027", 1],
    ["ONLY_SINGLE_HASH_SUPPORTED", "+32470000019", 2],
    ["BATCH_TOO_LARGE", "+32470000004", 71],
    ["NO_HASH_PROVIDED", "+32470000004", 0],
  ])("is refused at the start with 400 %s", async (code, phone, count) => {
    const userCode = await userCodeOf(phone);
    const answer = await room.sign(
      userCode,
      Array.from({ length: count }, (_, index) => digest(index)),
    );
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ result: { maj: major.requesterError, min: code }, reqID: "request-1" });
  });

  test("without batch in the contract takes one hash only", async () => {
    room.sandbox.control.itsme.setContract({ batch: false });
    const userCode = await userCodeOf("+32470000004");
    expect((await room.sign(userCode, [digest(0), digest(1)])).json.result.min).toBe("ONLY_SINGLE_HASH_SUPPORTED");
    expect((await room.sign(userCode, [digest(0)])).json.result.maj).toBe(major.pending);
  });

  test("can return a value that openssl refuses", async () => {
    const certificate = await certificateOf("+32470000011");
    const done = (await room.signStatus(await signed("+32470000011"))).json;
    expect(done.result.maj).toBe(major.success);
    expect(Buffer.from(done.sigObj[0].b64Sig.value, "base64")).toHaveLength(256);
    expect(await verifies(certificate, done.sigObj[0].b64Sig.value, text(0))).toBe(false);
  });

  test("can return results in another order, without names, or one too few", async () => {
    const names = async (phone: string) =>
      (await room.signStatus(await signed(phone, 3))).json.sigObj.map((one) => one.whichDoc);
    expect(await names("+32470000012")).toEqual(["doc-2", "doc-1", "doc-0"]);
    expect(await names("+32470000013")).toEqual([undefined, undefined, undefined]);
    expect(await names("+32470000025")).toEqual(["doc-0", "doc-1"]);
  });

  test("answers HTTP 500 for ever in the number made for it", async () => {
    const id = await signed("+32470000016");
    expect((await room.signStatus(id)).status).toBe(500);
    expect((await room.signStatus(id)).status).toBe(500);
  });
});

describe("Playing the person", () => {
  test("needs neither page nor phone", async () => {
    room.sandbox.control.setAutoApprove({ phone: "+32470000003" });
    const { asyncRespID } = (await room.identify()).json;
    const identification = (await room.identificationStatus(asyncRespID)).json;
    expect(
      (await openssl(["x509", "-noout", "-subject", "-nameopt", "utf8"], identification.certificate)).output,
    ).toContain("François Lemaître-Noël");
    const { respID } = (await room.sign(identification.userCode, [digest(5)])).json;
    const done = (await room.signStatus(respID)).json;
    expect(await verifies(identification.certificate, done.sigObj[0].b64Sig.value, text(5))).toBe(true);
  });
});

describe("Faults on demand", () => {
  test("spoil the next answers of one operation", async () => {
    room.sandbox.control.addFault({
      operation: "itsme/identification",
      status: 400,
      body: { status: "NOK", statusReason: "UNEXPECTED_ERROR" },
    });
    room.sandbox.control.addFault({ operation: "itsme/identification", drop: true });
    const first = await room.identify();
    expect([first.status, first.json.statusReason]).toEqual([400, "UNEXPECTED_ERROR"]);
    await expect(room.identify()).rejects.toThrow(/other side closed|ECONNRESET/);
    expect((await room.identify()).status).toBe(200);
  });
});
