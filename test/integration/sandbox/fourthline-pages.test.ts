import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FormData } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { CallName } from "../../../sandbox/fourthline/endpoint-table.ts";
import { annex, contract, fourthlineFixture } from "./fourthline-fixture.ts";

let room: Awaited<ReturnType<typeof fourthlineFixture>>;
beforeAll(async () => {
  room = await fourthlineFixture();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.sandbox.control.reset();
  room.fourthline.setSettings({ workMilliseconds: 0, verificationMilliseconds: null });
  await room.logIn();
});

async function phone(language = "EN"): Promise<string> {
  return (await room.send(`${room.sandbox.phoneUrl}?language=${language}`)).text;
}

/** Presses a button of the phone page. */
async function press(fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  const reply = await fetch(room.sandbox.phoneUrl, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body,
    redirect: "manual",
  });
  return reply.status;
}

const version = async () => (await room.send(`${room.sandbox.phoneUrl}/version`)).text;

describe("The practice phone", () => {
  test("shows the passcode, draws itself again when it comes, and lets it be deleted", async () => {
    const before = await version();
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    expect(await version()).not.toBe(before);
    const text = await phone();
    expect(text).toMatch(new RegExp(`<strong class="tan"[^>]*>${room.passcode()}</strong>`, "u"));
    expect(text).toContain("Fourthline (practice)");
    const message = /name="delete-fourthline-sms" value="(\d+)"/u.exec(text)?.[1] ?? "";
    expect(await press({ "delete-fourthline-sms": message })).toBe(303);
    expect(room.fourthline.messages()).toHaveLength(0);
    expect(await phone()).toContain("No request is waiting");
  });

  test("tells the messages of several providers apart", async () => {
    const id = await room.ready();
    await room.approve(id);
    await room.status(id);
    const message = /name="delete-fourthline-sms" value="(\d+)"/u.exec(await phone())?.[1] ?? "";
    await press({ "delete-idnow-sms": message });
    expect(room.fourthline.messages()).toHaveLength(1);
  });

  test.each([
    ["EN", "Fourthline is still checking the identity"],
    ["FR", "Fourthline vérifie encore l’identité"],
    ["NL", "Fourthline controleert de identiteit nog"],
    ["DE", "Fourthline prüft die Identität noch"],
    ["SV", "Fourthline kontrollerar fortfarande identiteten"],
  ])("asks how a pending identity check ends, in the language %s", async (language, title) => {
    await room.signed("customer-1", "pending");
    expect(await phone(language)).toContain(title);
  });

  test.each([
    ["match", "signed"],
    ["mismatch", "invalid_signature"],
  ])("ends the identity check: %s leads to %s", async (outcome, status) => {
    const { id } = await room.signed("customer-1", "pending");
    expect(await phone()).toContain("customer-1");
    await press({ "fourthline-check": id, outcome }, { origin: "https://evil.example" });
    expect(await room.status(id)).toBe("pending_verification");
    await press({ "fourthline-check": id, outcome: "anything" });
    expect(await room.status(id)).toBe("pending_verification");
    await press({ "fourthline-check": id, outcome });
    expect(await room.status(id)).toBe(status);
    // The button of a page that is old by now.
    expect(await press({ "fourthline-check": id, outcome })).toBe(303);
    expect(await phone()).not.toContain("customer-1");
  });

  test("runs nothing that an order says", async () => {
    const text = '"><script>alert(1)</script>';
    const id = await room.create(text, "pending");
    await room.upload(id, [[text, contract]]);
    await room.uploadMobile(id);
    await room.approve(id);
    await room.status(id);
    await room.confirm(id);
    expect(await room.status(id)).toBe("pending_verification");
    const page = await phone();
    expect(page).toContain("&lt;script&gt;alert");
    expect(page).not.toContain("<script>alert");
  });
});

test("The pages of the legal conditions say that they are practice, in each language, for both services", async () => {
  const folder = `${room.sandbox.baseUrls.fourthline}/v1/qualifiedElectronicSignature/legal`;
  for (const [language, words] of [
    ["en", "PRACTICE – not for real use"],
    ["fr", "EXERCICE – ne sert pas pour de vrai"],
    ["nl", "OEFENING – niet voor echt gebruik"],
    ["de", "ÜBUNG – nicht für den Ernstfall"],
    ["sv", "ÖVNING – inte på riktigt"],
  ] as const) {
    for (const service of ["namirial", "infocert"]) {
      const page = await room.send(`${folder}/${service}/privacy?language=${language}`);
      expect([page.status, page.text.includes(words), page.text.includes(`lang="${language}"`)]).toEqual([
        200,
        true,
        true,
      ]);
    }
  }
  expect((await room.send(`${room.sandbox.baseUrls.fourthline}/assets/practice.css`)).status).toBe(200);
});

