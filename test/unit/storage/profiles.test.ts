import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { itsmeProfileSchema } from "../../../electron/providers/itsme/itsme-profile.ts";
import { openProfiles } from "../../../electron/storage/profiles.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-profiles-"));
  path = join(folder, "profiles.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openProfiles(path, { itsme: itsmeProfileSchema });
const settings = {
  environment: "test",
  baseUrl: "https://b2b.example",
  partnerCode: "partner",
  serviceCode: "service",
  redirectUrl: "https://partner.example/back",
  pageOrigins: ["https://pages.example"],
} as const;
const profile = { name: "acceptance", provider: "itsme", settings } as const;

test("a profile comes back after a restart", () => {
  expect(open().put(profile)).toEqual([]);
  expect(open().get("itsme", "acceptance")).toEqual(profile);
  expect(open().list()).toHaveLength(1);
});

test("the same name replaces, another provider's or another name stays", () => {
  const store = open();
  store.put(profile);
  store.put({ ...profile, name: "production" });
  store.put({ ...profile, settings: { ...settings, serviceCode: "changed" } });
  const names = open()
    .list()
    .map(({ name }) => name);
  expect(names.sort()).toEqual(["acceptance", "production"]);
  expect(open().get("itsme", "acceptance")?.settings).toMatchObject({ serviceCode: "changed" });
  open().remove("itsme", "acceptance");
  expect(open().get("itsme", "acceptance")).toBeNull();
});

test("wrong fields are named and nothing is stored", () => {
  const wrong = { ...settings, baseUrl: "http://b2b.example", partnerCode: "far too long a code" };
  expect(open().put({ ...profile, settings: wrong })).toEqual(["baseUrl", "partnerCode"]);
  expect(open().put({ ...profile, name: "../../etc" })).toEqual(["name"]);
  expect(open().put({ ...profile, provider: "idnow" })).toEqual(["provider"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("the practice profile's name cannot be taken", () => {
  expect(open().put({ ...profile, name: "sandbox" })).toEqual(["name"]);
});

test("an entry that cannot be understood is kept in the file and does not take the others away", () => {
  const strange = { name: "new", provider: "itsme", settings: { ofVersion: 9 } };
  writeFileSync(path, JSON.stringify({ version: 1, profiles: [strange, profile] }));
  const store = open();
  expect([store.unreadable, store.list().length]).toEqual([1, 1]);
  store.put({ ...profile, name: "second" });
  const { profiles } = JSON.parse(readFileSync(path, "utf8")) as { profiles: unknown[] };
  expect(profiles).toContainEqual(strange);
});

test("a damaged file gives no profiles and is not written over", () => {
  writeFileSync(path, "{ half a fi");
  const store = open();
  expect([store.unreadable, store.list()]).toEqual([1, []]);
  expect(() => store.put(profile)).toThrow("damaged");
  expect(readFileSync(path, "utf8")).toBe("{ half a fi");
});

test.skipIf(process.platform === "win32")("only the owner can read the file, and no temporary file stays", () => {
  open().put(profile);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["profiles.json"]);
});
