import type { Page } from "@playwright/test";
import type { AppState } from "../../../shared/app-state.ts";
import type { ProfileView } from "../../../shared/profiles.ts";
import type { VaultView } from "../../../shared/vault.ts";
import { vaultNotices } from "../../../electron/services/vault/vault-view.ts";
import { appState, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const IDNOW: ProfileView = {
  provider: "idnow",
  name: "Main",
  environment: "production",
  active: true,
  values: { environment: "production", baseUrl: "https://customer.identity.tm/api/2.10/", user: "acme-integration" },
  certificates: {},
  secrets: { password: { kind: "text" } },
  missing: [],
  keeping: "stored",
};
const ITSME: ProfileView = { ...IDNOW, provider: "itsme", name: "Production with a long name of its own, 2026" };

const LOST: VaultView = {
  state: "key-lost",
  stored: 4,
  session: 0,
  needing: [
    { provider: "itsme", name: ITSME.name, runs: 2 },
    { provider: "idnow", name: "Main", runs: 0 },
  ],
};

/** How the window tells of the keychain, in each of its states. */
export function keychainScreens(): readonly Screen[] {
  const missing = ["password"];
  return [
    screen("98-keychain-opening", state({ state: "opening", stored: 0, session: 0, needing: [] })),
    screen("98-keychain-usable", state({ state: "usable", stored: 4, session: 0, needing: [] }), async (page) => {
      await page.getByRole("button", { name: "Renew the key" }).click();
      await page.getByText("sealed under a new key").waitFor();
    }),
    screen("98-keychain-locked", state({ state: "locked", stored: 4, session: 1, needing: [] }, { keeping: "locked" })),
    screen(
      "98-keychain-missing",
      state({ state: "missing", stored: 0, session: 2, needing: [] }, { keeping: "session" }),
    ),
    screen("98-keychain-lost", state(LOST, { missing })),
    screen("98-keychain-lost-sure", state(LOST, { missing }), async (page) => {
      await page.getByRole("button", { name: "Start afresh…" }).click();
      await page.getByRole("group", { name: /Set the old file aside/u }).waitFor();
    }),
    screen("98-keychain-afresh", state({ ...LOST, state: "usable", stored: 0 }, { missing })),
    screen("98-keychain-damaged", state({ ...LOST, state: "damaged", stored: 0 }, { missing })),
    screen("98-keychain-in-use", state({ state: "usable", stored: 4, session: 0, needing: [] }), async (page) => {
      await page.getByRole("button", { name: "Remove all stored access data…" }).click();
      await page.getByRole("button", { name: "Remove all", exact: true }).click();
      await page.getByText("The access data are still needed.").waitFor();
    }),
    {
      name: "99-keychain-notice",
      script: script(state(LOST, { missing }), "sample"),
      prepare: (page) => page.getByRole("button", { name: "Open settings" }).waitFor(),
    },
  ];
}

function state(vault: VaultView, profile: Partial<ProfileView> = {}): AppState {
  const plain = appState();
  return {
    ...plain,
    vault,
    app: { ...plain.app, practice: false, environment: "production", notices: vaultNotices(vault, []) },
    profiles: { ...plain.profiles, list: [ITSME, IDNOW].map((one) => ({ ...one, ...profile })) },
  };
}

function screen(name: string, shown: AppState, then: (page: Page) => Promise<void> = async () => undefined): Screen {
  return {
    name,
    script: script(shown, "sample", {
      "vault.renewKey": { records: 4, complete: true },
      "vault.tryAgain": { state: shown.vault.state },
      "vault.removeAll": { failure: { code: "vault.in-use", params: { names: "“Main”" } } },
    }),
    prepare: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("dialog").waitFor();
      await then(page);
      await page
        .getByRole("heading", { name: "Keychain and stored access data" })
        .evaluate((heading) => heading.scrollIntoView({ block: "start" }));
      await page.waitForTimeout(200);
    },
  };
}
