import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import type { SignRequest } from "../../../../../electron/providers/bankid/client/bankid-client.ts";
import { phenixIdClient } from "../../../../../electron/providers/bankid/client/phenixid-client.ts";
import {
  bankidProfileSchema,
  type PhenixIdConnection,
} from "../../../../../electron/providers/bankid/bankid-profile.ts";
import { haveVectors } from "../../../evidence/bankid/bankid-vectors.ts";
import { type Reply, ScriptedHttp } from "../scripted-http.ts";
import { lentSecret } from "../../lent-secret.ts";

const connection: PhenixIdConnection = {
  kind: "phenixid",
  baseUrl: "https://sign.example.org/",
  tenant: "t1",
  encode: "plain",
};
const request: SignRequest = { visibleText: "Åäö", format: "plain", hiddenData: "{}", requirement: {} };
const ORDER = {
  autostarttoken: "c5698d12-0cf4-4456-ae7b-d795f9967798",
  qrStartSecret: "78ed3fab-020c-41e8-a4ba-b64fb00788e1",
  qrStartToken: "0c32dc95-74a4-4209-9ff2-e819bb740b8a",
  transactionID: "eca638ac-fa8a-4943-bec1-1d83b4c7d3a6",
};
const { signal } = new AbortController();

function clientOf(reply: Reply, change: Partial<PhenixIdConnection> = {}, password: string | null = "pass:wörd") {
  const http = new ScriptedHttp(() => reply);
  const secrets = { password: () => lentSecret(password) };
  return { http, client: phenixIdClient({ connection: { ...connection, ...change }, http, secrets }) };
}

const collect = (reply: Reply, method: "qr" | "autostart" = "qr") =>
  clientOf(reply).client.collect("eca638ac", method, signal);

describe("placing an order", () => {
  test("is a PUT with the tenant in a header and the texts as they are", async () => {
    const { http, client } = clientOf({ json: ORDER });
    expect(await client.sign(request, signal)).toEqual({
      ok: true,
      value: {
        reference: ORDER.transactionID,
        autoStartToken: ORDER.autostarttoken,
        qrStartToken: ORDER.qrStartToken,
        qrStartSecret: ORDER.qrStartSecret,
      },
    });
    expect(http.calls).toEqual([
      {
        method: "PUT",
        url: "https://sign.example.org/api/sign/bankidsign",
        headers: { "content-type": "application/json", tenant: "t1" },
        body: { userVisibleData: "Åäö", userNonVisibleData: "{}" },
      },
    ]);
  });

  test("carries requirements as text that holds JSON, and the format only when there is one", async () => {
    const { http, client } = clientOf({ json: ORDER });
    const requirement = { pinCode: true, certificatePolicies: ["1.2.752.78.1.5"] };
    await client.sign({ ...request, format: "simpleMarkdownV1", requirement }, signal);
    expect(http.calls[0]?.body).toEqual({
      userVisibleData: "Åäö",
      userNonVisibleData: "{}",
      userVisibleDataFormat: "simpleMarkdownV1",
      requirement: '{"pinCode":true,"certificatePolicies":["1.2.752.78.1.5"]}',
    });
  });

  test("encodes the texts for installations that want it", async () => {
    const { http, client } = clientOf({ json: ORDER }, { encode: "base64" });
    await client.sign(request, signal);
    expect(http.calls[0]?.body).toEqual({ userVisibleData: "w4XDpMO2", userNonVisibleData: "e30=" });
  });

  test("says who asks where the server wants it (RFC 7617, UTF-8), and does not ask without the password", async () => {
    const basic = { user: "sealdesk", password: "vault-id" };
    const { http, client } = clientOf({ json: ORDER }, { basic });
    await client.sign(request, signal);
    expect(http.calls[0]?.headers["authorization"]).toBe("Basic c2VhbGRlc2s6cGFzczp3w7ZyZA==");
    const locked = clientOf({ json: ORDER }, { basic }, null);
    expect(await locked.client.sign(request, signal)).toMatchObject({ failure: { code: "provider.no-credentials" } });
    expect(locked.http.calls).toEqual([]);
  });

  test.each([
    ["autostarttoken", "c5698d12&redirect=https://evil.example"],
    ["autostarttoken", undefined],
    ["qrStartToken", "x"],
    ["qrStartSecret", ""],
    ["transactionID", "a b"],
    ["transactionID", 7],
  ])("is not believed with %s %j", async (field, value) => {
    const { client } = clientOf({ json: { ...ORDER, [field]: value } });
    expect(await client.sign(request, signal)).toMatchObject({ failure: { code: "provider.unexpected-answer" } });
  });

  test("is refused with the server's own cause", async () => {
    const failure = async (reply: Reply) => {
      const answer = await clientOf(reply).client.sign(request, signal);
      return answer.ok ? null : answer.failure;
    };
    expect(await failure({ status: 500, json: { message: "No signature service" } })).toEqual({
      code: "bankid.service-error",
      params: { text: "No signature service", status: 500 },
    });
    expect(await failure({ status: 500, text: "<html>oops" })).toEqual({
      code: "provider.server-error",
      params: { status: 500 },
    });
    expect(await failure({ status: 401 })).toEqual({ code: "bankid.credentials" });
    expect(await failure({ status: 403 })).toEqual({ code: "bankid.credentials" });
    expect(await failure({ status: 404 })).toEqual({ code: "bankid.tenant", params: { status: 404 } });
    expect(await failure({ status: 400 })).toEqual({ code: "bankid.tenant", params: { status: 400 } });
    expect(await failure({ status: 302 })).toEqual({ code: "provider.unexpected-answer", params: { status: 302 } });
    expect(await failure({ code: "provider.unreachable" })).toEqual({ code: "provider.unreachable" });
  });
});

