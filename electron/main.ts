import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { app, Menu, nativeTheme } from "electron";
import type { BrowserWindow } from "electron";
import { connectPractice } from "../sandbox/connect-practice.ts";
import type { Failure } from "../shared/failure.ts";
import { registerHandlers } from "./ipc/register-handlers.ts";
import { usualModules } from "./services/signing/token-offers.ts";
import { filesInArguments, OpenFilesQueue } from "./services/documents/open-files-queue.ts";
import { createApplication } from "./services/application/application.ts";
import type { Application } from "./services/application/application.ts";
import { openLogFiles } from "./services/logging/log-files.ts";
import { createProgramLog, logThreshold } from "./services/logging/program-log.ts";
import type { ProgramLog } from "./services/logging/program-log.ts";
import { createRedactor } from "./services/logging/redact.ts";
import type { ApplicationPorts, Clock } from "./services/ports.ts";
import { policyPlace } from "./storage/policy-place.ts";
import { keychainKeyStore } from "./storage/vault/keychain-key-store.ts";
import { systemDesktop, systemDialogs } from "./windows/desktop.ts";
import { lockDown } from "./windows/lock-down.ts";
import { createMainWindow, prepareMainSession, registerAppScheme } from "./windows/main-window.ts";
import { applicationMenu } from "./windows/menu.ts";
import { systemProxies } from "./windows/system-proxies.ts";
import { PhoneWindow } from "./windows/phone-window.ts";
import { APP_ORIGIN } from "./windows/policy/app-scheme.ts";
import { practiceTrust } from "./windows/policy/practice-trust.ts";
import { providerPages } from "./windows/provider-window.ts";
import { checkStart } from "./windows/self-check/check-start.ts";

/** Everything built lies beside this file: dist/main, dist/preload, dist/renderer. */
const DIST = join(app.getAppPath(), "dist");
/** State changes are told to the window at most this often. */
const TELL_INTERVAL_MILLISECONDS = 40;

const files = new OpenFilesQueue();
let window: BrowserWindow | null = null;

app.setName("Sealdesk");
if (app.requestSingleInstanceLock()) {
  run();
} else {
  // The first instance gets our arguments through "second-instance".
  app.quit();
}

function run(): void {
  registerAppScheme();
  app.enableSandbox();
  lockDown(app);
  files.add(filesInArguments(process.argv).map((path) => resolve(path)));
  app.on("open-file", (event, path) => {
    event.preventDefault();
    files.add([path]);
  });
  app.on("second-instance", (_event, argv, workingDirectory) => {
    files.add(filesInArguments(argv).map((path) => resolve(workingDirectory, path)));
    window?.show();
    window?.focus();
  });
  void app.whenReady().then(start);
}

async function start(): Promise<void> {
  let practiceCa: string | null = null;
  let phoneUrl: string | null = null;
  const trust = practiceTrust(() => practiceCa);
  const phone = new PhoneWindow(trust);
  const startCheck = Promise.withResolvers<readonly Failure[]>();
  const parent = (): BrowserWindow | null => window;
  const data = app.getPath("userData");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const logFiles = openLogFiles(join(data, "logs"));
  const log = createProgramLog(logFiles, createRedactor(), Date.now, logThreshold(process.env["SEALDESK_LOG"]));
  const ports: ApplicationPorts = {
    version: app.getVersion(),
    platform: process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "linux",
    clock: systemClock,
    randomUuid: randomUUID,
    paths: { data, fonts: join(DIST, "main", "fonts"), sample: () => sampleContract(app.getPath("documents")) },
    dialogs: systemDialogs(parent),
    desktop: systemDesktop(phone),
    pages: providerPages({
      parent,
      trust,
      // SECURITY: a page opens no window; the practice pages' link to the pretend phone does what our own button does.
      onNewWindow: (address) => {
        if (address === phoneUrl) {
          void phone.open(address);
        }
      },
    }),
    verifyWorker: pathToFileURL(join(DIST, "worker", "verify-worker.js")),
    policy: policyPlace(process.platform, process.env, app.isPackaged),
    keyStore: keychainKeyStore("Sealdesk", "vault key"),
    resolveProxy: systemProxies,
    tokenModules: () => usualModules(process.platform, process.env),
    startPractice: async () => {
      const practice = await connectPractice(join(data, "practice"), { fonts: join(DIST, "main", "fonts") });
      practiceCa = practice.tlsCaPem;
      phoneUrl = practice.phoneUrl;
      return practice;
    },
    log,
    startCheck: startCheck.promise,
    unexpected: (error) => {
      log.unexpected(error);
      process.stderr.write(`sealdesk: unexpected ${errorKind(error)}\n`);
    },
  };
  log.write("info", "program.started", { version: ports.version, platform: ports.platform, packaged: app.isPackaged });
  app.on("web-contents-created", (_event, contents) => {
    contents.on("render-process-gone", (_gone, { reason, exitCode }) => {
      log.write("error", "window.crashed", { reason, exitCode });
    });
  });
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    log.write("warning", "process.gone", { type, reason, exitCode });
  });
  const application = createApplication(ports);
  prepareMainSession(join(DIST, "renderer"));
  const own = openWindow(application, log);
  startCheck.resolve(
    checkStart(
      {
        own: own.webContents,
        argv: process.argv,
        environment: process.env,
        someFile: join(DIST, "renderer", "index.html"),
      },
      log,
    ),
  );
  followTheme(application);
  app.on("activate", () => {
    if (window === null) {
      openWindow(application, log);
    }
  });
  app.on("window-all-closed", () => {
    phone.close();
    app.quit();
  });
  endCleanly(application);
  files.connect((paths) => void application.openFiles(paths));
  await application.resume();
}

