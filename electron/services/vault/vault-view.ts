import type { Failure } from "../../../shared/failure.ts";
import type { ProfileView } from "../../../shared/profiles.ts";
import type { VaultView } from "../../../shared/vault.ts";
import type { TransactionRecord } from "../../storage/journal-record.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";

/** How the vault stands, for the window. `isOwn`: ids that are no access data. */
export function vaultView(
  vault: Pick<SecretVault, "problem" | "ids" | "standing">,
  profiles: readonly ProfileView[],
  unfinished: readonly Pick<TransactionRecord, "provider" | "profile">[],
  isOwn: (id: string) => boolean,
): VaultView {
  const standings = vault
    .ids()
    .filter((id) => !isOwn(id))
    .map((id) => vault.standing(id));
  return {
    state: vault.problem() ?? "usable",
    stored: standings.filter((standing) => standing === "stored" || standing === "lost").length,
    session: standings.filter((standing) => standing === "session").length,
    needing: profiles
      .filter(({ missing }) => missing.length > 0)
      .map(({ provider, name }) => ({
        provider,
        name,
        runs: unfinished.filter((run) => run.provider === provider && run.profile === name).length,
      })),
  };
}

const CODES = ["app.keychain-locked", "app.keychain-unavailable", "vault.key-lost", "vault.damaged"] as const;

/** The window's notices with what has to be said of the vault, and only as long as it has to be. */
export function vaultNotices(vault: VaultView, notices: readonly Failure[]): readonly Failure[] {
  const own: readonly string[] = CODES;
  const others = notices.filter(({ code }) => !own.includes(code));
  const code = noticeOf(vault);
  return code === null ? others : [...others, { code }];
}

function noticeOf({ state, stored, session }: VaultView): (typeof CODES)[number] | null {
  switch (state) {
    case "opening":
    case "usable":
      return null;
    // Whoever only practises has nothing to keep, and need not be troubled.
    case "locked":
      return stored + session > 0 ? "app.keychain-locked" : null;
    case "missing":
      return stored + session > 0 ? "app.keychain-unavailable" : null;
    case "key-lost":
      return "vault.key-lost";
    case "damaged":
      return "vault.damaged";
  }
}
