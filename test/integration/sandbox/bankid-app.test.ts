import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bankidFixture } from "./bankid-fixture.ts";
import type { BankIdFixture } from "./bankid-fixture.ts";

let room: BankIdFixture;
beforeAll(async () => {
  room = await bankidFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

const ANNA = "189201149847";
const BJORN = "189303279955";

const place = async (change: object = {}) =>
  (await room.phenixId("bankidsign", { userVisibleData: "I sign.", userNonVisibleData: "hidden", ...change })).json;

const press = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  room.browse(room.sandbox.phoneUrl, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const page = async (language = "EN") => (await room.browse(`${room.sandbox.phoneUrl}?language=${language}`)).text;
const order = (id: string) => room.control.orders().find((one) => one.id === id);

describe("The app on the practice phone", () => {
  test("takes the code that is pasted, asks for a BankID, shows the text and signs", async () => {
    const { transactionID } = await place({ userVisibleData: 'Line one\n<b>two</b> & "three"' });
    expect(await page()).toContain("BankID: read the code");
    await press({ bankid: "scan", code: ` ${room.control.code(transactionID)}\n` });
    expect(await page()).toContain("Björn Öberg: Mobile BankID (second person)");
    await press({ bankid: "choose", order: transactionID, person: BJORN });
    const shown = await page();
    expect(shown).toContain("Line one\n&lt;b&gt;two&lt;/b&gt; &amp; &quot;three&quot;</div>");
    expect(shown).toContain("Sealdesk Practice");
    expect((await press({ bankid: "sign", order: transactionID })).status).toBe(303);
    expect(order(transactionID)).toMatchObject({ status: "complete", person: "Björn Öberg" });
    expect(await page()).toContain("No request is waiting");
  });

  test("reads the code on the screen by itself: that of the newest order", async () => {
    const [first, second] = [await place(), await place()];
    await press({ bankid: "scan-screen" });
    expect([order(first.transactionID)?.takenBy, order(second.transactionID)?.takenBy]).toEqual([null, "code"]);
  });

  test("says why it does not take a code: old, made without the secret, of nobody, none at all", async () => {
    const { qrStartToken, transactionID } = await place();
    const old = room.control.code(transactionID);
    room.advance(3_000);
    const other = await place();
    const swapped = room.control.code(other.transactionID).replace(other.qrStartToken, qrStartToken);
    for (const [code, why] of [
      [old, "This code is too old"],
      [swapped, "This code was not made for this order"],
      [old.replace(qrStartToken, transactionID), "BankID does not know this order"],
      ["bankid:///", "This is no code of BankID"],
    ] as const) {
      await press({ bankid: "scan", code });
      expect(await page()).toContain(why);
    }
    expect(order(transactionID)?.takenBy).toBeNull();
  });

  test("accepts codes of two seconds before and after, and no others", async () => {
    const { transactionID } = await place();
    room.advance(10_000);
    const outcomes: Record<number, string | null> = {};
    for (const second of [7, 13, 8]) {
      await press({ bankid: "scan", code: room.control.code(transactionID, second) });
      outcomes[second] = order(transactionID)?.takenBy ?? null;
    }
    expect(outcomes).toEqual({ 7: null, 13: null, 8: "code" });
    const { transactionID: next } = await place();
    room.advance(10_000);
    await press({ bankid: "scan", code: room.control.code(next, 12) });
    expect(order(next)?.takenBy).toBe("code");
  });

  test("goes on looking when a BankID does not fit, and says so beside the choice", async () => {
    const { transactionID } = await place({ requirement: JSON.stringify({ personalNumber: ANNA }) });
    await press({ bankid: "scan-screen" });
    await press({ bankid: "choose", order: transactionID, person: BJORN });
    expect(await page()).toContain("Somebody else has to sign this.");
    await press({ bankid: "choose", order: transactionID, person: ANNA });
    expect(order(transactionID)?.hint).toBe("userSign");
  });

  test("has the document read first where that is asked for", async () => {
    const { transactionID } = await place({ requirement: '{"mrtd":true}' });
    await press({ bankid: "scan-screen" });
    await press({ bankid: "choose", order: transactionID, person: ANNA });
    expect(await page()).toContain("Read the document");
    await press({ bankid: "sign", order: transactionID });
    expect(order(transactionID)?.status).toBe("pending");
    await press({ bankid: "read-document", order: transactionID });
    await press({ bankid: "sign", order: transactionID });
    expect(order(transactionID)?.status).toBe("complete");
  });

  test("cancels, and a button of an old page does nothing more", async () => {
    const { transactionID } = await place();
    await press({ bankid: "scan-screen" });
    await press({ bankid: "cancel", order: transactionID });
    expect(order(transactionID)?.hint).toBe("userCancel");
    await press({ bankid: "sign", order: transactionID });
    expect(order(transactionID)?.status).toBe("failed");
    expect(await page()).toContain("This order is over.");
  });

  test("is opened by a link on this computer, once, and the token does not stay in the address", async () => {
    const { autostarttoken, transactionID } = await place();
    const link = `${room.sandbox.phoneUrl}?autostarttoken=${autostarttoken}&redirect=null&language=SV`;
    const opened = await room.browse(link);
    expect([opened.status, opened.headers["location"]]).toEqual([303, "/phone?language=SV"]);
    expect(order(transactionID)?.takenBy).toBe("link");
    await room.browse(link);
    expect(await page("SV")).toContain("En app har redan tagit uppdraget.");
    await room.browse(`${room.sandbox.phoneUrl}?autostarttoken=${transactionID}`);
    expect(await page()).toContain("BankID does not know this order");
  });

  test("speaks Swedish and English, beside cards in other languages", async () => {
    await place();
    expect(await page("SV")).toContain("Läs av koden på skärmen");
    const german = await page("DE");
    expect(german).toContain('<html lang="de">');
    expect(german).toMatch(/<section[^>]*lang="en"[^>]*>\s*<h2[^>]*>BankID: read the code/);
  });

  test("takes no form from another site", async () => {
    const { transactionID } = await place();
    const answer = await press({ bankid: "scan-screen" }, { origin: "https://elsewhere.example" });
    expect(answer.status).toBe(403);
    expect(order(transactionID)?.takenBy).toBeNull();
  });

  test("shows no text that is not to be read", async () => {
    await place({ userNonVisibleData: "only for machines" });
    await press({ bankid: "scan-screen" });
    const id = room.control.orders().at(-1)?.id ?? "";
    await press({ bankid: "choose", order: id, person: ANNA });
    expect(await page()).not.toContain("only for machines");
  });
});

describe("Control operations", () => {
  const control = async (body: object) => {
    const answer = await room.browse(`${room.sandbox.baseUrls.control}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, ...(JSON.parse(answer.text) as { result?: unknown; error?: string }) };
  };

  test("do over HTTP what the app does by hand", async () => {
    const { transactionID } = await place();
    const { result: code } = await control({ do: "bankid/code", order: transactionID });
    expect(await control({ do: "bankid/scan", code })).toMatchObject({ status: 200, result: { takenBy: "code" } });
    expect(await control({ do: "bankid/scan", code })).toMatchObject({ status: 404, error: "the app refuses: taken" });
    await control({ do: "bankid/set-person", personalNumber: BJORN });
    expect(await control({ do: "bankid/approve", order: transactionID })).toMatchObject({
      result: { status: "complete", person: "Björn Öberg" },
    });
    expect(await control({ do: "bankid/approve", order: transactionID })).toMatchObject({ status: 404 });
    expect((await control({ do: "bankid/orders" })).result).toHaveLength(1);
    expect((await control({ do: "bankid/persons" })).result).toHaveLength(9);
  });

  test.each([
    { do: "bankid/hint", hint: "noClient" },
    { do: "bankid/hint", hint: "userCallConfirm" },
  ])("%j is told while the order is alive, until it is taken back", async (change) => {
    const { transactionID } = await place();
    await control({ ...change, order: transactionID });
    expect(order(transactionID)?.hint).toBe(change.hint);
    await control({ do: "bankid/hint", hint: null, order: transactionID });
    expect(order(transactionID)?.hint).toBe("outstandingTransaction");
  });

  test("reset forgets orders, account and flaws", async () => {
    await place();
    await control({ do: "bankid/account", change: { tenant: "t1" } });
    await control({ do: "bankid/flaws", change: { signature: "not-base64" } });
    await control({ do: "reset" });
    expect(room.control.orders()).toEqual([]);
    const { transactionID } = await place();
    room.control.approve(transactionID);
    const { signature, status } = (await room.phenixId("bankidcollect", { transactionID })).json;
    expect(status).toBe("OK");
    expect(signature).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
  });

  test.each([
    { do: "bankid/flaws", change: { signature: "pink" } },
    { do: "bankid/account", change: { statuses: "all" } },
    { do: "bankid/choose", order: "x" },
    { do: "bankid/scan" },
  ])("%j is refused as malformed", async (request) => {
    expect((await control(request)).status).toBe(400);
  });
});
