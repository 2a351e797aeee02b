import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientByReference } from "../../../sandbox/fourthline/practice-clients.ts";
import { annex, contract, fourthlineFixture, mobile } from "./fourthline-fixture.ts";

let room: Awaited<ReturnType<typeof fourthlineFixture>>;
beforeAll(async () => {
  room = await fourthlineFixture();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.sandbox.control.reset();
  room.fourthline.setSettings({ workMilliseconds: 0 });
  await room.logIn();
});

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const hour = 3_600_000;
const advance = (milliseconds: number) => room.sandbox.control.advanceClock(milliseconds);
/** For longer than a token lives. */
const later = async (milliseconds: number) => {
  advance(milliseconds);
  await room.logIn();
};

describe("An access token", () => {
  test("is given for the practice client, as RFC 6749 says, and lives one hour", async () => {
    const { clientId, clientSecret } = room.sandbox.fourthlineProfile;
    const json = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const reply = await room.call("token", "", { json });
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    expect((await room.call("createWorkflow", "", { json: {} })).status).toBe(400);
    advance(hour);
    expect((await room.call("createWorkflow", "", { json: {} })).status).toBe(401);
    await room.logIn();
    expect((await room.call("createWorkflow", "", { json: {} })).status).toBe(400);
  });

  test("is refused for another secret, another client and another grant", async () => {
    const { clientId, clientSecret } = room.sandbox.fourthlineProfile;
    const right = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const ask = async (change: object) => (await room.call("token", "", { json: { ...right, ...change } })).status;
    expect(await ask({ client_secret: "wrong" })).toBe(401);
    expect(await ask({ client_id: "nobody" })).toBe(401);
    expect(await ask({ grant_type: "password" })).toBe(400);
  });

  test("can be ended at once, and its life follows the time factor", async () => {
    room.fourthline.expireTokens();
    expect((await room.call("createWorkflow", "", { json: {} })).status).toBe(401);
    room.fourthline.setSettings({ timeFactor: 1 / 3600 });
    await room.logIn();
    advance(1000);
    expect((await room.call("status", "any")).status).toBe(401);
  });

  test("is needed by every other call", async () => {
    const id = await room.ready();
    room.useToken("");
    for (const name of ["createWorkflow", "uploadMobile", "details", "approve", "confirm", "status"] as const) {
      expect([
        name,
        (await room.call(name, id, name === "details" || name === "status" ? undefined : { json: {} })).status,
      ]).toEqual([name, 401]);
    }
  });
});

describe("The whole way", () => {
  test("leads from creation to the signed document through the statuses of the guide", async () => {
    const { json } = await room.call("createWorkflow", "", {
      json: { workflowName: room.sandbox.fourthlineProfile.workflowNames.completed, providerClientId: "customer-1" },
    });
    expect(json.workflowId).toMatch(guid);
    expect(json.clientId).toMatch(guid);
    const id = json.workflowId;
    expect((await room.call("status", id)).json).toEqual({ signatureId: id, status: "pending", statusCode: 0 });
    const uploaded = await room.upload(id, [
      ["Contract", contract],
      ["Annex", annex],
    ]);
    expect([uploaded.status, uploaded.text]).toEqual([204, ""]);
    expect(await room.status(id)).toBe("pending");
    const number = await room.uploadMobile(id);
    expect([number.status, number.text]).toEqual([202, ""]);
    expect(await room.status(id)).toBe("user_consent_required");

    const details = (await room.call("details", id)).json;
    expect(details).toMatchObject({ clientId: json.clientId, mobilePhoneNumber: mobile });
    expect(details.verificationId).toMatch(guid);
    expect(details.documents.map(({ title }) => title)).toEqual(["Contract", "Annex"]);
    expect(details.passcode).toEqual({ length: 6, channel: "sms" });
    expect(room.fourthline.messages()).toHaveLength(0);

    const approved = await room.approve(id, { passcodeLanguage: "nl" });
    expect(approved.json.attemptId).toMatch(guid);
    expect(await room.status(id)).toBe("confirmation_required");
    const [message] = room.fourthline.messages();
    expect(message).toMatchObject({ to: mobile, signature: id });
    expect(message?.text).toContain("is je oefencode om 2 documenten te ondertekenen");
    const confirmed = await room.confirm(id);
    expect(confirmed.json.attemptId).toMatch(guid);
    expect(confirmed.json.attemptId).not.toBe(approved.json.attemptId);
    expect(await room.status(id)).toBe("signed");
    const signed = await room.document(id, details.documents[1]?.documentId);
    expect(signed.headers["content-type"]).toBe("application/pdf");
    expect(signed.bytes.subarray(0, annex.length).equals(annex)).toBe(true);
    expect((await room.call("infocertContract", id)).status).toBe(204);
  });

  test("takes its time: each step is answered at once and happens later", async () => {
    room.fourthline.setSettings({ workMilliseconds: 1000 });
    const id = await room.create();
    expect(await room.status(id)).toBe("new");
    expect((await room.upload(id, [["Contract", contract]])).status).toBe(409);
    advance(1000);
    expect(await room.status(id)).toBe("pending");
    await room.upload(id, [["Contract", contract]]);
    await room.uploadMobile(id);
    expect(await room.status(id)).toBe("pending");
    advance(1000);
    await room.approve(id);
    expect(await room.status(id)).toBe("user_consent_required");
    expect((await room.approve(id)).status).toBe(409);
    advance(1000);
    expect(await room.status(id)).toBe("confirmation_required");
    await room.confirm(id);
    expect(await room.status(id)).toBe("confirmation_required");
    expect((await room.confirm(id)).status).toBe(409);
    advance(1000);
    expect(await room.status(id)).toBe("signed");
  });

  test("goes over InfoCert for who is sent there, and leaves a contract", async () => {
    const { id } = await room.signed("practice-infocert");
    const answer = await room.call("infocertContract", id);
    expect([answer.status, answer.headers["content-type"], answer.text.slice(0, 5)]).toEqual([
      200,
      "application/pdf",
      "%PDF-",
    ]);
  });
});