test("Control operations play a signature over HTTP too", async () => {
  const control = async (body: object) => {
    const answer = await fetch(`${room.sandbox.baseUrls.control}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return [answer.status, ((await answer.json()) as { readonly result: unknown }).result] as const;
  };
  const id = await room.ready();
  expect((await control({ do: "fourthline/signatures" }))[1]).toMatchObject([{ id, status: "user_consent_required" }]);
  expect((await control({ do: "fourthline/move", signature: id, to: "signed" }))[0]).toBe(404);
  expect((await control({ do: "fourthline/move", signature: "nobody", to: "signed" }))[0]).toBe(404);
  const failing = { do: "fourthline/fail", signature: id, code: 5000, recoversAfterMilliseconds: null };
  expect((await control(failing))[1]).toMatchObject({ status: "error", statusCode: 5000 });
  expect((await control({ do: "fourthline/recover", signature: id }))[1]).toMatchObject({
    status: "user_consent_required",
  });
  await control({ do: "fourthline/flaws", change: { pdf: "unsigned" } });
  await control({ do: "fourthline/settings", change: { passcodeLength: 4 } });
  await room.approve(id);
  await room.status(id);
  expect((await control({ do: "fourthline/messages" }))[1]).toMatchObject([
    { signature: id, passcode: expect.stringMatching(/^\d{4}$/u) },
  ]);
  expect((await control({ do: "fourthline/certificate-status", signature: id, status: "revoked" }))[0]).toBe(404);
  const refused = { do: "fourthline/move", signature: id, to: "kyc_required", code: 140 };
  expect((await control(refused))[1]).toMatchObject({ status: "kyc_required", statusCode: 140 });
  const person = { givenNames: "A", surname: "B", country: "NL", documentType: "IDC", documentNumber: "X1" };
  expect(await control({ do: "fourthline/person", reference: "c", confirmed: person })).toEqual([200, null]);
  await control({ do: "fourthline/expire-tokens" });
  expect((await room.call("status", id)).status).toBe(401);
});

test("A sandbox that was started with another table answers under its paths and names", async () => {
  const other = await fourthlineFixture({
    fourthlineTable: {
      endpoints: {
        token: { path: "/auth" },
        createWorkflow: { method: "PUT", path: "/api/flows" },
        uploadDocuments: { path: "/api/flows/{signatureId}/files" },
        uploadMobile: { method: "PATCH", path: "/api/flows/{signatureId}/phone" },
        status: { method: "POST", path: "/api/state/{workflowId}" },
        signedDocument: { path: "/api/files/{documentId}/of/{workflowId}" },
      },
      fields: {
        token: { clientSecret: "key", accessToken: "token.value" },
        createWorkflow: { workflowName: "kind", workflowId: "flow.id" },
        uploadDocuments: { informationPart: "about", filePart: "pdf", documents: "list", title: "name" },
        uploadMobile: { mobilePhoneNumber: "person.phone" },
        details: { documents: "contract.files", documentId: "key", legalConditions: "terms", language: "lang" },
        approve: { documents: "read", legalConditions: "agreed", attemptId: "attempt" },
        confirm: { passcode: "code" },
        status: { status: "state.name" },
        error: { message: "why" },
      },
    },
  });
  onTestFinished(() => other.close());
  const { sandbox } = other;
  sandbox.control.fourthline.setSettings({ workMilliseconds: 0 });
  const { clientId, clientSecret, workflowNames } = sandbox.fourthlineProfile;
  const ask = async (name: CallName, id: string, json?: unknown) =>
    (await other.call(name, id, json === undefined ? undefined : { json })).json as unknown;

  const wrong = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  expect(await ask("token", "", wrong)).toMatchObject({ why: expect.stringContaining("secret") });
  const { token } = (await ask("token", "", {
    grant_type: "client_credentials",
    client_id: clientId,
    key: clientSecret,
  })) as { token: { value: string } };
  other.useToken(token.value);
  const { flow } = (await ask("createWorkflow", "", {
    kind: workflowNames.completed,
    providerClientId: "customer-1",
  })) as { flow: { id: string } };
  const form = new FormData();
  form.append("about", JSON.stringify({ list: [{ name: "Annex" }] }));
  form.append("pdf", new Blob([new Uint8Array(annex)], { type: "application/pdf" }), "annex.pdf");
  expect((await other.call("uploadDocuments", flow.id, { form })).status).toBe(204);
  await ask("uploadMobile", flow.id, { person: { phone: "+31612345678" } });
  expect(await ask("status", flow.id)).toMatchObject({ state: { name: "user_consent_required" } });
  const details = await other.call("details", flow.id, undefined, { query: "?lang=de" });
  const { contract: sent, terms } = details.json as unknown as {
    readonly contract: { readonly files: readonly { readonly key: string; readonly title: string }[] };
    readonly terms: readonly { readonly id: string; readonly title: string }[];
  };
  expect(sent.files.map(({ title }) => title)).toEqual(["Annex"]);
  expect(terms[0]?.title).toBe("Allgemeine Bedingungen von Namirial (Übung)");
  const approval = { read: sent.files.map(({ key }) => key), agreed: terms.map(({ id }) => id) };
  expect(await ask("approve", flow.id, approval)).toEqual({ attempt: expect.any(String) });
  await ask("status", flow.id);
  await ask("confirm", flow.id, { code: other.passcode() });
  expect(await ask("status", flow.id)).toMatchObject({ state: { name: "signed" }, signatureId: flow.id });
  const { bytes } = await other.document(flow.id, sent.files[0]?.key);
  expect(bytes.subarray(0, annex.length).equals(annex)).toBe(true);
});

test("A program that connects to the practice providers gets what it needs for Fourthline", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
  const practice = await connectPractice(folder);
  onTestFinished(async () => {
    await practice.close();
    await rm(folder, { recursive: true });
  });
  // The second program takes the sandbox of the first one, as it is announced.
  const second = await connectPractice(folder);
  const { fourthline } = second;
  expect(fourthline).toEqual(practice.fourthline);
  expect(fourthline.table.endpoints["token"]).toEqual({ method: "POST", path: "/v1/oauth2/token" });
  expect(fourthline.table.fields["details"]?.["passcodeLength"]).toBe("passcode.length");
  expect(fourthline.extraCa).toEqual([practice.tlsCaPem]);
  expect(Object.keys(fourthline.workflowNames)).toEqual(["completed", "pending"]);
  expect(fourthline.persons[0]).toMatchObject({ reference: "practice", surname: "de Vries" });
});
