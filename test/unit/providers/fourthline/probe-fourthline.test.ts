import { expect, test } from "vitest";
import { fourthlineProfileSchema } from "../../../../electron/providers/fourthline/fourthline-profile.ts";
import { probeFourthline } from "../../../../electron/providers/fourthline/probe-fourthline.ts";
import { BASE, FakeFourthline, offline } from "./fake-fourthline.ts";
import { lentSecret } from "../lent-secret.ts";

const DIRECT = { hasClientCertificate: false, relay: false };

async function probed(fake: FakeFourthline, way = DIRECT, secret: string | null = "the-secret") {
  const profile = fourthlineProfileSchema.parse({
    environment: "test",
    baseUrl: BASE,
    clientId: "organisation",
    clientSecret: "vault",
    workflowNames: { completed: "QES only" },
  });
  const secrets = { clientSecret: () => lentSecret(secret) };
  const connection = { profile, http: fake.http, secrets, now: () => 0 };
  const found = await probeFourthline(connection, way, new AbortController().signal);
  return {
    found,
    told: Object.fromEntries(Object.entries(found).map(([id, { state, failure }]) => [id, failure?.code ?? state])),
  };
}

test("calls that work are told with what could not be tried, and nothing is made", async () => {
  const fake = new FakeFourthline();
  const { found, told } = await probed(fake);
  expect(told).toEqual({ "allow-list": "passed", service: "passed", credentials: "passed", codes: "warning" });
  expect(found.codes?.note?.key).toBe("probe.fourthline-calls");
  expect(fake.workflows).toEqual([]);
});

test("of calls that fail the first one is named, with its method and path", async () => {
  const fake = new FakeFourthline();
  fake.next["details"] = [{ status: 403 }];
  fake.next["infocertContract"] = [{ status: 403 }];
  const { found, told } = await probed(fake);
  expect(told).toMatchObject({ credentials: "passed", codes: "provider.access-denied" });
  expect(found.codes?.note).toEqual({
    key: "probe.fourthline-call",
    params: { name: "details", method: "GET", path: "/v1/qualifiedElectronicSignature/{signatureId}" },
  });
});

test("wrong access data are not the service's fault, and a missing secret is none of the network's", async () => {
  expect((await probed(new FakeFourthline(), DIRECT, "wrong")).told).toEqual({
    "allow-list": "passed",
    service: "passed",
    credentials: "fourthline.credentials",
  });
  expect((await probed(new FakeFourthline(), DIRECT, null)).told).toEqual({ credentials: "provider.no-credentials" });
});

test.each([
  [403, DIRECT, { "allow-list": "connection.not-allowed" }],
  [403, { ...DIRECT, relay: true }, { "allow-list": "connection.relay-refused" }],
  [404, DIRECT, { service: "connection.another-service" }],
  [302, DIRECT, { service: "connection.another-service" }],
  [429, DIRECT, { "allow-list": "passed", service: "fourthline.too-many-requests" }],
  [503, DIRECT, { "allow-list": "passed", service: "provider.server-error" }],
])("a token that is refused with %i (%o) is told as the step that it speaks of", async (status, way, steps) => {
  const fake = new FakeFourthline();
  fake.next["token"] = [{ status }];
  expect((await probed(fake, way)).told).toEqual(steps);
});

test("a server without an answer is the service's step", async () => {
  const fake = new FakeFourthline();
  fake.next["token"] = [offline];
  expect((await probed(fake)).told).toEqual({ service: "provider.unreachable" });
});