describe("asking how it stands", () => {
  test("is a PUT with the transaction's id", async () => {
    const { http, client } = clientOf({ json: { status: "PENDING" } });
    await client.collect("eca638ac", "qr", signal);
    expect(http.calls[0]).toMatchObject({
      method: "PUT",
      url: "https://sign.example.org/api/sign/bankidcollect",
      headers: { tenant: "t1" },
      body: { transactionID: "eca638ac" },
    });
  });

  test.each([
    ["PENDING", null],
    ["OUTSTANDING_TRANSACTION", "outstandingTransaction"],
    ["USER_SIGN", "userSign"],
    ["STARTED", "started"],
    ["NO_CLIENT", "noClient"],
    ["USER_MRTD", "userMrtd"],
    ["USER_CALL_CONFIRM", "userCallConfirm"],
  ])("%s goes on", async (status, hint) => {
    expect(await collect({ json: { status } })).toEqual({ ok: true, value: { kind: "pending", hint } });
  });

  test.each([
    ["CANCELLED", {}, { code: "bankid.order-cancelled" }],
    ["USER_CANCEL", {}, { code: "bankid.user-cancelled" }],
    ["EXPIRED_TRANSACTION", {}, { code: "bankid.expired" }],
    ["ERROR", { message: "It broke" }, { code: "bankid.service-error", params: { text: "It broke" } }],
    ["ERROR", { message: "EXPIRED_TRANSACTION" }, { code: "bankid.expired" }],
    ["ERROR", { message: "certificateErr" }, { code: "bankid.blocked" }],
    ["ERROR", {}, { code: "bankid.service-error", params: { text: "ERROR" } }],
    ["SOMETHING_NEW", {}, { code: "bankid.failed", params: { status: "SOMETHING_NEW" } }],
    ["ok", {}, { code: "bankid.failed", params: { status: "ok" } }],
  ])("%s %j ends it", async (status, more, failure) => {
    expect(await collect({ json: { status, ...more } })).toEqual({ ok: true, value: { kind: "failed", failure } });
  });

  test("a start that failed is told by how it was started", async () => {
    const reply = { json: { status: "START_FAILED" } };
    expect(await collect(reply, "qr")).toMatchObject({ value: { failure: { code: "bankid.not-scanned" } } });
    expect(await collect(reply, "autostart")).toMatchObject({ value: { failure: { code: "bankid.not-started" } } });
  });

  test("the server's words are shown in one line, short, and without personal numbers", async () => {
    const message = `User 19121212-7771\nand 191212127771 ${"x".repeat(500)}`;
    const answer = await collect({ json: { status: "ERROR", message } });
    const text = answer.ok && answer.value.kind === "failed" ? String(answer.value.failure.params?.["text"]) : "";
    expect(text).toMatch(/^User … and … x+$/u);
    expect(text.length).toBeLessThanOrEqual(200);
  });

  test.each([
    { json: {} },
    { json: [] },
    { text: "" },
    { text: "OK" },
    { json: { status: "OK" } },
    {
      json: { status: "OK", signature: "AAAA" },
    },
  ])("an answer without its parts is not believed: %j", async (reply) => {
    expect(await collect(reply)).toMatchObject({ ok: false, failure: { code: "provider.unexpected-answer" } });
  });
});

test("there is no call to cancel", () => {
  expect(clientOf({ json: {} }).client.cancel).toBeNull();
});

describe.skipIf(!haveVectors)("the document's own examples (skipped without the shared vectors)", () => {
  const vector = (name: string): Record<string, unknown> =>
    JSON.parse(
      readFileSync(new URL(`../../../../../../shared/providers/vectors/bankid-${name}.json`, import.meta.url), "utf8"),
    ) as Record<string, unknown>;

  test("request and answer of an order", async () => {
    const { http, client } = clientOf({ json: vector("sign-response") });
    const example = vector("sign-request");
    const answer = await client.sign(
      {
        ...request,
        visibleText: String(example["userVisibleData"]),
        hiddenData: String(example["userNonVisibleData"]),
      },
      signal,
    );
    expect(http.calls[0]?.body).toEqual(example);
    expect(answer).toMatchObject({ ok: true, value: { reference: "eca638ac-fa8a-4943-bec1-1d83b4c7d3a6" } });
  });

  test("the evidence of a finished order is handed on untouched, without the unsigned names", async () => {
    const example = vector("collect-response-ok");
    expect(await collect({ json: example })).toEqual({
      ok: true,
      value: {
        kind: "complete",
        evidence: { signature: example["signature"], ocspResponse: example["ocspResponse"] },
      },
    });
  });
});

test("a profile's connection is what the client takes", () => {
  // Compiles, and has the defaults.
  expect(bankidProfileSchema.shape.connection.parse({ ...connection, encode: undefined })).toEqual(connection);
});
