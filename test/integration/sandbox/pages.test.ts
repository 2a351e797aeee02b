import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sandboxFixture } from "./sandbox-fixture.ts";

let room: Awaited<ReturnType<typeof sandboxFixture>>;
beforeAll(async () => {
  room = await sandboxFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

const form = { "content-type": "application/x-www-form-urlencoded" };
const digest = createHash("sha256").update("x").digest();

async function identification() {
  const { asyncRespID, identificationUrl } = (await room.identify()).json;
  return { id: asyncRespID, url: `${identificationUrl}&run=a%26b&step=1` };
}

const typeNumber = (url: string, phone: string, headers: Record<string, string> = {}) =>
  room.browse(url, {
    method: "POST",
    headers: { ...form, ...headers },
    body: new URLSearchParams({ phone }).toString(),
  });

const press = (session: string, answer: string, headers: Record<string, string> = {}) =>
  room.browse(room.sandbox.phoneUrl, {
    method: "POST",
    headers: { ...form, ...headers },
    body: new URLSearchParams({ session, answer }).toString(),
  });

describe("The identification page", () => {
  test("needs no client certificate and leads over the phone back to the program with its parameters", async () => {
    const { id, url } = await identification();
    const first = await room.browse(url);
    expect(first.status).toBe(200);
    expect(first.text).toContain('name="phone"');
    expect(first.headers["content-security-policy"]).toContain("default-src 'none'");

    const sent = await typeNumber(url, "0470 00 00 01");
    expect(sent.status).toBe(303);
    const waiting = await room.browse(new URL(String(sent.headers["location"]), url).href);
    expect(waiting.text).toContain("Open the itsme app on your phone");

    const phone = await room.browse(room.sandbox.phoneUrl);
    expect(phone.text).toContain("Anna Peeters");
    expect(phone.text).toContain(id);
    expect((await press(id, "approve")).status).toBe(303);
    const back = await room.browse(url);
    expect([back.status, back.headers["location"]]).toEqual([
      303,
      `${room.sandbox.itsmeProfile.redirectUrl}?run=a%26b&step=1`,
    ]);
    expect((await room.identificationStatus(id)).status).toBe(200);
    expect((await room.browse(String(back.headers["location"]))).text).toContain("You can go back to the program");
  });

  test("says that nobody has a number, and keeps what was typed without running it", async () => {
    const { id, url } = await identification();
    const answer = await typeNumber(url, `"><script>alert(1)</script>`);
    expect(answer.text).toContain("Nobody has this number here");
    expect(answer.text).not.toContain("<script>alert");
    expect((await room.identificationStatus(id)).json.statusReason).toBe("PENDING");
  });

  test.each([
    ["FR", "fr", "Identifiez-vous"],
    ["NL", "nl", "Identificeer jezelf"],
    ["DE", "de", "Weisen Sie sich aus"],
  ])("speaks %s", async (lang, code, title) => {
    const { identificationUrl } = (await room.identify({ lang })).json;
    const { text } = await room.browse(identificationUrl);
    expect(text).toContain(`<html lang="${code}">`);
    expect(text).toContain(title);
  });

  test("takes no form from another site, and an unknown address is gone", async () => {
    const { id, url } = await identification();
    expect((await typeNumber(url, "+32470000001", { origin: "https://evil.example" })).status).toBe(403);
    expect(room.sandbox.control.itsme.sessions().find((one) => one.id === id)?.phone).toBeNull();
    const stale = new URL(url);
    stale.searchParams.set("q", "a".repeat(32));
    expect((await room.browse(stale.href)).status).toBe(410);
  });

  test("goes back to the program also after a refusal", async () => {
    const { id, url } = await identification();
    await typeNumber(url, "+32470000001");
    await press(id, "refuse");
    expect((await room.browse(url)).status).toBe(303);
    expect((await room.identificationStatus(id)).json.statusReason).toBe("REJECTED");
  });
});

describe("The signing page and the phone", () => {
  async function signing() {
    room.sandbox.control.setAutoApprove({ phone: "+32470000001" });
    const { asyncRespID } = (await room.identify()).json;
    const { userCode } = (await room.identificationStatus(asyncRespID)).json;
    room.sandbox.control.setAutoApprove(null);
    const value = "Verträge <b>2026</b>";
    const description = ["EN", "FR", "NL", "DE"].map((lang) => ({ lang, value }));
    const started = (await room.sign(userCode, [digest, digest], { description })).json;
    return { id: started.respID, url: started.optOutp.itsme.signingUrl };
  }

  test("show nothing on the phone before the page is open, then description, count and digests", async () => {
    const { id, url } = await signing();
    expect((await room.browse(room.sandbox.phoneUrl)).text).not.toContain(id);
    const page = await room.browse(url);
    expect(page.text).toContain("Verträge &lt;b&gt;2026&lt;/b&gt;");
    expect(page.text).toContain("2 documents");
    const phone = (await room.browse(room.sandbox.phoneUrl)).text;
    expect(phone).toContain("Verträge &lt;b&gt;2026&lt;/b&gt;");
    expect(phone).toContain(digest.toString("hex"));
    await press(id, "approve");
    expect((await room.browse(url)).status).toBe(303);
    expect((await room.signStatus(id)).json.sigObj).toHaveLength(2);
  });

  test("speak English on a phone that is set to Swedish, and say so", async () => {
    const { id, url } = await signing();
    await room.browse(url);
    const { text } = await room.browse(`${room.sandbox.phoneUrl}?language=SV`);
    expect(text).toContain('<html lang="sv">');
    expect(text).toMatch(new RegExp(`<section[^>]*lang="en"[^>]*aria-labelledby="t-${id}"`));
    expect(text).toContain("Approve and sign");
  });

  test("take no answer from another site", async () => {
    const { id, url } = await signing();
    await room.browse(url);
    expect((await press(id, "approve", { origin: "https://evil.example" })).status).toBe(403);
    expect((await room.signStatus(id)).json.sigObj).toBeUndefined();
    const own = new URL(room.sandbox.phoneUrl).origin;
    expect((await press(id, "approve", { origin: own })).status).toBe(303);
    expect((await room.signStatus(id)).json.sigObj).toHaveLength(2);
  });
});

describe("The control endpoint", () => {
  const control = (body: unknown, headers: Record<string, string> = { "content-type": "application/json" }) =>
    room.browse(`${room.sandbox.baseUrls.control}/control`, { method: "POST", headers, body: JSON.stringify(body) });
  const result = async (body: unknown): Promise<unknown> =>
    (JSON.parse((await control(body)).text) as { readonly result: unknown }).result;

  test("does what the object in the process does", async () => {
    const { id } = await identification();
    expect(await result({ do: "itsme/enter-phone", session: id, phone: "+32470000002" })).toMatchObject({
      step: "phone",
      person: "Zoë Müller-Straße",
    });
    expect(await result({ do: "itsme/decide", session: id, outcome: "blocked" })).toMatchObject({ outcome: "blocked" });
    expect((await room.identificationStatus(id)).json.statusReason).toBe("NOT_ALLOWED_TO_SIGN");
    const before = Number(await result({ do: "now" }));
    expect(await result({ do: "advance-clock", milliseconds: 60_000 })).toBeGreaterThanOrEqual(before + 60_000);
    await control({ do: "add-fault", fault: { operation: "itsme/identification", status: 500 } });
    expect((await room.identify()).status).toBe(500);
  });

  test("names what is wrong", async () => {
    expect((await control({ do: "itsme/decide", session: "nobody", outcome: "approved" })).status).toBe(404);
    expect((await control({ do: "dance" })).status).toBe(400);
  });

  test("takes nothing that a web page of another site could send", async () => {
    const body = { do: "auto-approve", value: true };
    const json = { "content-type": "application/json" };
    expect((await control(body, { "content-type": "text/plain" })).status).toBe(415);
    expect((await control(body, { ...json, origin: "https://evil.example" })).status).toBe(403);
    expect((await control(body, { ...json, host: "evil.example" })).status).toBe(421);
    expect((await control(body)).status).toBe(200);
  });
});
