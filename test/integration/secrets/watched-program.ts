import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { createApplication } from "../../../electron/services/application/application.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import { openLogFiles } from "../../../electron/services/logging/log-files.ts";
import { createProgramLog } from "../../../electron/services/logging/program-log.ts";
import { createRedactor } from "../../../electron/services/logging/redact.ts";
import type { ApplicationPorts } from "../../../electron/services/ports.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import type { InteractionAnswer, Interaction } from "../../../shared/interaction.ts";
import type { Answer, CommandArgument, CommandName, CommandOutput } from "../../../shared/ipc.ts";
import { pageOf } from "../../harness/page-of.ts";
import type { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { barePorts, CLOSED_DIALOGS } from "../services/bare-ports.ts";

const PAUSE_MILLISECONDS = 150;

/**
 * The program as its window reaches it, with the log that the desktop program has, and everything looked at that crosses to
 * the window, is printed, or lies in its folder.
 */
export class WatchedProgram {
  readonly application: Application;
  readonly data: string;
  readonly #search: SecretSearch;
  chosen: readonly string[] = [];
  saveTo: string | null = null;
  readonly #page: ReturnType<typeof pageOf>;
  #lookedAt = 0;

  constructor(data: string, practice: ConnectedPractice, search: SecretSearch, ports: Partial<ApplicationPorts> = {}) {
    this.data = data;
    this.#search = search;
    const log = createProgramLog(openLogFiles(join(data, "logs")), createRedactor(), Date.now);
    const desktop = barePorts(data, practice).desktop;
    this.application = createApplication({
      ...barePorts(data, practice),
      log,
      unexpected: (error) => log.unexpected(error),
      dialogs: {
        ...CLOSED_DIALOGS,
        chooseClientCertificate: async () => this.chosen,
        chooseCertificate: async () => this.chosen[0] ?? null,
        chooseSavePath: async () => this.saveTo,
      },
      desktop: { ...desktop, notify: (message) => search.look("notification", JSON.stringify(message)) },
      ...ports,
    });
    this.#page = pageOf(this.application.handlers, {
      unexpected: (_channel, error) => {
        throw error;
      },
      refused: (channel, reason) => {
        throw new Error(`${channel} was refused: ${reason}`);
      },
    });
    const stop = this.application.state.onChange((patch) => {
      const isIdentified = (patch.transactions ?? []).some(({ interaction }) => interaction?.kind === "identification");
      search.look(
        isIdentified ? "state to the window while an identification is shown" : "state to the window",
        JSON.stringify(patch),
      );
      // Also what is on the disk for a moment only.
      if (performance.now() - this.#lookedAt > PAUSE_MILLISECONDS) this.lookAtDisk();
    });
    onTestFinished(async () => {
      stop();
      await this.application.close();
    });
  }

  lookAtDisk(): void {
    this.#lookedAt = performance.now();
    this.#search.lookAtFolder("data folder", this.data, (name) => name.endsWith(".ttf"));
  }

  async ask<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<Answer<CommandOutput<Name>>> {
    const said = await this.#page(name, argument);
    this.#search.look(`answer to ${name}`, JSON.stringify(said));
    // The contract's own type for this name.
    return said as Answer<CommandOutput<Name>>;
  }

  async value<Name extends CommandName>(name: Name, argument: CommandArgument<Name>): Promise<CommandOutput<Name>> {
    const said = await this.ask(name, argument);
    if (!said.ok) throw new Error(`${name}: ${said.failure.code}`);
    return said.value;
  }

  /** Plays the person in every run from here on. */
  play(person: (shown: Interaction) => InteractionAnswer | null): void {
    const answered = new Set<string>();
    const stop = this.application.state.onChange(() => {
      for (const { id, interaction } of this.application.state.current.transactions) {
        const key = `${id} ${interaction?.id ?? ""}`;
        const given = interaction === null || answered.has(key) ? null : person(interaction);
        if (interaction !== null && given !== null) {
          answered.add(key);
          void this.ask("signing.answer", { transaction: id, interaction: interaction.id, answer: given });
        }
      }
    });
    onTestFinished(stop);
  }

  /** Reviews and starts; resolves to the outcome of the run. */
  async sign(request: Partial<CommandArgument<"signing.review">["request"]>): Promise<object | null> {
    const reviewed = await this.ask("signing.review", {
      request: {
        provider: "itsme",
        documents: [],
        placement: { kind: "invisible" },
        level: "B-B",
        language: "EN",
        ...request,
      },
    });
    if (!reviewed.ok) return { kind: "refused", failure: reviewed.failure };
    const { transaction } = await this.value("signing.start", { review: reviewed.value.review });
    const outcome = () => this.application.state.current.transactions.find(({ id }) => id === transaction)?.outcome;
    await vi.waitUntil(() => outcome()?.kind !== undefined, { timeout: 45_000, interval: 50 });
    this.lookAtDisk();
    return outcome() ?? null;
  }

  /** What a person can export: diagnostics as shown and as saved. */
  async export(path: string): Promise<void> {
    this.saveTo = path;
    await this.value("diagnostics.read", {});
    const { saved } = await this.value("diagnostics.save", {});
    if (!saved) throw new Error("the diagnostics were not saved");
    this.#search.lookAtFolder("diagnostics", join(path, ".."));
  }
}

/** Looks at everything that this process prints until the test is over. */
export function watchStreams(search: SecretSearch): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const original = process[stream].write.bind(process[stream]);
    const spy = vi.spyOn(process[stream], "write").mockImplementation((chunk: string | Uint8Array) => {
      search.look(stream, typeof chunk === "string" ? chunk : new Uint8Array(chunk));
      return original(chunk);
    });
    onTestFinished(() => spy.mockRestore());
  }
}
