import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messages } from "../../../../shared/messages/en.ts";
import { CertificateImports } from "../../../../electron/services/profiles/certificate-imports.ts";
import { ProfileService } from "../../../../electron/services/profiles/profile-service.ts";
import { PROFILE_SCHEMAS, SETUPS } from "../../../../electron/services/profiles/setups.ts";
import { fourthlineSetup } from "../../../../electron/services/profiles/setups/fourthline-setup.ts";
import { openProfiles } from "../../../../electron/storage/profiles.ts";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-fourthline-setup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = "client-Secret-8a1f";
const VALUES = {
  environment: "test",
  baseUrl: "https://api.ext-sandbox.fourthline.com",
  clientId: "acme",
  "workflowNames.completed": "QES only",
};

function open() {
  const vault = memoryVault();
  let ids = 0;
  const newId = (): string => String((ids += 1));
  const service = new ProfileService({
    store: openProfiles(join(folder, "profiles.json"), PROFILE_SCHEMAS, () => 1),
    setups: SETUPS,
    vault: Promise.resolve(vault),
    imports: new CertificateImports(newId),
    newId,
    isInUse: () => false,
    test: async () => [],
    onChange: () => undefined,
  });
  const save = (change: Record<string, string | boolean>) =>
    service.save({
      provider: "fourthline",
      name: "Main",
      isNew: service.view().list.length === 0,
      values: { ...VALUES, ...change },
      secrets: { clientSecret: { kind: "text", value: SECRET } },
    });
  return { vault, service, save };
}

/** The problems that the window shows, and nothing else. */
async function said(change: Record<string, string | boolean>) {
  const { vault, save } = open();
  const saved = await save(change);
  if (!saved.ok) throw new Error(saved.failure.code);
  expect(vault.ids()).toHaveLength(saved.value.problems.length === 0 ? 1 : 0);
  return saved.value.problems;
}

