import type { DocumentState } from "../../../shared/app-state.ts";
import type { DocumentId, ProviderId } from "../../../shared/ids.ts";
import type { OpenOutcome } from "../../../shared/ipc.ts";
import type { EnvironmentKind } from "../../../shared/profiles.ts";
import { success } from "../../../shared/result.ts";
import { DocumentRegistry } from "../documents/document-registry.ts";
import { diagnosticsCommands } from "../logging/diagnostics.ts";
import { marksCommands } from "../marks/marks-commands.ts";
import { rulesOf } from "../policy/policy-rules.ts";
import type { ApplicationPorts } from "../ports.ts";
import { CertificateImports } from "../profiles/certificate-imports.ts";
import { ProfileService } from "../profiles/profile-service.ts";
import { SETUPS } from "../profiles/setups.ts";
import { testConnection } from "../profiles/test-connection.ts";
import { kindOfCertificateProfile } from "../signing/certificate-choice.ts";
import { createEnvironments } from "../signing/environments.ts";
import { ownAnchors } from "../signing/own-anchors.ts";
import { TokenOffers } from "../signing/token-offers.ts";
import { StateStore } from "../state-store.ts";
import { createVaultDesk } from "../vault/vault-desk.ts";
import { certificateCommands, rememberCertificate } from "./certificate-commands.ts";
import { changeSettings } from "./change-settings.ts";
import type { CommandHandlers } from "./command-handlers.ts";
import { networkInState } from "./network-watch.ts";
import { documentCommands, openPaths } from "./document-commands.ts";
import { openHistory } from "./open-history.ts";
import { openSigning } from "./open-signing.ts";
import { forgetRuns, openStores, tidyStores } from "./open-stores.ts";
import { openVerification } from "./open-verification.ts";
import { Practice } from "./practice.ts";
import { profileCommands } from "./profile-commands.ts";
import { profileInUse } from "./profile-in-use.ts";
import { resumeUnfinished } from "./resume-unfinished.ts";
import { settingsCommands } from "./settings-commands.ts";
import { endMessage, showResult } from "./show-result.ts";
import { isBusy, refusedSigning, signingCommands } from "./signing-commands.ts";
import { SigningMode } from "./signing-mode.ts";
import { initialState, StateTeller } from "./state-teller.ts";
import { TransactionViews } from "./transaction-views.ts";
import { unlocking } from "./unlocking.ts";

