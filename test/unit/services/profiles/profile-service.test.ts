import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CertificateImports } from "../../../../electron/services/profiles/certificate-imports.ts";
import type { ProfileDraft } from "../../../../electron/services/profiles/profile-draft.ts";
import { ProfileService } from "../../../../electron/services/profiles/profile-service.ts";
import type { ProfileServiceParts } from "../../../../electron/services/profiles/profile-service.ts";
import { PROFILE_SCHEMAS, SETUPS } from "../../../../electron/services/profiles/setups.ts";
import { openProfiles } from "../../../../electron/storage/profiles.ts";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";
import type { SecretVault } from "../../../../electron/storage/vault/secret-vault.ts";

let folder = "";
let path = "";
let vault: SecretVault;
let ids = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-profile-service-"));
  path = join(folder, "profiles.json");
  vault = memoryVault();
  ids = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const newId = (): string => String((ids += 1));

function open(change: Partial<ProfileServiceParts> = {}): ProfileService {
  return new ProfileService({
    store: openProfiles(path, PROFILE_SCHEMAS, () => 1),
    setups: SETUPS,
    vault: Promise.resolve(vault),
    imports: new CertificateImports(newId),
    newId,
    isInUse: () => false,
    test: async () => [],
    onChange: () => undefined,
    ...change,
  });
}

const PASSWORD = "open sesame 123";
const values = {
  environment: "test",
  baseUrl: "https://idnow.example/api/2.10/",
  user: "acme",
  pageOrigins: ["https://pages.example"],
  redirectUrl: "https://acme.example/back",
  signatureTypes: ["QES"],
};
const draft: ProfileDraft = {
  provider: "idnow",
  name: "Acceptance",
  isNew: true,
  values,
  secrets: { password: { kind: "text", value: PASSWORD } },
};

async function problems(service: ProfileService, change: Partial<ProfileDraft>): Promise<readonly string[]> {
  const saved = await service.save({ ...draft, ...change });
  return saved.ok ? saved.value.problems.map(({ field, sentence }) => `${field}: ${sentence}`) : [saved.failure.code];
}

/** The password that the vault lends under the profile's own id. */
async function kept(): Promise<string | null> {
  const id = vault.ids().find((one) => one.startsWith("profile/idnow/Acceptance/password/"));
  const lent = id === undefined ? null : await vault.use(id, async (secret) => Buffer.from(secret).toString("utf8"));
  return lent?.ok === true ? lent.value : null;
}