function openWindow(application: Application, log: ProgramLog): BrowserWindow {
  const own = createMainWindow(join(DIST, "preload", "preload.cjs"), app.isPackaged);
  window = own;
  registerHandlers(own.webContents, application.handlers, () => APP_ORIGIN, {
    refused: (channel, reason) => log.write("warning", "ipc.refused", { channel, reason }),
    unexpected: (channel, error) => {
      log.unexpected(error, channel);
      // SECURITY: the kind of the error and where, never its text: texts may hold names, paths or worse.
      process.stderr.write(`sealdesk: ${channel} failed unexpectedly: ${errorKind(error)}\n`);
    },
  });
  const stop = tellState(application, (patch) => own.webContents.send("state.changed", patch));
  Menu.setApplicationMenu(applicationMenu((command) => own.webContents.send("menu.invoked", command), app.isPackaged));
  own.on("closed", () => {
    stop();
    window = null;
  });
  return own;
}

/** Collects changes for a moment, so that a batch of many documents does not flood the window. */
function tellState(application: Application, send: (patch: object) => void): () => void {
  let pending: object | null = null;
  let timer: NodeJS.Timeout | null = null;
  const stop = application.state.onChange((patch) => {
    pending = { ...pending, ...patch };
    timer ??= setTimeout(() => {
      timer = null;
      const told = pending ?? {};
      pending = null;
      send(told);
    }, TELL_INTERVAL_MILLISECONDS);
  });
  return () => {
    stop();
    if (timer !== null) {
      clearTimeout(timer);
    }
  };
}

function followTheme(application: Application): void {
  const apply = (): void => {
    nativeTheme.themeSource = application.state.current.settings.theme;
  };
  apply();
  application.state.onChange((patch) => {
    if (patch.settings !== undefined) {
      apply();
    }
  });
}

/** Runs stay in the journal; the database is closed before the process ends, once, however often somebody asks to quit. */
function endCleanly(application: Application): void {
  let ending: "no" | "closing" | "closed" = "no";
  app.on("before-quit", (event) => {
    if (ending === "closed") {
      return;
    }
    event.preventDefault();
    if (ending === "closing") {
      return;
    }
    ending = "closing";
    void closeThenQuit(application, () => {
      ending = "closed";
    });
  });
}

async function closeThenQuit(application: Application, onClosed: () => void): Promise<void> {
  try {
    await application.close();
  } finally {
    onClosed();
    app.quit();
  }
}

/** Practice mode's contract, put where the person keeps documents; signing it puts the result beside it. */
async function sampleContract(documents: string): Promise<string> {
  const folder = join(documents, "Sealdesk practice");
  const path = join(folder, "Sample contract.pdf");
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true });
    await copyFile(join(DIST, "main", "sample-contract.pdf"), path);
  }
  return path;
}

const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};

function errorKind(error: unknown): string {
  return error instanceof Error ? `${error.name} at ${error.stack?.split("\n")[1]?.trim() ?? "?"}` : typeof error;
}