describe("Documents", () => {
  test.each([
    ["no PDF", Buffer.from("a text"), "cannot be read"],
    ["an encrypted PDF", encryptedPdf(), "protected"],
  ])("that are %s are refused with the reason", async (_what, bytes, reason) => {
    const id = await room.create();
    const reply = await room.upload(id, [
      ["Contract", contract],
      ["Other", bytes],
    ]);
    expect([reply.status, reply.json.errors.length]).toEqual([422, 1]);
    expect(reply.json.errors[0]).toContain(reason);
    expect((await room.uploadMobile(id)).status).toBe(422);
  });

  test("larger than 10 MB, or more than ten, are refused", async () => {
    const id = await room.create();
    const large = Buffer.concat([contract, Buffer.alloc(10 * 1024 * 1024 + 1 - contract.length, 0x20)]);
    expect((await room.upload(id, [["Large", large]])).json.errors[0]).toContain("larger than 10485760 bytes");
    const nine = Array.from({ length: 9 }, (_, index) => [`Document ${index}`, contract] as const);
    expect((await room.upload(id, nine)).status).toBe(204);
    expect((await room.upload(id, nine.slice(0, 2))).status).toBe(422);
    expect((await room.upload(id, nine.slice(0, 1))).status).toBe(204);
  });

  test.each([
    ["no boundary", "multipart/form-data", "--x\r\n\r\n--x--"],
    [
      "a body that is cut off",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="files"',
    ],
    ["another type", "application/pdf", "%PDF-1.7"],
    ["JSON that is none", 'multipart/form-data; boundary="x"', formWith("information", "{")],
    ["no list", 'multipart/form-data; boundary="x"', formWith("information", '{"documents":{}}')],
    ["no file", 'multipart/form-data; boundary="x"', formWith("information", '{"documents":[{}]}')],
  ])("in a form with %s are refused", async (_what, type, body) => {
    const id = await room.create();
    const reply = await room.call("uploadDocuments", id, { type, body });
    expect([reply.status, reply.json.code]).toEqual([400, "MALFORMED"]);
  });

  test("that come while others are being read count together", async () => {
    const id = await room.create();
    const six = Array.from({ length: 6 }, (_, index) => [`Document ${index}`, contract] as const);
    const replies = await Promise.all([room.upload(id, six), room.upload(id, six)]);
    expect(replies.map((reply) => reply.status).toSorted((one, other) => one - other)).toEqual([204, 422]);
  });

  test("larger than any form may be are not read to the end", async () => {
    const id = await room.create();
    const type = "multipart/form-data; boundary=x";
    const body = Buffer.alloc(110 * 1024 * 1024 + 1);
    expect((await room.call("uploadDocuments", id, { type, body })).status).toBe(413);
  });

  test("are described as often as they are sent, and come before the number", async () => {
    const id = await room.create();
    expect((await room.call("uploadDocuments", id, { json: {} })).status).toBe(400);
    expect((await room.upload(id, [])).status).toBe(400);
    await room.upload(id, [["Contract", contract]]);
    room.fourthline.setSettings({ workMilliseconds: 60_000 });
    await room.uploadMobile(id);
    expect(await room.status(id)).toBe("pending");
    expect((await room.upload(id, [["Annex", annex]])).status).toBe(409);
  });
});