describe("a profile of Fourthline", () => {
  test("is kept with its secret in the vault alone", async () => {
    const { service, save } = open();
    expect(await save({ table: '{"fields": {"status": {"status": "data.state"}}}' })).toMatchObject({
      value: { problems: [] },
    });
    expect(service.active("fourthline")).toBe("Main");
    const file = readFileSync(join(folder, "profiles.json"), "utf8");
    expect(file).not.toContain(SECRET);
    expect(file).toContain("data.state");
    const [view] = service.view().list;
    expect(JSON.stringify(view)).not.toContain(SECRET);
    expect(view?.values["table"]).toBe(
      '{\n  "fields": {\n    "status": {\n      "status": "data.state"\n    }\n  }\n}',
    );
  });

  test("needs one of the two workflows", async () => {
    expect(await said({ "workflowNames.completed": "" })).toEqual([
      { field: "workflowNames.completed", sentence: "profile.wrong.one-workflow" },
    ]);
    expect(await said({ "workflowNames.completed": "", "workflowNames.pending": "QES during KYC" })).toEqual([]);
  });

  test.each([
    ["baseUrl", "https://api.fourthline.com/v1", "profile.wrong.site"],
    ["baseUrl", "https://api.fourthline.com/", "profile.wrong.site"],
    ["relayUrl", "http://relay.example", "profile.wrong.https"],
    ["proxy", "http://name:word@proxy.example:3128", "profile.wrong.proxy"],
    ["maximumDocuments", "101", "profile.wrong.count"],
    ["maximumDocuments", "many", "profile.wrong.count"],
    ["maximumBytes", "0", "profile.wrong.megabytes"],
    ["passcodeAttempts", "21", "profile.wrong.number"],
    ["passcodeDigits.minimum", "6", "profile.missing.text"],
  ])("says at %s that %j is not possible", async (field, value, sentence) => {
    const place = field === "passcodeDigits.minimum" ? "passcodeDigits.maximum" : field;
    expect(await said({ [field]: value })).toEqual([{ field: place, sentence }]);
  });

  test("says that the bounds of a passcode are the wrong way round", async () => {
    expect(await said({ "passcodeDigits.minimum": "8", "passcodeDigits.maximum": "4" })).toEqual([
      { field: "passcodeDigits.minimum", sentence: "profile.wrong.digits-order" },
    ]);
  });

  test.each([
    ['{"endpoints": {\n  "status": {"path": "/x"\n}', "profile.wrong.json-end", undefined],
    ['\n{"endpoints": {\n  status: {}}}', "profile.wrong.json", { line: 3, column: 3 }],
    ["[]", "profile.wrong.json-object", undefined],
    ['"text"', "profile.wrong.json-object", undefined],
    ['{"endpoint": {}}', "profile.wrong.json-unknown", { place: "endpoint" }],
    ['{"endpoints": {"stattus": {}}}', "profile.wrong.json-unknown", { place: "endpoints.stattus" }],
    ['{"endpoints": {"__proto__": {}}}', "profile.wrong.json-unknown", { place: "endpoints.__proto__" }],
    ['{"endpoints": {"status": "/x"}}', "profile.wrong.json-entries", { place: "endpoints.status" }],
    [
      '{"endpoints": {"status": {"method": "DELETE"}}}',
      "profile.wrong.json-choice",
      { place: "endpoints.status.method", values: "GET, POST, PUT, PATCH" },
    ],
    [
      '{"endpoints": {"status": {"path": "v2/{workflowId}"}}}',
      "profile.wrong.table-path",
      { place: "endpoints.status.path" },
    ],
    [
      '{"endpoints": {"status": {"path": "/v2/status"}}}',
      "profile.wrong.table-workflow-path",
      { place: "endpoints.status.path" },
    ],
    [
      '{"endpoints": {"signedDocument": {"path": "/v2/{workflowId}"}}}',
      "profile.wrong.table-document-path",
      { place: "endpoints.signedDocument.path" },
    ],
    [
      '{"endpoints": {"token": {"path": "/{workflowId}"}}}',
      "profile.wrong.table-plain-path",
      { place: "endpoints.token.path" },
    ],
    [
      '{"fields": {"status": {"status": "data state"}}}',
      "profile.wrong.table-names",
      { place: "fields.status.status" },
    ],
    [
      '{"fields": {"status": {"status": "a.constructor"}}}',
      "profile.wrong.table-names",
      { place: "fields.status.status" },
    ],
    [
      '{"fields": {"uploadSelfie": {"imagePart": "a.b"}}}',
      "profile.wrong.table-name",
      { place: "fields.uploadSelfie.imagePart" },
    ],
    ['{"fields": {"status": {"status": 7}}}', "profile.wrong.json-value", { place: "fields.status.status" }],
  ])("says of the table %s what is wrong first, and where", async (table, sentence, params) => {
    expect(await said({ table })).toEqual([{ field: "table", sentence, ...(params === undefined ? {} : { params }) }]);
    for (const name of Object.keys(params ?? {})) {
      expect(Object.entries(messages).find(([key]) => key === sentence)?.[1]).toContain(`{{${name}}}`);
    }
  });

  test("is reached through the relay, whose address is not shown as the recipient", async () => {
    const opened = fourthlineSetup.open({
      environment: "production",
      baseUrl: "https://api.fourthline.com",
      clientId: "acme",
      clientSecret: "id",
      workflowNames: { completed: "A", pending: "B" },
      relayUrl: "https://relay.example/fourthline/",
    });
    expect([opened.address, opened.usesRelay]).toEqual(["https://relay.example/fourthline/", true]);
    const urls: string[] = [];
    const http = {
      request: async ({ url }: { readonly url: string }) => {
        urls.push(url);
        return { ok: false as const, failure: { code: "provider.unreachable" as const } };
      },
      close: async () => undefined,
    };
    const secrets = {
      text: async () => ({ ok: true as const, value: "secret" }),
      bytes: () => Promise.reject(new Error("no bytes")),
      identity: () => Promise.reject(new Error("no identity")),
    };
    const part = await opened.makeProvider({ http, secrets });
    expect(part).toMatchObject({ recipient: "api.fourthline.com", fourthline: { flows: ["completed", "pending"] } });
    await opened.probe({ http, secrets }, { hasClientCertificate: false, relay: true }, new AbortController().signal);
    expect(urls).toEqual(["https://relay.example/fourthline/v1/oauth2/token"]);
  });
});