describe("a profile that is saved", () => {
  test("is in use when it is the first of its provider, and only then", async () => {
    const service = open();
    expect(await problems(service, {})).toEqual([]);
    expect(service.active("idnow")).toBe("Acceptance");
    expect(await problems(service, { name: "Production", values: { ...values, environment: "production" } })).toEqual(
      [],
    );
    expect(service.active("idnow")).toBe("Acceptance");
    expect(service.environmentOf("idnow")).toBe("test");
    expect(service.use("idnow", "Production").ok).toBe(true);
    expect(service.environmentOf("idnow")).toBe("production");
    expect(service.use("idnow", null).ok).toBe(true);
    expect(service.environmentOf("idnow")).toBe("sandbox");
  });

  test("has its secret in the vault, and nowhere in its file or in what the window is told", async () => {
    const service = open();
    await service.save(draft);
    expect(await kept()).toBe(PASSWORD);
    expect(readFileSync(path, "utf8")).not.toContain(PASSWORD);
    expect(JSON.stringify(service.view())).not.toContain(PASSWORD);
    expect(service.view().list[0]).toMatchObject({ secrets: { password: { kind: "text" } }, missing: [] });
    // Not even the id: nobody outside main has a use for it.
    expect(JSON.stringify(service.view())).not.toContain("profile/idnow");
  });

  test("keeps a secret that is not typed again, and replaces one that is, without leaving the old one", async () => {
    const service = open();
    await service.save(draft);
    await service.save({ ...draft, isNew: false, secrets: {}, values: { ...values, user: "other" } });
    expect(await kept()).toBe(PASSWORD);
    await service.save({ ...draft, isNew: false, secrets: { password: { kind: "text", value: "another" } } });
    expect(await kept()).toBe("another");
    expect(vault.ids()).toHaveLength(1);
  });

  test("keeps its new secret when the old one cannot be removed", async () => {
    await open().save(draft);
    const [old] = vault.ids();
    const own = vault;
    vault = {
      ...own,
      remove: (id) => (id === old ? Promise.reject(new Error("the disk is full")) : own.remove(id)),
    };
    const change = { isNew: false, secrets: { password: { kind: "text", value: "another" } } } as const;
    expect(await problems(open({ tidies: false }), change)).toEqual([]);
    const added = vault.ids().filter((id) => id !== old);
    expect(added).toHaveLength(1);
    expect(readFileSync(path, "utf8")).toContain(added[0]);
    expect(await open().checkSecrets("idnow", "Acceptance")).toBeNull();
  });

  test("keeps its secret when it cannot be put into use", async () => {
    const store = openProfiles(path, PROFILE_SCHEMAS, () => 1);
    store.setActive = () => {
      throw new Error("the disk is full");
    };
    const service = open({ store });
    expect(await problems(service, {})).toEqual(["profile.cannot-save"]);
    expect(await kept()).toBe(PASSWORD);
    expect(service.view().list).toMatchObject([{ name: "Acceptance", active: false, missing: [] }]);
  });

  test("says what is wrong at the fields, and then keeps nothing, secrets included", async () => {
    const service = open();
    expect(await problems(service, { name: "" })).toEqual(["name: profile.missing.text"]);
    expect(await problems(service, { name: "sandbox" })).toEqual(["name: profile.wrong.name"]);
    expect(await problems(service, { secrets: {} })).toEqual(["password: profile.missing.secret"]);
    expect(await problems(service, { values: { ...values, baseUrl: "http://idnow.example" } })).toEqual([
      "baseUrl: profile.wrong.https",
    ]);
    expect(await problems(service, { values: { ...values, pageOrigins: ["https://pages.example/path"] } })).toEqual([
      "pageOrigins: profile.wrong.origin",
    ]);
    expect(
      await problems(service, { values: { ...values, redirectUrl: `https://acme.example/${"a".repeat(100)}` } }),
    ).toEqual(["redirectUrl: profile.too-long"]);
    expect(await problems(service, { values: { ...values, user: "a:b", signatureTypes: [] } })).toEqual([
      "signatureTypes: profile.missing.choices",
    ]);
    expect(await problems(service, { values: { ...values, user: "a:b" } })).toEqual(["user: profile.wrong.user"]);
    expect(await problems(service, { values: { ...values, "relayHeader.name": "X-Key" } })).toEqual([
      "relayHeader.secret: profile.missing.secret",
    ]);
    expect(
      await problems(service, { secrets: { ...draft.secrets, cryptKey: { kind: "text", value: "short" } } }),
    ).toEqual(["cryptKey: profile.wrong.aes-256"]);
    expect([vault.ids(), service.view().list]).toEqual([[], []]);
  });

  test("does not take another's name, in whatever case it is written", async () => {
    const service = open();
    await service.save(draft);
    expect(await problems(service, { name: "ACCEPTANCE" })).toEqual(["name: profile.wrong.name-taken"]);
    expect(await problems(service, { provider: "itsme", secrets: {}, values: ITSME })).toEqual([]);
  });

  test("leaves no secret behind when its file cannot be written", async () => {
    const store = openProfiles(path, PROFILE_SCHEMAS, () => 1);
    const service = open({
      store: {
        ...store,
        put: () => {
          throw new Error("disk full");
        },
      },
    });
    expect(await problems(service, {})).toEqual(["profile.cannot-save"]);
    expect(vault.ids()).toEqual([]);
  });
});

const ITSME = {
  environment: "production",
  baseUrl: "https://b2b.example",
  partnerCode: "ACME",
  serviceCode: "SIGN",
  redirectUrl: "https://acme.example/back",
  pageOrigins: ["https://pages.example"],
};

describe("a profile that goes", () => {
  test("takes its secrets with it and leaves practice behind", async () => {
    const service = open();
    await service.save(draft);
    expect(await service.remove("idnow", "Acceptance")).toEqual({ ok: true, value: null });
    expect([vault.ids(), service.active("idnow"), service.environmentOf("idnow")]).toEqual([[], null, "sandbox"]);
  });

  test("stays while a run needs it", async () => {
    const service = open({ isInUse: (provider, name) => provider === "idnow" && name === "Acceptance" });
    await service.save(draft);
    expect(await service.remove("idnow", "Acceptance")).toMatchObject({
      ok: false,
      failure: { code: "profile.in-use" },
    });
    expect(service.view().list).toHaveLength(1);
  });
});