export interface Application {
  readonly state: StateStore;
  readonly handlers: CommandHandlers;
  /** Files from the command line, from the system's "open with", or dropped on the icon. */
  readonly openFiles: (paths: readonly string[]) => Promise<OpenOutcome>;
  /** Goes on with what an earlier start left undone. Call once, when the window can show it. */
  readonly resume: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const FORGETTING_MILLISECONDS = 6 * 3_600_000;
/** SECURITY: what the window says of practice and production must not be what it was before a command changed it. */
const LOOKING_MILLISECONDS = 2_000;

/** Somebody sits in front of it and waits. */
const TEST_TIME_LIMIT = 60_000;

/** Joins the rooms into the program: one state, one handler for each command, no window. */
export function createApplication(ports: ApplicationPorts): Application {
  const stores = openStores(ports);
  const { journal, settings, policy, current, vault, audit, presets, pictures } = stores;
  const mayPractise = policy.kind !== "malformed" && rulesOf(policy)?.practice !== false;
  const imports = new CertificateImports(ports.randomUuid);
  const profiles = new ProfileService({
    store: stores.profiles,
    setups: SETUPS,
    vault: vault.vault,
    imports,
    newId: ports.randomUuid,
    isInUse: profileInUse(stores),
    test: (opened, secrets, certificate) =>
      testConnection({
        opened,
        secrets,
        certificate,
        resolveProxy: ports.resolveProxy,
        now: ports.clock.now,
        signal: AbortSignal.timeout(TEST_TIME_LIMIT),
      }),
    onChange: () => {
      tell.profiles();
      vaultDesk.refresh();
    },
  });
  const mode = new SigningMode(current, profiles);
  mode.trustHasChanged();
  const state = new StateStore(initialState(ports, stores, mode, profiles));
  const practice = new Practice(ports, (part) => state.update({ app: { ...state.current.app, ...part } }));
  const registry = new DocumentRegistry(ports.randomUuid, () => state.update({ documents: registry.views() }));
  const watch = networkInState(state, () => views.list());
  const environments = createEnvironments({
    practice,
    resolveProxy: ports.resolveProxy,
    profiles,
    ownAnchors: () => ownAnchors(current()),
    timestampUrl: () => current().timestampUrl,
    // SECURITY: where practice is forbidden, nobody may read "valid" over it.
    trustsPractice: () => mayPractise && mode.trustsPractice(),
    onExchange: (exchange) => {
      ports.log?.write("info", "network.exchange", { ...exchange });
      watch.heard(exchange);
    },
    certificates: {
      settings: current,
      now: ports.clock.now,
      onKnown: (path, known) => {
        if (rememberCertificate(settings, path, known)) {
          tell.settings();
        }
      },
    },
  });
  const { online, verification } = openVerification({
    ports,
    stores,
    registry,
    profiles,
    trustAnchors: environments.trustAnchors,
    practice: () => (mayPractise && mode.info().practice ? practice : null),
  });
  const tell = new StateTeller({
    state,
    stores,
    mode,
    profiles,
    environments,
    judgeAgain: () => registry.views().forEach(({ id }) => void verification.restart(id)),
    unexpected: ports.unexpected,
  });
  void ports.startCheck?.then((found) => tell.unfit(found));
  const views = new TransactionViews({
    onDocument: (document, documentState: DocumentState) => registry.update(document, { state: documentState }),
    onDelivered: (document, progress) => showResult(registry, verification, document, progress),
    onEnd: (view) => ports.desktop.notify(endMessage(view)),
    onChange: () => state.update({ transactions: watch.shown(views.list()) }),
  });
  const signing = openSigning({ ports, stores, environments, registry, practice, network: online.network });
  const signingHandlers =
    signing === null
      ? refusedSigning({ code: "app.journal-unavailable" })
      : signingCommands({
          registry,
          settings: current,
          pictures,
          environments,
          views,
          randomUuid: ports.randomUuid,
          signing,
        });
  const vaultDesk = createVaultDesk({
    vault: vault.vault,
    profiles,
    journal: journal.ok ? journal.value : null,
    audit,
    log: ports.log,
    state,
    goOn: (transaction) => void signingHandlers["signing.retry"]({ transaction, withoutTimestamp: false }),
    unexpected: ports.unexpected,
  });
  const documents = {
    ports,
    registry,
    verification,
    isBusy: (id: DocumentId) => isBusy(registry, id),
    unlocking: unlocking({ registry, views, signing, retry: signingHandlers["signing.retry"] }),
  };
  const change = changeSettings({ settings, audit, onChange: () => tell.settings() });
  const environmentOf = (provider: ProviderId, profile: string): EnvironmentKind =>
    provider === "certificate" ? kindOfCertificateProfile(profile) : profiles.environmentOf(provider, profile);
  const history = openHistory({
    ports,
    stores,
    registry,
    signing,
    views,
    documents,
    handlers: signingHandlers,
    environmentOf,
  });
  tidyStores(stores, ports.clock.now());
  tell.providers();
  // A program that stays open for weeks forgets what it no longer needs all the same.
  const looking = setInterval(() => profiles.lookAgain(), LOOKING_MILLISECONDS).unref();
  const forgetting = setInterval(() => forgetRuns(stores, ports.clock.now()), FORGETTING_MILLISECONDS).unref();

  return {
    state,
    handlers: {
      "state.get": async () => success(state.current),
      ...documentCommands(documents),
      ...signingHandlers,
      ...settingsCommands({ ports, settings, policy, change }),
      ...certificateCommands({ ports, tokens: new TokenOffers(ports.tokenModules), change }),
      ...marksCommands({
        ports,
        presets,
        pictures,
        practice: () => state.current.app.environment !== "production",
        onChange: () => state.update({ marks: presets.current() }),
      }),
      ...profileCommands({ ports, profiles, imports, audit }),
      ...history.handlers,
      ...vaultDesk.handlers,
      ...diagnosticsCommands({ ports, state: () => state.current }),
      "practice.openPhone": async () => {
        const environment = await practice.environment();
        if (!environment.ok) {
          return environment;
        }
        await ports.desktop.openPracticePhone(environment.value.phoneUrl);
        return success(null);
      },
    },
    openFiles: (paths) => openPaths(documents, paths),
    resume: async () => {
      if (signing !== null) {
        await resumeUnfinished({
          signing,
          registry,
          views,
          environmentOf,
          unexpected: (error) => ports.unexpected?.(error),
        });
      }
      const leftOver = await history.leftOver.list();
      if (leftOver.length > 0) {
        tell.notice({ code: "app.left-over-files" });
      }
    },
    close: async () => {
      clearInterval(forgetting);
      clearInterval(looking);
      await verification.close();
      await signing?.detach();
      await online.close();
      await practice.close();
      await audit?.close();
      vault.close();
      if (journal.ok) {
        journal.value.close();
      }
    },
  };
}