test.each(["0612345678", "+0612345678", "+31 6 12345678", "+3161234567890123", 31612345678, null])(
  "The number %j is not in E.164 format",
  async (number) => {
    const id = await room.create();
    await room.upload(id, [["Contract", contract]]);
    expect((await room.uploadMobile(id, number)).status).toBe(400);
    expect(await room.status(id)).toBe("pending");
  },
);

describe("Approving", () => {
  test("needs all documents and all conditions", async () => {
    const id = await room.ready();
    expect((await room.approve(id, { legalConditions: ["general-terms"] })).status).toBe(422);
    expect((await room.approve(id, { documents: [] })).status).toBe(422);
    expect((await room.approve(id, { documents: ["other"] })).status).toBe(400);
    expect((await room.approve(id, { legalConditions: "all" })).status).toBe(400);
    expect(await room.status(id)).toBe("user_consent_required");
    expect(room.fourthline.messages()).toHaveLength(0);
  });

  test("again sends another passcode, and the first one no longer counts", async () => {
    room.fourthline.setSettings({ passcodeLength: 8 });
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    const first = room.passcode();
    await room.approve(id);
    await room.status(id);
    expect(room.fourthline.messages()).toHaveLength(2);
    const second = room.passcode();
    expect(second).not.toBe(first);
    expect((await room.confirm(id, first)).status).toBe(422);
    expect((await room.confirm(id, second)).status).toBe(202);
  });

  test.each([
    ["en", "General terms of Namirial (practice)"],
    ["fr", "Conditions générales de Namirial (exercice)"],
    ["NL", "Algemene voorwaarden van Namirial (oefening)"],
    ["de", "Allgemeine Bedingungen von Namirial (Übung)"],
    ["sv", "Allmänna villkor för Namirial (övning)"],
    ["xx", "General terms of Namirial (practice)"],
  ])("shows the conditions in the language %s, and each has a page", async (language, title) => {
    const id = await room.ready();
    const { legalConditions } = (await room.call("details", id, undefined, { query: `?language=${language}` })).json;
    expect(legalConditions[0]).toMatchObject({ id: "general-terms", title });
    for (const condition of legalConditions) {
      const page = await room.send(condition.url);
      expect(page.status).toBe(200);
      expect(page.text).toContain(condition.text);
      expect(page.text).toContain(`<title>${condition.title}</title>`);
    }
    const { url } = legalConditions[0]!;
    expect((await room.send(url.replace("general-terms", "no-such"))).status).toBe(404);
  });
});

describe("A wrong passcode", () => {
  const wrong = (code: string) => (code === "000000" ? "111111" : "000000");

  test("is refused twice, then ends the signature in error", async () => {
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    const code = wrong(room.passcode());
    const first = await room.confirm(id, code);
    expect([first.status, first.json.code]).toEqual([422, "WRONG_PASSCODE"]);
    expect(await room.status(id)).toBe("confirmation_required");
    expect((await room.confirm(id, code)).status).toBe(422);
    const third = await room.confirm(id, code);
    expect([third.status, third.json.code]).toEqual([422, "TOO_MANY_PASSCODES"]);
    expect(await room.status(id)).toBe("error");
    await later(48 * hour);
    expect(await room.status(id)).toBe("error");
  });

  test("does not spoil the right one after it; what is no number is no attempt", async () => {
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    expect((await room.confirm(id, wrong(room.passcode()))).status).toBe(422);
    expect((await room.confirm(id, "12 34")).status).toBe(400);
    expect((await room.confirm(id, 123456)).status).toBe(400);
    expect((await room.confirm(id)).status).toBe(202);
  });

  test.each([4, 8])("has as many digits as the details say: %i", async (passcodeLength) => {
    room.fourthline.setSettings({ passcodeLength });
    const id = await room.ready();
    expect((await room.call("details", id)).json.passcode.length).toBe(passcodeLength);
    await room.approve(id);
    await room.status(id);
    expect(room.passcode()).toMatch(new RegExp(`^\\d{${passcodeLength}}$`, "u"));
  });
});

