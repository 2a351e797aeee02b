import { describe, expect, test } from "vitest";

import type { SignRequest } from "../../../../../electron/providers/bankid/client/bankid-client.ts";
import { rpApiClient } from "../../../../../electron/providers/bankid/client/rp-api-client.ts";
import { type Reply, ScriptedHttp } from "../scripted-http.ts";

const connection = {
  kind: "rp-api",
  baseUrl: "https://appapi2.test.bankid.com/rp/v6.0",
  clientCertificate: "vault-id",
  endUserIp: "192.0.2.7",
} as const;
const request: SignRequest = { visibleText: "Åäö", format: "plain", hiddenData: "{}", requirement: {} };
const ORDER = {
  orderRef: "131daac9-16c6-4618-beb0-365768f37288",
  autoStartToken: "7c40b5c9-fa74-49cf-b98c-bfe651f9a7c6",
  qrStartToken: "67df3917-fa0d-44e5-b327-edcc928297f8",
  qrStartSecret: "d28db9a7-4cde-429e-a983-359be676944c",
};
const { signal } = new AbortController();

function clientOf(reply: Reply) {
  const http = new ScriptedHttp(() => reply);
  return { http, client: rpApiClient({ connection, http }) };
}
const collect = (reply: Reply, method: "qr" | "autostart" = "qr") =>
  clientOf(reply).client.collect(ORDER.orderRef, method, signal);

test("an order is a POST with Base64 texts, an address, and no character set in its type (sheet section 3.1)", async () => {
  const { http, client } = clientOf({ json: ORDER });
  const requirement = { pinCode: true, personalNumber: "191212121212" };
  expect(await client.sign({ ...request, format: "simpleMarkdownV1", requirement }, signal)).toEqual({
    ok: true,
    value: {
      reference: ORDER.orderRef,
      autoStartToken: ORDER.autoStartToken,
      qrStartToken: ORDER.qrStartToken,
      qrStartSecret: ORDER.qrStartSecret,
    },
  });
  expect(http.calls).toEqual([
    {
      method: "POST",
      url: "https://appapi2.test.bankid.com/rp/v6.0/sign",
      headers: { "content-type": "application/json" },
      body: {
        endUserIp: "192.0.2.7",
        userVisibleData: "w4XDpMO2",
        userNonVisibleData: "e30=",
        userVisibleDataFormat: "simpleMarkdownV1",
        requirement,
      },
    },
  ]);
});

test("collecting and cancelling name the order", async () => {
  const { http, client } = clientOf({ json: { status: "pending", hintCode: "userSign" } });
  await client.collect("ref", "qr", signal);
  expect(await client.cancel?.("ref", signal)).toEqual({ ok: true, value: null });
  expect(http.calls.map(({ method, url, body }) => [method, url.split("/").at(-1), body])).toEqual([
    ["POST", "collect", { orderRef: "ref" }],
    ["POST", "cancel", { orderRef: "ref" }],
  ]);
});

describe("collecting (sheet section 3.5)", () => {
  test.each([
    ["outstandingTransaction", "outstandingTransaction"],
    ["started", "started"],
    ["userSign", "userSign"],
    ["somethingNew", null],
    [undefined, null],
  ])("pending with the hint %s goes on", async (hintCode, hint) => {
    expect(await collect({ json: { status: "pending", hintCode } })).toEqual({
      ok: true,
      value: { kind: "pending", hint },
    });
  });

  test.each([
    ["expiredTransaction", { code: "bankid.expired" }],
    ["certificateErr", { code: "bankid.blocked" }],
    ["userCancel", { code: "bankid.user-cancelled" }],
    ["cancelled", { code: "bankid.order-cancelled" }],
    ["startFailed", { code: "bankid.not-scanned" }],
    ["userDeclinedCall", { code: "bankid.declined-call" }],
    ["notSupportedByUserApp", { code: "bankid.app-unsuited" }],
    ["transactionRiskBlocked", { code: "bankid.risk" }],
    ["somethingNew", { code: "bankid.failed", params: { status: "somethingNew" } }],
    [undefined, { code: "bankid.failed", params: { status: "failed" } }],
  ])("failed with the hint %s ends it", async (hintCode, failure) => {
    expect(await collect({ json: { status: "failed", hintCode } })).toEqual({
      ok: true,
      value: { kind: "failed", failure },
    });
  });

  test("complete brings the evidence, and what is not signed stays behind", async () => {
    const completionData = { user: { name: "Somebody" }, signature: "PGE+", ocspResponse: "MAA=", risk: "low" };
    expect(await collect({ json: { status: "complete", completionData } })).toEqual({
      ok: true,
      value: { kind: "complete", evidence: { signature: "PGE+", ocspResponse: "MAA=" } },
    });
  });

  test.each([{ json: { status: "complete" } }, { json: { status: "other" } }, { json: {} }, { text: "x" }])(
    "an answer without its parts is not believed: %j",
    async (reply) => {
      expect(await collect(reply)).toMatchObject({ failure: { code: "provider.unexpected-answer" } });
    },
  );

  test("an order that BankID does not know any more is told as that", async () => {
    const reply = { status: 400, json: { errorCode: "invalidParameters", details: "No such order" } };
    expect(await collect(reply)).toEqual({ ok: false, failure: { code: "bankid.order-gone" } });
  });
});

// Sheet section 3.7.
test.each([
  [400, "alreadyInProgress", "bankid.already-in-progress"],
  [400, "invalidParameters", "bankid.bad-request"],
  [401, "unauthorized", "bankid.credentials"],
  [403, "unauthorized", "bankid.credentials"],
  [404, "notFound", "provider.configuration"],
  [405, "methodNotAllowed", "bankid.bad-request"],
  [408, "requestTimeout", "provider.server-error"],
  [415, "unsupportedMediaType", "bankid.bad-request"],
  [429, "tooManyRequests", "bankid.too-many-requests"],
  [500, "internalError", "provider.server-error"],
  [503, "maintenance", "bankid.maintenance"],
  [503, undefined, "bankid.maintenance"],
  [418, undefined, "provider.unexpected-answer"],
])("%i %s becomes %s, and the details for developers are not shown", async (status, errorCode, code) => {
  const { client } = clientOf({ status, json: { errorCode, details: "private words" } });
  const answer = await client.sign(request, signal);
  expect(answer).toMatchObject({ ok: false, failure: { code } });
  expect(JSON.stringify(answer)).not.toContain("private words");
});
