import { expect, test } from "vitest";
import { success } from "../../../../../shared/result.ts";
import { fourthlineApi } from "../../../../../electron/providers/fourthline/api/fourthline-api.ts";
import type { FourthlineApi } from "../../../../../electron/providers/fourthline/api/fourthline-api.ts";
import { DEFAULT_ENDPOINT_TABLE } from "../../../../../electron/providers/fourthline/endpoint-table.ts";
import { BASE, FakeFourthline } from "../fake-fourthline.ts";

const { signal } = new AbortController();

/** What is shown of a refusal with these words. */
async function shown(name: string, message: string, ask: (api: FourthlineApi) => Promise<unknown>): Promise<unknown> {
  const fake = new FakeFourthline();
  fake.next[name] = [{ status: 422, json: { message } }];
  const api = fourthlineApi({
    profile: { baseUrl: BASE, clientId: "organisation", table: DEFAULT_ENDPOINT_TABLE },
    http: fake.http,
    secrets: { clientSecret: () => Promise.resolve(success("the-secret")) },
    now: () => 0,
  });
  return ask(api);
}

const refused = (text: string) => ({ ok: false, failure: { code: "fourthline.refused", params: { text } } });

const files = [{ title: "Divorce of Ada.pdf", bytes: Buffer.from("%PDF-") }];

const quoting: readonly [string, string, string, (api: FourthlineApi) => Promise<unknown>][] = [
  [
    "createWorkflow",
    "No client Ada-1815 for QES only",
    "No client … for QES only",
    (api) => api.createWorkflow({ workflowName: "QES only", reference: "Ada-1815" }, signal),
  ],
  [
    "uploadDocuments",
    "Divorce of Ada.pdf is encrypted",
    "… is encrypted",
    (api) => api.uploadDocuments("w", files, signal),
  ],
  ["uploadMobile", "No SMS to 12-34", "No SMS to …", (api) => api.uploadMobile("w", "12-34", signal)],
  ["confirm", "271828 is not the passcode", "… is not the passcode", (api) => api.confirm("w", "271828", signal)],
];

test.each(quoting)("SECURITY: a refusal of %s does not bring back what it was about", async (name, said, kept, ask) => {
  expect(await shown(name, said, ask)).toEqual(refused(kept));
});

test("a refusal is shown whole where nothing in it is personal, whatever words the request had", async () => {
  const said = "The document d1 has been seen when terms were open";
  const accepting = { documents: ["d1"], conditions: ["terms"], language: "en" };
  expect(await shown("approve", said, (api) => api.approve("w", accepting, signal))).toEqual(refused(said));
  expect(await shown("details", said, (api) => api.details("w", "en", signal))).toEqual(refused(said));
});

test.each([
  ["uploadDocuments", (api: FourthlineApi) => api.uploadDocuments("w", files, signal)],
  ["uploadMobile", (api: FourthlineApi) => api.uploadMobile("w", "+31612345678", signal)],
  ["approve", (api: FourthlineApi) => api.approve("w", { documents: [], conditions: [], language: "en" }, signal)],
  ["confirm", (api: FourthlineApi) => api.confirm("w", "271828", signal)],
] as const)("a page of somebody in between is no answer to %s", async (name, ask) => {
  const fake = new FakeFourthline();
  fake.next[name] = [{ status: 200, bytes: new TextEncoder().encode("\n<html>Welcome to our hotel</html>") }];
  const api = fourthlineApi({
    profile: { baseUrl: BASE, clientId: "organisation", table: DEFAULT_ENDPOINT_TABLE },
    http: fake.http,
    secrets: { clientSecret: () => Promise.resolve(success("the-secret")) },
    now: () => 0,
  });
  expect(await ask(api)).toEqual({
    ok: false,
    failure: { code: "provider.unexpected-answer", params: { status: 200, reason: "page" } },
  });
});
