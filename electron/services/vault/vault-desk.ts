import type { AppState } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { TransactionId } from "../../../shared/ids.ts";
import type { ProfileView } from "../../../shared/profiles.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { VAULT_OPENING } from "../../../shared/vault.ts";
import type { KeyChangeAnswer, VaultView } from "../../../shared/vault.ts";
import type { Journal } from "../../storage/journal.ts";
import type { OpenedVault } from "../../storage/vault/open-vault.ts";
import type { HandlersOf } from "../application/command-handlers.ts";
import { isAudits } from "../auditing/audit-trail.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import type { ProgramLog } from "../logging/program-log.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import type { StateStore } from "../state-store.ts";
import { vaultNotices, vaultView } from "./vault-view.ts";

export interface VaultDeskParts {
  readonly vault: Promise<OpenedVault>;
  readonly profiles: ProfileService;
  /** Absent: it cannot be read, and nothing is under way. */
  readonly journal: Journal | null;
  readonly audit: AuditTrail | null;
  readonly log?: ProgramLog | undefined;
  readonly state: StateStore;
  /** Goes on with a run that is not finished, once the secrets are there that it waits for. */
  readonly goOn: (transaction: TransactionId) => void;
  readonly unexpected?: ((error: unknown) => void) | undefined;
}

export interface VaultDesk {
  readonly handlers: HandlersOf<"vault">;
  /** Tells the window how the vault stands; call when profiles have changed. */
  readonly refresh: () => void;
}

type Runs = ReturnType<Journal["unfinished"]>;

/** Shows how the vault stands, and does what a person may do with it. */
export function createVaultDesk(parts: VaultDeskParts): VaultDesk {
  const { profiles, journal, audit, log, state } = parts;
  /** Null: the keychain has not answered yet. */
  let opened: OpenedVault | null = null;
  const unfinished = () => journal?.unfinished() ?? [];

  const viewWith = (list: readonly ProfileView[], runs: Runs): VaultView =>
    opened === null ? VAULT_OPENING : vaultView(opened, list, runs, isAudits);
  const view = (): VaultView => viewWith(profiles.view().list, unfinished());
  let waiting: ReadonlySet<TransactionId> = new Set();
  const refresh = (): void => {
    const [{ list }, runs] = [profiles.view(), unfinished()];
    const vault = viewWith(list, runs);
    const stillWaiting = runsWithoutSecrets(list, runs);
    const ready = runs.filter(({ id }) => waiting.has(id) && !stillWaiting.has(id));
    waiting = stillWaiting;
    ready.forEach(({ id }) => parts.goOn(id));
    const { app } = state.current;
    const keychain: AppState["app"]["keychain"] = vault.state === "usable" ? "available" : "session-only";
    state.update({ vault, app: { ...app, keychain, notices: vaultNotices(vault, app.notices) } });
  };
  /** Profiles tell what they know of the vault, and with them everything that is made of it. */
  const changed = (): void => {
    log?.write("info", "vault.state", { state: view().state });
    profiles.vaultChanged();
  };
  const follow = async (): Promise<void> => {
    try {
      const vault = await parts.vault;
      opened = vault;
      vault.watch(changed);
      changed();
    } catch (error) {
      parts.unexpected?.(error);
    }
  };
  void follow();

  const done = (
    kind: "vault.key-renewed" | "vault.emptied",
    change: Result<KeyChangeAnswer, Failure>,
    recordsOf: (change: KeyChangeAnswer) => number,
  ): Result<KeyChangeAnswer, Failure> => {
    if (!change.ok) {
      log?.write("warning", kind, { failure: change.failure.code });
      return change;
    }
    const { complete } = change.value;
    const records = recordsOf(change.value);
    log?.write("info", kind, { records, complete });
    audit?.record({ kind, records });
    profiles.vaultChanged();
    return success({ records: view().stored, complete });
  };
  const answering = failed({ code: "app.keychain-locked" } as const);

  return {
    refresh,
    handlers: {
      "vault.tryAgain": async () => {
        await opened?.retry();
        return success({ state: view().state });
      },
      "vault.renewKey": async () =>
        opened === null ? answering : done("vault.key-renewed", await opened.renewKey(), ({ records }) => records),
      "vault.removeAll": async () => {
        if (opened === null) {
          return answering;
        }
        const needed = neededProfiles(profiles, unfinished());
        // SECURITY: what somebody has approved may be finished with these secrets only.
        if (needed.length > 0) {
          return failed({ code: "vault.in-use", params: { names: needed.join(", ") } });
        }
        const vault = opened;
        const before = vault.ids();
        return done(
          "vault.emptied",
          await vault.removeAll(isAudits),
          () => before.filter((id) => !vault.has(id)).length,
        );
      },
      "vault.startAfresh": async () => {
        const reason = view().state;
        const afresh = await opened?.startAfresh();
        if (afresh?.ok !== true) {
          return afresh ?? answering;
        }
        log?.write("warning", "vault.started-afresh", { reason });
        audit?.record({ kind: "vault.started-afresh", reason });
        profiles.vaultChanged();
        return success({ setAside: afresh.value });
      },
    },
  };
}

/** Runs whose profile lacks a secret, or cannot open one now. */
function runsWithoutSecrets(profiles: readonly ProfileView[], runs: Runs): ReadonlySet<TransactionId> {
  const isWithout = ({ provider, profile }: (typeof runs)[number]): boolean =>
    profiles.some(
      (one) =>
        one.provider === provider && one.name === profile && (one.missing.length > 0 || one.keeping === "locked"),
    );
  return new Set(runs.filter(isWithout).map(({ id }) => id));
}

/** Names of profiles with secrets that a run needs which is not finished. */
function neededProfiles(profiles: ProfileService, runs: Runs): readonly string[] {
  return profiles
    .view()
    .list.filter(
      ({ provider, name, secrets }) =>
        Object.keys(secrets).length > 0 && runs.some((run) => run.provider === provider && run.profile === name),
    )
    .map(({ name }) => `“${name}”`);
}
