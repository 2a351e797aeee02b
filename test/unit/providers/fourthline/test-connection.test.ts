import { describe, expect, test } from "vitest";
import { success } from "../../../../shared/result.ts";
import { fourthlineProfileSchema } from "../../../../electron/providers/fourthline/fourthline-profile.ts";
import type { FourthlineProfileInput } from "../../../../electron/providers/fourthline/fourthline-profile.ts";
import { testConnection } from "../../../../electron/providers/fourthline/test-connection.ts";
import { BASE, FakeFourthline, offline } from "./fake-fourthline.ts";

function tried(fake: FakeFourthline, secret = "the-secret") {
  const input: FourthlineProfileInput = {
    environment: "test",
    baseUrl: BASE,
    clientId: "organisation",
    clientSecret: "vault",
    workflowNames: { completed: "QES only" },
  };
  const profile = fourthlineProfileSchema.parse(input);
  const secrets = { clientSecret: () => Promise.resolve(success(secret)) };
  const connection = { profile, http: fake.http, secrets, now: () => 0 };
  return testConnection(connection, new AbortController().signal);
}

describe("the test of a connection", () => {
  test("makes no workflow and sends nothing, and finds the calls that read in order", async () => {
    const fake = new FakeFourthline();
    expect(await tried(fake)).toEqual([
      { call: "token", failure: null },
      { call: "status", failure: null },
      { call: "details", failure: null },
      { call: "signedDocument", failure: null },
      { call: "infocertContract", failure: null },
    ]);
    expect(fake.workflows).toEqual([]);
  });

  test("says that the access data are wrong, and tries nothing else", async () => {
    const fake = new FakeFourthline();
    const found = await tried(fake, "wrong-secret");
    expect(found).toEqual([{ call: "token", failure: { code: "fourthline.credentials" } }]);
    expect(JSON.stringify(found)).not.toContain("wrong-secret");
  });

  test.each(["status", "details", "signedDocument", "infocertContract"])("says that %s fails", async (name) => {
    const fake = new FakeFourthline();
    fake.next[name] = [{ status: 403 }];
    const found = await tried(fake);
    expect(found.filter(({ failure }) => failure !== null)).toEqual([
      { call: name, failure: { code: "provider.access-denied", params: { status: 403 } } },
    ]);
  });

  test("says that the server cannot be reached", async () => {
    const fake = new FakeFourthline();
    fake.next["token"] = [offline];
    expect(await tried(fake)).toEqual([{ call: "token", failure: { code: "provider.unreachable" } }]);
  });
});