describe("secrets", () => {
  test("that a crash left without a profile are removed at the next start; others' records stay", async () => {
    await vault.put("profile/idnow/Old/password/9", Buffer.from("left"));
    await vault.put("record/somebody's", Buffer.from("kept"));
    const service = open();
    await service.save(draft);
    await expect.poll(() => vault.ids().filter((id) => id.includes("Old"))).toEqual([]);
    expect(vault.ids()).toContain("record/somebody's");
    expect(await kept()).toBe(PASSWORD);
  });

  test("of a file that was set aside, or of entries of a newer version, are kept", async () => {
    const id = "profile/idnow/Old/password/9";
    await vault.put(id, Buffer.from("kept"));
    writeFileSync(path, "{ damaged");
    open();
    await new Promise(setImmediate);
    expect(vault.ids()).toEqual([id]);
    const strange = { name: "Old", provider: "idnow", settings: { newer: true, password: id } };
    writeFileSync(path, JSON.stringify({ version: 2, active: {}, profiles: [strange] }));
    open();
    await new Promise(setImmediate);
    expect(vault.ids()).toEqual([id]);
  });

  test("that are missing make the profile say so, and never make it practice", async () => {
    const service = open();
    await service.save(draft);
    vault = memoryVault();
    const later = open();
    expect(await later.checkSecrets("idnow", "Acceptance")).toMatchObject({ code: "profile.secret-missing" });
    expect(later.view().list[0]?.missing).toEqual(["password"]);
    expect(later.environmentOf("idnow")).toBe("test");
  });
});

test("a profile in use that cannot be understood counts as real, not as practice", () => {
  const strange = { name: "Prod", provider: "idnow", settings: { newer: true } };
  writeFileSync(path, JSON.stringify({ version: 2, active: { idnow: "Prod" }, profiles: [strange] }));
  const service = open();
  expect(service.environmentOf("idnow")).toBe("production");
  expect(service.open("idnow", "Prod")).toMatchObject({ ok: false, failure: { code: "profile.not-found" } });
});

describe("a test of the connection", () => {
  test("uses what was typed and not saved, and keeps none of it", async () => {
    const seen: string[] = [];
    const service = open({
      test: async (opened, secrets) => {
        const password = await secrets.text("draft/password/1");
        seen.push(opened.address, password.ok ? password.value : password.failure.code);
        return [];
      },
    });
    expect(await service.test(draft)).toEqual({ ok: true, value: { kind: "tested", report: [] } });
    expect(seen).toEqual(["https://idnow.example/api/2.10/", PASSWORD]);
    expect([vault.ids(), service.view().list]).toEqual([[], []]);
  });

  test("of a saved profile uses the stored secret", async () => {
    const seen: unknown[] = [];
    const service = open({
      test: async (_opened, secrets) => {
        const [id = ""] = vault.ids();
        seen.push(await secrets.text(id));
        return [];
      },
    });
    await service.save(draft);
    await service.test({ ...draft, isNew: false, secrets: {} });
    expect(seen).toEqual([{ ok: true, value: PASSWORD }]);
  });

  test("asks nobody while something is wrong with the form", async () => {
    const service = open({ test: async () => expect.fail("nothing may be asked") });
    const tested = await service.test({ ...draft, values: { ...values, user: "" } });
    expect(tested).toEqual({
      ok: true,
      value: { kind: "problems", problems: [{ field: "user", sentence: "profile.missing.text" }] },
    });
  });
});

const TEST_ROOT = join(import.meta.dirname, "../../../../../shared/providers/vectors/bankid-test-root.pem");

test.skipIf(!existsSync(TEST_ROOT))(
  "BankID's test root is refused for production, in a sentence of its own",
  async () => {
    const root = readFileSync(TEST_ROOT, "utf8");
    const bankid: Partial<ProfileDraft> = {
      provider: "bankid",
      secrets: {},
      values: {
        environment: "production",
        "connection.kind": "phenixid",
        "connection.baseUrl": "https://sign.example",
        "connection.tenant": "t1",
        roots: [root],
      },
    };
    expect(await problems(open(), bankid)).toEqual(["roots: profile.wrong.test-root"]);
    const forTests = { ...bankid, values: { ...bankid.values, environment: "test" } };
    expect(await problems(open(), forTests)).toEqual([]);
  },
);
