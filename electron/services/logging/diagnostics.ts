import { release } from "node:os";
import type { AppState } from "../../../shared/app-state.ts";
import { failed, success } from "../../../shared/result.ts";
import { saveOffered } from "../documents/save-offered.ts";
import type { HandlersOf } from "../application/command-handlers.ts";
import type { ApplicationPorts } from "../ports.ts";
import { failureFacts } from "./logged-provider.ts";

/** The window shows all of it, and the file is sent by people. */
const MAXIMUM_LOG_CHARACTERS = 400_000;

export interface DiagnosticsParts {
  readonly ports: Pick<ApplicationPorts, "dialogs" | "log" | "version" | "platform" | "clock">;
  readonly state: () => AppState;
}

/** What support needs to know, made when it is asked for; the person reads it before it becomes a file. */
export function diagnosticsCommands({ ports, state }: DiagnosticsParts): HandlersOf<"diagnostics"> {
  /** Exactly what was shown is what is saved. */
  let shown: string | null = null;
  return {
    "diagnostics.read": async () => {
      shown = diagnosticsText(ports, state());
      return success({ text: shown });
    },
    "diagnostics.save": async () => {
      if (shown === null) {
        return failed({ code: "app.internal" });
      }
      const name = `Sealdesk diagnostics ${new Date(ports.clock.now()).toISOString().slice(0, 10)}.txt`;
      return success({ saved: await saveOffered(ports.dialogs.chooseSavePath, { name, bytes: Buffer.from(shown) }) });
    },
  };
}

function diagnosticsText({ log, version, platform, clock }: DiagnosticsParts["ports"], state: AppState): string {
  const { app, documents, providers, transactions, settings } = state;
  const facts = {
    time: new Date(clock.now()).toISOString(),
    version,
    platform: `${platform} ${release()} ${process.arch}`,
    versions: { node: process.versions.node, electron: process.versions["electron"] ?? null },
    practice: app.practice,
    sandbox: app.sandbox,
    keychain: app.keychain,
    notices: app.notices.map((notice) => failureFacts(notice)),
    providers: providers.map(({ id, available, levels }) => ({ id, available, levels })),
    settings: {
      provider: settings.provider,
      level: settings.level,
      theme: settings.theme,
      ownOutputFolder: settings.outputFolder !== null,
      timestampService: settings.timestampUrl !== null,
    },
    // How many, and in which state; not which.
    documents: countOf(documents.map((document) => document.state.kind)),
    runs: countOf(transactions.map(({ outcome }) => outcome?.kind ?? "running")),
  };
  const text = log?.text() ?? "";
  // The newest lines, whole ones.
  const lines =
    text.length > MAXIMUM_LOG_CHARACTERS
      ? text.slice(text.indexOf("\n", text.length - MAXIMUM_LOG_CHARACTERS) + 1)
      : text;
  return `${JSON.stringify(facts, null, 2)}\n\n${lines}`;
}

function countOf(kinds: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
