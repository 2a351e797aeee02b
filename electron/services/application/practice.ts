import type { AppInfo } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { PracticeEnvironment } from "../practice-environment.ts";

/** The built-in sandbox: started once, when it is first needed, and ended with the program. */
export class Practice {
  readonly #ports: Pick<ApplicationPorts, "startPractice">;
  readonly #tell: (part: Pick<AppInfo, "sandbox">) => void;
  #started: Promise<Result<PracticeEnvironment, Failure>> | null = null;

  constructor(ports: Pick<ApplicationPorts, "startPractice">, tell: (part: Pick<AppInfo, "sandbox">) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  environment(): Promise<Result<PracticeEnvironment, Failure>> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async close(): Promise<void> {
    const started = await this.#started;
    if (started?.ok === true) {
      await started.value.close();
    }
  }

  async #start(): Promise<Result<PracticeEnvironment, Failure>> {
    this.#tell({ sandbox: "starting" });
    try {
      const environment = await this.#ports.startPractice();
      this.#tell({ sandbox: "ready" });
      return success(environment);
    } catch {
      // A port or a disk may be free again the next time.
      this.#started = null;
      this.#tell({ sandbox: "failed" });
      return failed({ code: "provider.not-available", params: { provider: "sandbox" } });
    }
  }
}
