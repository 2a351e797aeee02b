import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

/** What a reader needs to judge the figures. No name of a machine, a person or a folder. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly system: string;
  /** Average of the last minute before the bench began: what else was going on. */
  readonly loadBefore: number;
}

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return {
    processor: processors[0]?.model ?? "unknown",
    cores: processors.length,
    memoryGibibytes: Math.round(totalmem() / 1024 ** 3),
    system: /^PRETTY_NAME="?([^"\n]+)/mu.exec(release)?.[1] ?? process.platform,
    loadBefore: loadavg()[0] ?? 0,
  };
}