describe("Time", () => {
  test("for the consent is two hours, then calls give 422; after 24 hours it is an error", async () => {
    const id = await room.ready();
    await room.status(id);
    await later(2 * hour - 5000);
    expect((await room.call("details", id)).status).toBe(200);
    advance(5000);
    const late = await room.call("details", id);
    expect([late.status, late.json.code]).toEqual([422, "SIGNATURE_FLOW_EXPIRED"]);
    const json = { documents: [], legalConditions: [] };
    expect((await room.call("approve", id, { json })).status).toBe(422);
    expect(await room.status(id)).toBe("user_consent_required");
    await later(22 * hour);
    expect(await room.status(id)).toBe("error");
  });

  test("for the passcode is one hour, then confirming gives 422; after 24 hours it is an error", async () => {
    const id = await room.ready();
    await room.approve(id);
    expect(await room.status(id)).toBe("confirmation_required");
    await later(hour);
    const late = await room.confirm(id);
    expect([late.status, late.json.code]).toEqual([422, "SIGNATURE_FLOW_EXPIRED"]);
    expect(await room.status(id)).toBe("confirmation_required");
    await later(23 * hour);
    expect(await room.status(id)).toBe("error");
  });

  test("for the selfie is 24 hours", async () => {
    const id = await room.ready("practice-selfie");
    expect(await room.status(id)).toBe("selfie_required");
    await later(24 * hour - 5000);
    expect(await room.status(id)).toBe("selfie_required");
    advance(5000);
    expect(await room.status(id)).toBe("error");
  });

  test("can run faster: with the factor 1/3600 an hour is a second", async () => {
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    room.fourthline.setSettings({ timeFactor: 1 / 3600 });
    await room.logIn();
    await later(1000);
    expect((await room.confirm(id)).status).toBe(422);
    await later(23_000);
    expect(await room.status(id)).toBe("error");
  });
});

describe("Who is asked for more, or turned away:", () => {
  test("a selfie lets the way go on", async () => {
    const id = await room.ready("practice-selfie");
    expect((await room.call("status", id)).json).toMatchObject({ status: "selfie_required", statusCode: 3105 });
    expect((await room.call("details", id)).status).toBe(409);
    expect((await room.uploadSelfie(id, contract)).status).toBe(422);
    const taken = await room.uploadSelfie(id);
    expect([taken.status, taken.text]).toEqual([202, ""]);
    expect(await room.status(id)).toBe("user_consent_required");
    expect((await room.uploadSelfie(id)).status).toBe(409);
  });

  test("who is not eligible is told at once or after the number, with a code", async () => {
    const early = await room.create("practice-not-eligible");
    expect((await room.call("status", early)).json).toMatchObject({ status: "kyc_required", statusCode: 1021 });
    expect((await room.upload(early, [["Contract", contract]])).status).toBe(409);
    const late = await room.ready("practice-not-eligible-late");
    expect((await room.call("status", late)).json).toMatchObject({ status: "kyc_required", statusCode: 3204 });
    room.fourthline.setSettings({ afterApproval: { result: "kyc_required", code: 4145 } });
    const afterwards = await room.ready();
    await room.approve(afterwards);
    expect((await room.call("status", afterwards)).json).toMatchObject({ status: "kyc_required", statusCode: 4145 });
  });

  test("an identity check that is missing or ended badly makes no workflow, nor does an unknown workflow", async () => {
    const ask = (workflowName: string, providerClientId: unknown) =>
      room.call("createWorkflow", "", { json: { workflowName, providerClientId } });
    const { completed } = room.sandbox.fourthlineProfile.workflowNames;
    expect((await ask(completed, "practice-no-case")).status).toBe(422);
    expect((await ask("idv-and-qes", "customer-1")).status).toBe(403);
    expect((await ask(completed, 7)).status).toBe(400);
  });
});

describe("An error", () => {
  test("that recovers leads back to the status before, and then on", async () => {
    const id = await room.ready("practice-recovering-error");
    expect(await room.status(id)).toBe("error");
    advance(5000);
    expect(await room.status(id)).toBe("user_consent_required");
    const { history } = room.fourthline.signatures()[0]!;
    expect(history.map((entry) => entry.status)).toEqual([
      "new",
      "pending",
      "error",
      "pending",
      "user_consent_required",
    ]);
  });

  test("that does not recover stays", async () => {
    const id = await room.ready("practice-error");
    advance(hour / 2);
    expect((await room.call("status", id)).json).toMatchObject({ status: "error", statusCode: 5000 });
    expect((await room.uploadMobile(id)).status).toBe(409);
  });

  test("while signing leaves the passcode as it was", async () => {
    room.fourthline.setSettings({
      afterConfirmation: { result: "error", code: 5001, recoversAfterMilliseconds: 30_000 },
    });
    const { id } = await room.signed();
    expect(await room.status(id)).toBe("error");
    advance(30_000);
    expect(await room.status(id)).toBe("confirmation_required");
    expect((await room.confirm(id)).status).toBe(202);
    expect(await room.status(id)).toBe("signed");
  });
});

