import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitOf, runCli, startCli, told } from "./run-cli.ts";

export interface SandboxChild {
  readonly data: string;
  /** As `sandbox start` printed it. */
  readonly description: {
    readonly baseUrls: Readonly<Record<string, string>>;
    readonly phoneUrl: string;
    readonly files: Readonly<Record<string, string>>;
    readonly itsme: { readonly partnerCode: string; readonly serviceCode: string; readonly redirectUrl: string };
    readonly idnow: {
      readonly user: string;
      readonly password: string;
      readonly redirectUrls: { readonly success: string };
    };
  };
  /** File with the practice root, as `sandbox root` printed it. */
  readonly root: string;
  readonly control: (request: object) => Promise<unknown>;
  /** Ends it with SIGTERM; resolves to its exit status. */
  readonly stop: () => Promise<number | null>;
}

/** `sealdesk sandbox start` as a process of its own, with a data folder that `sign` can be pointed at. */
export async function startSandboxChild(): Promise<SandboxChild> {
  const data = await mkdtemp(join(tmpdir(), "sealdesk-cli-data-"));
  const child = startCli(["sandbox", "start"], { data, timeLimit: 600_000 });
  const ended = exitOf(child);
  const description = JSON.parse(await told(child.stdout, /\n\}\n/u)) as SandboxChild["description"];
  const root = join(data, "trusted-root.pem");
  await writeFile(root, (await runCli(["sandbox", "root"], { data })).stdout);
  return {
    data,
    description,
    root,
    control: async (request) => {
      const answer = await fetch(`${description.baseUrls["control"]}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      return ((await answer.json()) as { readonly result: unknown }).result;
    },
    stop: async () => {
      child.kill("SIGTERM");
      const status = await ended;
      await rm(data, { recursive: true, force: true });
      return status;
    },
  };
}
