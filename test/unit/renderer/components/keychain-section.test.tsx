import { describe, expect, test } from "vitest";
import { Notices } from "../../../../renderer/components/app/notices.tsx";
import { KeychainSection } from "../../../../renderer/components/settings/keychain-section.tsx";
import { VAULT_STATES } from "../../../../shared/vault.ts";
import type { VaultView } from "../../../../shared/vault.ts";
import { appState } from "../../../harness/renderer/scenarios.ts";
import { draw } from "./draw.tsx";

const SOME: VaultView = { state: "usable", stored: 3, session: 0, needing: [] };

function drawn(vault: Partial<VaultView>): { readonly html: string; readonly buttons: readonly string[] } {
  const html = draw(<KeychainSection onEdit={() => {}} />, appState({ vault: { ...SOME, ...vault } }));
  const buttons = [...html.matchAll(/<button[^>]*>([^<]*)</gu)].map((match) => match[1] ?? "");
  return { html, buttons };
}

describe("the keychain in the settings", () => {
  test("offers in each state what helps there, and nothing that cannot be done", () => {
    const [renew, remove, again, afresh] = [
      "Renew the key",
      "Remove all stored access data…",
      "Try again",
      "Start afresh…",
    ];
    const offered = Object.fromEntries(VAULT_STATES.map((state) => [state, drawn({ state }).buttons]));
    expect(offered).toEqual({
      opening: [],
      usable: [renew, remove],
      locked: [again],
      missing: [again, remove],
      "key-lost": [again, afresh],
      damaged: [again, afresh],
    });
    expect(drawn({ stored: 0 }).buttons).toEqual([renew]);
  });

  test("says how much is stored, and how much ends with the program", () => {
    expect(drawn({}).html).toContain("3 secrets are stored.");
    const { html } = drawn({ state: "missing", stored: 0, session: 1 });
    expect(html).toContain("There is no keychain that can be used.");
    expect(html).toContain("1 secret is kept until Sealdesk ends.");
  });

  test("names the profiles that need their secrets again and the signings that wait for them", () => {
    const needing = [{ provider: "idnow" as const, name: "Main", runs: 2 }];
    const lost = drawn({ state: "key-lost", needing });
    expect(lost.html).toContain("IDnow: Main");
    expect(lost.html).toContain("2 unfinished signings wait for it");
    expect(lost.html).toContain("these profiles keep their settings");
    expect(drawn({}).html).not.toContain("need their secrets again");
  });
});

test("a notice about the keychain leads to the settings, another does not", () => {
  const { app } = appState();
  const notice = (code: "vault.key-lost" | "app.settings-reset") =>
    draw(<Notices />, appState({ app: { ...app, notices: [{ code }] } }));
  expect(notice("vault.key-lost")).toContain("Open settings");
  expect(notice("app.settings-reset")).not.toContain("Open settings");
});
