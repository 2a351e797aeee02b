import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { authorityCommands, authorityViews } from "../../../electron/services/application/authority-commands.ts";
import { changeSettings } from "../../../electron/services/application/change-settings.ts";
import { NO_POLICY } from "../../../electron/services/policy/load-policy.ts";
import { SettingsStore } from "../../../electron/storage/settings.ts";
import { CLOSED_DIALOGS } from "../../integration/services/bare-ports.ts";
import { haveVectors, vectorText } from "../evidence/bankid/bankid-vectors.ts";

let folder = "";
let roots: readonly string[] = [];
let settings: SettingsStore;
let chosen: readonly string[] = [];
const recorded: unknown[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-authorities-"));
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", join(folder, "key")];
  const make = (name: string): string =>
    execFileSync("openssl", ["req", "-x509", ...ec, "-subj", `/CN=${name}`, "-days", "2"], {
      encoding: "utf8",
      stdio: "pipe",
      timeout: 20_000,
    });
  roots = Array.from({ length: 21 }, (_, index) => make(`Root ${index}`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  settings = new SettingsStore(mkdtempSync(join(folder, "data-")), Date.now);
  recorded.length = 0;
});

function commands() {
  return authorityCommands({
    ports: { dialogs: { ...CLOSED_DIALOGS, chooseAuthorities: async () => chosen } },
    settings,
    policy: NO_POLICY,
    change: changeSettings({
      settings,
      audit: { record: (event) => void recorded.push(event) },
      onChange: () => undefined,
    }),
  });
}
function choose(...texts: readonly string[]): void {
  chosen = texts.map((text, index) => {
    const path = join(folder, `chosen-${index}.pem`);
    writeFileSync(path, text);
    return path;
  });
}
const shown = () => authorityViews(settings.current.bankidRoots, []);

test("roots are kept once each, in both lists apart, are recorded, and removed one by one", async () => {
  choose(roots[0]!, roots[1]!);
  await commands()["settings.addBankIdRoots"]({});
  await commands()["settings.addBankIdRoots"]({});
  expect(shown().map(({ facts, isFixed }) => [facts.subject, isFixed])).toEqual([
    ["Root 0", false],
    ["Root 1", false],
  ]);
  expect(settings.current.trustAnchors).toEqual([]);
  await commands()["settings.removeBankIdRoot"]({ sha256: shown()[0]!.sha256 });
  expect(shown().map(({ facts }) => facts.subject)).toEqual(["Root 1"]);
  expect(recorded[0]).toEqual({ kind: "settings.changed", settings: ["bankidRoots"] });
});

test("more than there may be are refused together, and none of them is kept", async () => {
  choose(roots.join(""));
  expect(await commands()["settings.addBankIdRoots"]({})).toEqual({
    ok: false,
    failure: { code: "settings.too-many-authorities", params: { count: 20 } },
  });
  expect(shown()).toEqual([]);
  expect(await commands()["settings.addTrustAnchors"]({})).toMatchObject({ ok: true });
  expect(settings.current.trustAnchors).toHaveLength(21);
});

test("a private key in the chosen file stays there", async () => {
  const key = execFileSync("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout"], { encoding: "utf8" });
  choose(`${key}${roots[0]!}`);
  await commands()["settings.addBankIdRoots"]({});
  expect(shown()).toHaveLength(1);
  expect(JSON.stringify(settings.current)).not.toContain("PRIVATE KEY");
});

test.skipIf(!haveVectors)("BankID's test root is refused with its own sentence", async () => {
  choose(roots[0]!, vectorText("test-root.pem"));
  expect(await commands()["settings.addBankIdRoots"]({})).toEqual({
    ok: false,
    failure: { code: "settings.bankid-test-root" },
  });
  expect(shown()).toEqual([]);
});
