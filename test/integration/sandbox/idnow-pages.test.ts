import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { simplePdf } from "../../../sandbox/documents/simple-pdf.ts";
import { eSignOrder, idnowFixture } from "./idnow-fixture.ts";

let room: Awaited<ReturnType<typeof idnowFixture>>;
beforeAll(async () => {
  room = await idnowFixture();
});
afterAll(() => room.close());
beforeEach(() => room.sandbox.control.reset());

const redirects = {
  RedirectURL: { Success: "https://app.example/ok?o=[OrderID]", Abort: "https://app.example/no?r=[Ref]" },
};

async function page(change: object = {}) {
  const body = { ...eSignOrder, ...redirects, ...change };
  const { OrderID: id, TargetURL: url } = (await room.call("PUT", "putOrder", body)).json;
  const press = (fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
    room.send(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  return { id, url, press, see: async (language = "EN") => (await room.send(`${url}?language=${language}`)).text };
}

describe("The person's page", () => {
  test("leads over method, identification and TAN back to the program", async () => {
    const { id, press, see } = await page();
    expect(await see()).toContain("How do you want to identify yourself?");
    expect((await press({ do: "choose", method: "Video" })).status).toBe(303);
    expect(await see()).toContain("How does the identification end?");
    await press({ do: "pass" });
    expect(await see()).toContain("contract.pdf");
    await press({ do: "send-tan" });
    const phone = await room.send(room.sandbox.phoneUrl);
    const tan = room.idnow.messages()[0]?.tan ?? "";
    expect(phone.text).toMatch(new RegExp(`<strong class="tan"[^>]*>${tan}</strong>`, "u"));
    const wrong = await press({ do: "sign", tan: tan === "000000" ? "111111" : "000000" });
    expect([wrong.status, wrong.text.includes("This is not the TAN of the last message")]).toEqual([200, true]);
    const done = await press({ do: "sign", tan: `${tan.slice(0, 3)} ${tan.slice(3)}` });
    expect([done.status, done.headers["location"]]).toEqual([303, `https://app.example/ok?o=${id}`]);
    expect(await room.kinds(id)).toEqual([25, 73, 77, 78, 75, 6, 101, 71, 102, 84]);
  });

  test.each([
    ["declines", [{ do: "decline" }], [16]],
    ["is not accepted", [{ do: "fail", reason: "72" }], [79, 17]],
    ["is suspected and then not accepted", [{ do: "fraud" }, { do: "fail", reason: "48" }], [89, 17]],
    ["gives signing up", [{ do: "pass" }, { do: "give-up" }], [75, 6, 103]],
  ] as const)("leads to the other address when the person %s", async (_what, steps, kinds) => {
    const { id, press } = await page();
    await press({ do: "choose", method: "Video" });
    const answers = [];
    for (const step of steps) answers.push(await press(step));
    expect(answers.at(-1)?.headers["location"]).toBe("https://app.example/no?r=Sealdesk-1");
    expect((await room.kinds(id)).slice(4)).toEqual(kinds);
  });

  test("can be left and come back to; an attempt that broke off is told of", async () => {
    const { id, press, see } = await page();
    expect((await press({ do: "leave" })).headers["location"]).toBe("https://app.example/no?r=Sealdesk-1");
    await press({ do: "choose", method: "Video" });
    await press({ do: "break-off", reason: "39" });
    const again = await see();
    expect(again).toContain("The last attempt was broken off");
    expect(again).toContain("Too little light");
    const { json } = await room.call("GET", `getStatus/${id}/ExtendedList/IncludeSubKind`);
    expect(json.Status.at(-1)).toMatchObject({ Kind: 21, SubKind: 39 });
  });

  test("lets nobody sign before all boxes are ticked", async () => {
    const { press } = await page({ eSignOptions: { AdditionalCheckboxes: ["Read", "Understood"] } });
    await press({ do: "choose", method: "eID" });
    await press({ do: "pass" });
    await press({ do: "send-tan" });
    const tan = room.idnow.messages()[0]?.tan ?? "";
    expect((await press({ do: "sign", tan, agreed: "0" })).text).toContain("Tick all boxes first.");
  });

  test("says that it is practice, in both languages, on each of its states", async () => {
    const { press, see } = await page();
    const steps = [{ do: "choose", method: "AutoID" }, { do: "pass" }, { do: "send-tan" }];
    for (const step of [null, ...steps]) {
      if (step !== null) await press(step);
      expect(await see("EN")).toContain("PRACTICE – not for real use");
      expect(await see("DE")).toContain("ÜBUNG – nicht für den Ernstfall");
    }
    for (const path of ["/practice-return/success", "/practice-return/abort", "/status/nobody"]) {
      expect((await room.send(`${room.sandbox.baseUrls.idnowPages}${path}`)).text).toContain("PRACTICE");
    }
  });

  test("takes no form of another site, and runs nothing that an order says", async () => {
    const text = '"><script>alert(1)</script>';
    const Data = Buffer.from(simplePdf("x", [])).toString("base64");
    const { press, see, id } = await page({ Purpose: text, eSignPDF: { Data, Filename: text } });
    expect((await press({ do: "choose", method: "Video" }, { origin: "https://evil.example" })).status).toBe(403);
    expect(await room.kinds(id)).toEqual([25]);
    room.idnow.identify(id);
    expect(await see()).not.toContain("<script>alert");
  });

  test("goes back at once when the order was finished elsewhere, and is gone when the order is", async () => {
    const { id, url } = await page();
    room.sandbox.control.setAutoApprove(true);
    expect((await room.send(url)).headers["location"]).toBe(`https://app.example/ok?o=${id}`);
    await room.call("DELETE", `delIdentdata/${id}`);
    expect((await room.send(url)).status).toBe(410);
  });
});

test("The phone's message can be deleted", async () => {
  const { id } = await page();
  room.idnow.identify(id);
  room.idnow.sendTan(id);
  const message = room.idnow.messages()[0]?.id;
  await room.send(room.sandbox.phoneUrl, { method: "POST", body: `delete-idnow-sms=${message}` });
  expect(room.idnow.messages()).toHaveLength(0);
  expect((await room.send(room.sandbox.phoneUrl)).text).toContain("No request is waiting");
});

test("Control operations play an order over HTTP too", async () => {
  const control = async (body: object) => {
    const answer = await room.send(`${room.sandbox.baseUrls.control}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return [answer.status, answer.json] as const;
  };
  const { id } = await page();
  expect((await control({ do: "idnow/sign", order: id }))[1]).toMatchObject({ result: { id, stage: "closed" } });
  expect((await control({ do: "idnow/identify", order: id }))[0]).toBe(404);
  expect((await control({ do: "idnow/sign", order: "nobody" }))[0]).toBe(404);
  expect((await control({ do: "idnow/flaws", change: { pdf: "no such" } }))[0]).toBe(400);
  expect((await control({ do: "idnow/flaws", change: { hash: "no such" } }))[0]).toBe(400);
  const person = { firstname: "Paula", surname: "Page", country: "DE" };
  expect((await control({ do: "idnow/certificate-chain", person }))[1]).toEqual({
    result: await room.idnow.certificateChain(person),
  });
  expect((await control({ do: "idnow/certificate-chain", person: { ...person, country: "Deutschland" } }))[0]).toBe(
    400,
  );
  expect((await control({ do: "idnow/end", order: (await page()).id, kind: 22 }))[1]).toMatchObject({
    result: { stage: "closed" },
  });
});
