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

const open = () => openProfiles(path, { itsme: itsmeProfileSchema }, () => 7);
const wrong = (store: ReturnType<typeof open>, put: Parameters<ReturnType<typeof open>["put"]>[0]) =>
  store.put(put).map((issue) => issue.path.join("."));
const settings = {
  environment: "test",
  baseUrl: "https://b2b.example",
  partnerCode: "partner",
  serviceCode: "service",
  redirectUrl: "https://partner.example/back",
  pageOrigins: ["https://pages.example"],
} as const;
const profile = { name: "acceptance", provider: "itsme", settings, marks: {} } as const;

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
  const broken = { ...settings, baseUrl: "http://b2b.example", partnerCode: "far too long a code" };
  expect(wrong(open(), { ...profile, settings: broken })).toEqual(["baseUrl", "partnerCode"]);
  expect(wrong(open(), { ...profile, name: "../../etc" })).toEqual(["name"]);
  expect(wrong(open(), { ...profile, provider: "idnow" })).toEqual(["provider"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("an address with a name and password in it is no setting: those are secrets", () => {
  for (const field of ["baseUrl", "relayUrl", "proxy"]) {
    const broken = { ...settings, [field]: "https://me:secret@b2b.example" };
    expect(wrong(open(), { ...profile, settings: broken })).toEqual([field]);
  }
});

test("the practice profile's name cannot be taken", () => {
  expect(wrong(open(), { ...profile, name: "sandbox" })).toEqual(["name"]);
});

test("which profile is in use comes back after a restart, and goes with the profile", () => {
  open().put(profile);
  open().setActive("itsme", "acceptance");
  expect(open().active("itsme")).toBe("acceptance");
  expect(open().active("idnow")).toBeNull();
  open().remove("itsme", "acceptance");
  expect(open().active("itsme")).toBeNull();
});

test("a file of the first version is read as it was, and is of the second when something changes", () => {
  const first = { version: 1, profiles: [{ name: "acceptance", provider: "itsme", settings }] };
  writeFileSync(path, JSON.stringify(first));
  const store = open();
  expect([store.get("itsme", "acceptance"), store.active("itsme")]).toEqual([profile, null]);
  store.setActive("itsme", "acceptance");
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ version: 2, active: { itsme: "acceptance" } });
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

test.each(["{ half a fi", "[]", '{"version":2,"profiles":7}', ""])(
  "a file that nobody understands (%s) is set aside, not deleted, and a new one begins",
  (content) => {
    writeFileSync(path, content);
    const store = open();
    expect([store.wasReset, store.list()]).toEqual([true, []]);
    expect(readFileSync(join(folder, "profiles-damaged-7.json"), "utf8")).toBe(content);
    expect(store.put(profile)).toEqual([]);
    expect([open().wasReset, open().list().length]).toEqual([false, 1]);
  },
);

test("a file of a newer version is left alone, and nothing is stored over it", () => {
  const newer = JSON.stringify({ version: 3, something: "else" });
  writeFileSync(path, newer);
  const store = open();
  expect([store.isNewer, store.wasReset, store.list()]).toEqual([true, false, []]);
  expect(() => store.put(profile)).toThrow("newer");
  expect(readFileSync(path, "utf8")).toBe(newer);
});

test.skipIf(process.platform === "win32")("only the owner can read the file, and no temporary file stays", () => {
  open().put(profile);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["profiles.json", "profiles.json.lock"]);
  // The lock holds nothing.
  expect(statSync(`${path}.lock`).size).toBe(0);
});

test("two programs see each other's changes, and neither writes over the other's", () => {
  const [window, commandLine] = [open(), open()];
  window.put(profile);
  const before = window.stamp;
  commandLine.put({ ...profile, name: "production" });
  expect(window.stamp).not.toBe(before);
  expect(window.list().map(({ name }) => name)).toEqual(["acceptance", "production"]);
  commandLine.setActive("itsme", "production");
  window.remove("itsme", "acceptance");
  expect(commandLine.list().map(({ name }) => name)).toEqual(["production"]);
  expect([window.active("itsme"), open().active("itsme")]).toEqual(["production", "production"]);
});

test("a file that is damaged while the program runs takes nothing away that was known", () => {
  const store = open();
  store.put(profile);
  writeFileSync(path, "{ half a fi");
  expect(store.get("itsme", "acceptance")).toEqual(profile);
  store.put({ ...profile, name: "production" });
  expect(
    open()
      .list()
      .map(({ name }) => name),
  ).toEqual(["acceptance", "production"]);
  expect(readdirSync(folder)).toContain("profiles-damaged-7.json");
});

test("a file of a newer version that appears while the program runs is not written over", () => {
  const store = open();
  store.put(profile);
  const newer = JSON.stringify({ version: 99, profiles: [] });
  writeFileSync(path, newer);
  expect(store.isNewer).toBe(true);
  expect(() => store.put(profile)).toThrow("newer");
  expect(readFileSync(path, "utf8")).toBe(newer);
});

test("where there is no place for another profile, one that is there can still be replaced", () => {
  const profiles = Array.from({ length: 1_000 }, (_, index) => ({ ...profile, name: `profile-${index}` }));
  writeFileSync(path, JSON.stringify({ version: 2, active: {}, profiles }));
  expect(wrong(open(), { ...profile, name: "another" })).toEqual(["name"]);
  const changed = { ...profile, name: "profile-7", settings: { ...settings, serviceCode: "changed" } };
  expect(open().put(changed)).toEqual([]);
  expect(open().list()).toHaveLength(1_000);
  expect(open().get("itsme", "profile-7")?.settings).toMatchObject({ serviceCode: "changed" });
});