describe("The pending flow", () => {
  test("waits for the identity check, and hands nothing out until it has ended well", async () => {
    const { id, documents } = await room.signed("customer-1", "pending");
    expect(await room.status(id)).toBe("pending_verification");
    expect((await room.document(id, documents[0])).status).toBe(409);
    advance(15_000);
    expect(await room.status(id)).toBe("signed");
    expect((await room.document(id, documents[0])).status).toBe(200);
  });

  test("ends in invalid_signature when the data differ, and the next signature is good at once", async () => {
    const first = await room.signed("practice-mismatch", "pending");
    advance(15_000);
    expect(await room.status(first.id)).toBe("invalid_signature");
    expect((await room.document(first.id, first.documents[0])).status).toBe(409);
    const second = await room.signed("practice-mismatch", "pending");
    expect(await room.status(second.id)).toBe("signed");
    const text = (await room.document(second.id, second.documents[0])).bytes;
    const { confirmed } = clientByReference("practice-mismatch")!.person;
    expect(confirmed.surname).not.toBe(clientByReference("practice-mismatch")!.person.extracted.surname);
    expect(text.includes(Buffer.from(confirmed.surname).toString("hex").toUpperCase())).toBe(true);
  });

  test("can be ended by hand", async () => {
    room.fourthline.setSettings({ verificationMilliseconds: null });
    const { id } = await room.signed("customer-1", "pending");
    await later(100 * hour);
    expect(await room.status(id)).toBe("pending_verification");
    room.fourthline.finishVerification(id, "mismatch");
    expect(await room.status(id)).toBe("invalid_signature");
  });
});

describe("What is not there", () => {
  test("is 404, another method 405, another status 409", async () => {
    expect((await room.call("status", "00000000-0000-4000-8000-000000000000")).status).toBe(404);
    const id = await room.ready();
    const { documents } = (await room.call("details", id)).json;
    expect((await room.document(id, documents[0]?.documentId)).status).toBe(409);
    expect((await room.call("infocertContract", id)).status).toBe(409);
    expect((await room.confirm(id, "123456")).status).toBe(409);
    const signed = await room.signed();
    expect((await room.document(signed.id, "other")).status).toBe(404);
    const url = `${room.sandbox.baseUrls.fourthline}/v1/workflows`;
    expect((await room.send(url)).status).toBe(405);
    expect((await room.send(`${url}/more`)).status).toBe(404);
  });
});

test("The played person types the passcode and leaves the consent to the program", async () => {
  room.fourthline.setSettings({ workMilliseconds: 500 });
  room.sandbox.control.setAutoApprove(true);
  const id = await room.ready();
  expect(await room.status(id)).toBe("user_consent_required");
  await room.approve(id);
  expect(await room.status(id)).toBe("signed");
});

test.each([
  [{ status: 500 }, 500, "user_consent_required"],
  [{ status: 429, headers: { "retry-after": "1" } }, 429, "user_consent_required"],
  [{ status: 503, afterWork: true }, 503, "confirmation_required"],
] as const)("The next approval can be spoilt: %j", async (fault, answered, status) => {
  const id = await room.ready();
  await room.status(id);
  room.sandbox.control.addFault({ operation: "fourthline/approve", ...fault });
  expect((await room.approve(id)).status).toBe(answered);
  expect(await room.status(id)).toBe(status);
  expect((await room.approve(id)).status).toBe(202);
});

/** One field of a form. */
function formWith(name: string, value: string): string {
  return `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--\r\n`;
}

/** A trailer that names an encryption dictionary (ISO 32000-2 7.6.2); nobody needs a password to see that. */
function encryptedPdf(): Buffer {
  const dictionary =
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) >>";
  const text = Buffer.from(contract).toString("latin1");
  return Buffer.from(
    text.replace("/Root 1 0 R", `/Root 1 0 R ${dictionary} /ID [(0123456789abcdef) (0123456789abcdef)]`),
    "latin1",
  );
}
