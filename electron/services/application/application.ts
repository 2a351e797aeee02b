import { basename } from "node:path";
import { join } from "node:path";
import type { AppState, DocumentState, ProviderView, TransactionView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { OpenOutcome } from "../../../shared/ipc.ts";
import { success } from "../../../shared/result.ts";
import type { Journal } from "../../storage/journal.ts";
import { openMarkPresets } from "../../storage/mark-presets.ts";
import { openPictures } from "../../storage/picture-store.ts";
import type { PictureStore } from "../../storage/picture-store.ts";
import { openJournal } from "../../storage/open-journal.ts";
import { openProfiles } from "../../storage/profiles.ts";
import type { ProfileStore } from "../../storage/profiles.ts";
import { openReturnedFiles } from "../../storage/returned-files.ts";
import type { ReturnedFiles } from "../../storage/returned-files.ts";
import { SettingsStore } from "../../storage/settings.ts";
import type { Settings } from "../../storage/settings.ts";
import { diagnosticsCommands } from "../logging/diagnostics.ts";
import { openAuditTrail } from "../auditing/audit-trail.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import { saveOffered } from "../documents/save-offered.ts";
import { DocumentRegistry } from "../documents/document-registry.ts";
import type { ValidationNetwork } from "../../verify/validation-network.ts";
import type { ApplicationPorts } from "../ports.ts";
import { kindOfCertificateProfile } from "../signing/certificate-choice.ts";
import { certificateView } from "../signing/certificate-environments.ts";
import { ownAnchors } from "../signing/own-anchors.ts";
import { sealedRecords } from "../signing/flow-desk.ts";
import type { FlowDesk } from "../signing/flow-desk.ts";
import { NO_POLICY, policyInForce } from "../policy/load-policy.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { ownUnder, rulesOf, underPolicy } from "../policy/policy-rules.ts";
import { viewsUnderPolicy } from "../policy/policy-views.ts";
import { createEnvironments } from "../signing/environments.ts";
import type { ItemProgress } from "../signing/run-listener.ts";
import { marksCommands } from "../marks/marks-commands.ts";
import { usedPictures } from "../marks/used-pictures.ts";
import { CertificateImports } from "../profiles/certificate-imports.ts";
import { ProfileService } from "../profiles/profile-service.ts";
import { PROFILE_SCHEMAS, SETUPS } from "../profiles/setups.ts";
import { testConnection } from "../profiles/test-connection.ts";
import { forgetOldRuns } from "../signing/forget-old-runs.ts";
import { SigningService } from "../signing/signing-service.ts";
import type { SigningEnvironments } from "../signing/signing-environment.ts";
import { TokenOffers } from "../signing/token-offers.ts";
import { createSigningSteps } from "../signing/signing-steps.ts";
import { StateStore } from "../state-store.ts";
import { openValidationNetwork } from "../validation-network.ts";
import { Verification } from "../verification.ts";
import { VerifyPool } from "../verifying/verify-pool.ts";
import { certificateCommands, rememberCertificate } from "./certificate-commands.ts";
import type { CommandHandlers } from "./command-handlers.ts";
import { trustedBankIdRoots } from "./trusted-bankid-roots.ts";
import { NetworkWatch } from "./network-watch.ts";
import { documentCommands, openPaths } from "./document-commands.ts";
import { profileCommands } from "./profile-commands.ts";
import { openProgramVault } from "./program-vault.ts";
import { Practice } from "./practice.ts";
import { resumeUnfinished } from "./resume-unfinished.ts";
import { settingsCommands, settingsView } from "./settings-commands.ts";
import { isBusy, refusedSigning, signingCommands } from "./signing-commands.ts";
import { SigningMode } from "./signing-mode.ts";
import { TransactionViews } from "./transaction-views.ts";
import { unlocking } from "./unlocking.ts";

/** The window and the disk want their share, too. */
const VERIFYING_THREADS = 2;

export interface Application {
  readonly state: StateStore;
  readonly handlers: CommandHandlers;
  /** Files from the command line, from the system's "open with", or dropped on the icon. */
  readonly openFiles: (paths: readonly string[]) => Promise<OpenOutcome>;
  /** Goes on with what an earlier start left undone. Call once, when the window can show it. */
  readonly resume: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A delivery does not wait long for a revocation service: the document is good, its report may say that one was away. */
const RESULT_TIME_LIMIT = 10_000;

/** Somebody sits in front of it and waits. */
const TEST_TIME_LIMIT = 60_000;

/** Joins the rooms into the program: one state, one handler for each command, no window. */
export function createApplication(ports: ApplicationPorts): Application {
  const journal = openJournal(join(ports.paths.data, "sealdesk.db"), ports.clock.now, process.pid);
  const settings = new SettingsStore(ports.paths.data, ports.clock.now);
  const policy = ports.policy === undefined ? NO_POLICY : policyInForce(ports.policy);
  const current = (): Settings => underPolicy(settings.current, policy);
  const mayPractise = policy.kind !== "malformed" && rulesOf(policy)?.practice !== false;
  const store = openProfiles(join(ports.paths.data, "profiles.json"), PROFILE_SCHEMAS, ports.clock.now);
  const vault = openProgramVault(ports);
  const audit = openAuditTrail({
    path: join(ports.paths.data, "audit.db"),
    now: ports.clock.now,
    vault: vault.vault,
    ...(ports.unexpected === undefined ? {} : { unexpected: ports.unexpected }),
  });
  const notices: readonly Failure[] = [
    ...(settings.wasReset ? [{ code: "app.settings-reset" } as const] : []),
    ...profileNotices(store),
    ...(journal.ok ? [] : [journal.failure]),
    ...(audit === null ? [{ code: "app.audit-unavailable" } as const] : []),
    ...(policy.kind === "malformed" ? [{ code: "policy.malformed" } as const] : []),
  ];
  const presets = openMarkPresets(join(ports.paths.data, "marks.json"));
  const pictures = openPictures(join(ports.paths.data, "mark-pictures"));
  const returned = openReturnedFiles(join(ports.paths.data, "returned"));
  const imports = new CertificateImports(ports.randomUuid);
  const profiles = new ProfileService({
    store,
    setups: SETUPS,
    vault: vault.vault,
    imports,
    newId: ports.randomUuid,
    isInUse: (provider, name) =>
      journal.ok && journal.value.unfinished().some((run) => run.provider === provider && run.profile === name),
    test: (opened, secrets, certificate) =>
      testConnection({
        opened,
        secrets,
        certificate,
        resolveProxy: ports.resolveProxy,
        now: ports.clock.now,
        signal: AbortSignal.timeout(TEST_TIME_LIMIT),
      }),
    onChange: () => tellProfiles(),
  });
  const mode = new SigningMode(current, profiles);
  mode.trustHasChanged();
  const state = new StateStore({
    ...initialState(ports, current(), policy, mode, notices),
    marks: presets.current(),
    profiles: profiles.view(),
  });
  const practice = new Practice(ports, (part) => state.update({ app: { ...state.current.app, ...part } }));
  const registry = new DocumentRegistry(ports.randomUuid, () => state.update({ documents: registry.views() }));
  // As they are without the policy, which depends on what is chosen.
  let unruled: readonly ProviderView[] = [certificateView(current())];
  const offered = (views: readonly ProviderView[]): readonly ProviderView[] =>
    viewsUnderPolicy(views, policy, current().provider);
  const tellSettings = (): void => {
    state.update({
      settings: settingsView(current(), policy),
      app: { ...state.current.app, ...mode.info() },
      providers: offered(unruled.map((view) => (view.id === "certificate" ? certificateView(current()) : view))),
    });
    if (mode.trustHasChanged()) {
      // What was judged before was judged against other roots.
      registry.views().forEach(({ id }) => void verification.restart(id));
      tellProviders();
    }
  };
  const tellProviders = (): void => {
    const asked = (asking += 1);
    environments.providerViews().then(
      // Only the newest answer counts: an older one is about what is no longer in use.
      (providers) => (asked === asking ? takeProviders(providers) : undefined),
      (error: unknown) => ports.unexpected?.(error),
    );
  };
  const takeProviders = (providers: readonly ProviderView[]): void => {
    unruled = providers;
    state.update({ providers: offered(providers) });
  };
  let asking = 0;
  const tellProfiles = (): void => {
    state.update({ profiles: profiles.view() });
    tellSettings();
    tellProviders();
  };
  const watch = new NetworkWatch(() =>
    state.update({
      app: { ...state.current.app, notices: [...notices, ...watch.notices] },
      transactions: watch.shown(views.list()),
    }),
  );
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
          tellSettings();
        }
      },
    },
  });
  // Opening a document judges it. SECURITY: that must not tell its maker, so missing issuers are not fetched.
  const online = openValidationNetwork({
    resolveProxy: ports.resolveProxy,
    fetchIssuers: false,
    now: ports.clock.now,
  });
  const { transport } = online.network;
  const verification = new Verification({
    registry,
    clock: ports.clock,
    trustAnchors: environments.trustAnchors,
    bankIdRoots: () =>
      trustedBankIdRoots(
        [...current().bankidRoots, ...ownUnder(rulesOf(policy), profiles.bankIdRoots())],
        mayPractise && mode.info().practice ? practice : null,
      ),
    pool: new VerifyPool({ worker: ports.verifyWorker, threads: VERIFYING_THREADS, transport }),
    network: online.network,
    unexpected: ports.unexpected,
  });
  const views = new TransactionViews({
    onDocument: (document, documentState: DocumentState) => registry.update(document, { state: documentState }),
    onDelivered: (document, progress) => showResult(registry, verification, document, progress),
    onEnd: (view) => ports.desktop.notify(endMessage(view)),
    onChange: () => state.update({ transactions: watch.shown(views.list()) }),
  });
  vault.vault.then(
    (opened) => state.update({ app: { ...state.current.app, keychain: opened.state() } }),
    (error: unknown) => ports.unexpected?.(error),
  );
  const desk: FlowDesk = {
    records: sealedRecords(vault.vault),
    offerFile: (file) => saveOffered(ports.dialogs.chooseSavePath, file),
    openWebPage: ports.desktop.openWebPage,
  };
  const signing = journal.ok
    ? signingService(
        ports,
        environments,
        journal.value,
        { registry, pictures, returned, desk, audit, practice },
        {
          ...online.network,
          timeLimitMilliseconds: RESULT_TIME_LIMIT,
        },
        policy,
      )
    : null;
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
  const documents = {
    ports,
    registry,
    verification,
    isBusy: (id: DocumentId) => isBusy(registry, id),
    unlocking: unlocking({ registry, views, signing, retry: signingHandlers["signing.retry"] }),
  };
  if (journal.ok) {
    forgetOldRuns(journal.value, ports.clock.now());
    const unfinished = journal.value.unfinished();
    returned.tidy(new Set(unfinished.map(({ id }) => id)), ports.clock.now());
    const items = unfinished.flatMap(({ id }) => journal.value.items(id));
    pictures.keepOnly(usedPictures(presets.current(), items), ports.clock.now());
  }
  tellProviders();

  return {
    state,
    handlers: {
      "state.get": async () => success(state.current),
      ...documentCommands(documents),
      ...signingHandlers,
      ...settingsCommands({
        ports,
        settings,
        policy,
        audit,
        onChange: tellSettings,
      }),
      ...certificateCommands({
        ports,
        settings,
        tokens: new TokenOffers(ports.tokenModules),
        onChange: tellSettings,
      }),
      ...marksCommands({
        ports,
        presets,
        pictures,
        practice: () => state.current.app.environment !== "production",
        onChange: () => state.update({ marks: presets.current() }),
      }),
      ...profileCommands({ ports, profiles, imports }),
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
          environmentOf: (provider, profile) =>
            provider === "certificate" ? kindOfCertificateProfile(profile) : profiles.environmentOf(provider, profile),
          unexpected: (error) => ports.unexpected?.(error),
        });
      }
    },
    close: async () => {
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

interface SigningStores {
  readonly registry: DocumentRegistry;
  readonly pictures: PictureStore;
  readonly returned: ReturnedFiles;
  readonly desk: FlowDesk;
  readonly audit: AuditTrail | null;
  readonly practice: Practice;
}

function signingService(
  ports: ApplicationPorts,
  environments: SigningEnvironments,
  journal: Journal,
  { registry, pictures, returned, desk, audit, practice }: SigningStores,
  network: ValidationNetwork,
  policy: PolicyInForce,
): SigningService {
  return new SigningService({
    environments,
    policy,
    journal,
    stepsFor: (environment) =>
      createSigningSteps({
        environment,
        journal,
        clock: ports.clock,
        fonts: ports.paths.fonts,
        network,
        pictures,
        returned,
        documentPassword: (path) => registry.password(path),
      }),
    pages: ports.pages,
    openLink: (address, environment) =>
      environment.practice ? openPracticeApp(ports, practice, address) : ports.desktop.openProgram(address),
    desk,
    ...(audit === null ? {} : { audit }),
    ...(ports.log === undefined ? {} : { log: ports.log }),
    clock: ports.clock,
    randomUuid: ports.randomUuid,
    ...(ports.unexpected === undefined ? {} : { unexpected: ports.unexpected }),
  });
}

/** What is wrong with the file of profiles. Never silently back to practice. */
function profileNotices(store: ProfileStore): readonly Failure[] {
  return [
    ...(store.wasReset ? [{ code: "app.profiles-reset" } as const] : []),
    ...(store.isNewer ? [{ code: "app.profiles-newer" } as const] : []),
    ...(store.unreadable > 0
      ? [{ code: "app.profiles-unreadable", params: { count: store.unreadable } } as const]
      : []),
  ];
}

/** SECURITY: practice reaches no program of the real world; the app on this computer is a page of the practice phone. */
async function openPracticeApp(
  { desktop }: Pick<ApplicationPorts, "desktop">,
  practice: Practice,
  address: string,
): Promise<boolean> {
  const environment = await practice.environment();
  if (!environment.ok || URL.parse(address)?.origin !== new URL(environment.value.phoneUrl).origin) {
    return false;
  }
  await desktop.openPracticePhone(address);
  return true;
}

function initialState(
  ports: ApplicationPorts,
  settings: Settings,
  policy: PolicyInForce,
  mode: SigningMode,
  notices: readonly Failure[],
): Omit<AppState, "marks" | "profiles"> {
  return {
    app: {
      version: ports.version,
      ...mode.info(),
      sandbox: "off",
      keychain: "session-only",
      notices,
      platform: ports.platform,
    },
    documents: [],
    // Remote providers follow when they are ready; a certificate on this computer waits for nobody.
    providers: viewsUnderPolicy([certificateView(settings)], policy, settings.provider),
    transactions: [],
    settings: settingsView(settings, policy),
  };
}

/** The signed file becomes a document of its own, beside the one it was made from. */
async function showResult(
  registry: DocumentRegistry,
  verification: Verification,
  document: DocumentId,
  progress: Extract<ItemProgress, { kind: "delivered" }>,
): Promise<void> {
  const notice = progress.notice === null ? {} : { notice: progress.notice };
  const evidence = progress.evidence === undefined ? {} : { evidence: progress.evidence };
  const signed = { kind: "signed", level: progress.level, ...notice, ...evidence } as const;
  if (progress.report === null) {
    // A package of evidence is nothing to look at here; the document stays the one to open.
    registry.update(document, { state: { ...signed, outputName: basename(progress.outputPath) }, result: null });
    return;
  }
  const opened = await registry.open(progress.outputPath, document);
  const result = opened.ok ? opened.value : null;
  const name = result === null ? "" : (registry.get(result)?.source.name ?? "");
  // Without its password nobody could judge it; that happens when it is given.
  if (result !== null && !registry.isLocked(result)) {
    registry.update(result, { report: { ...progress.report, file: name } });
    // The report was made to decide on delivery; the window shows more.
    verification.request(result);
  }
  registry.update(document, { state: { ...signed, outputName: name }, result });
}

function endMessage(view: TransactionView) {
  return view.outcome?.kind === "done"
    ? {
        key: "notification.done",
        params: { signed: view.outcome.signed, count: view.outcome.signed + view.outcome.failed },
      }
    : { key: "notification.failed", params: {} };
}
