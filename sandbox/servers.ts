import { readPorts, writePorts } from "./ports-file.ts";
import type { SandboxPorts } from "./sandbox.ts";
import type { SharedRoom } from "./shared-room.ts";
import type { Handshakes } from "./web/handshakes.ts";
import { startLoopbackServer } from "./web/loopback-server.ts";
import type { LoopbackServer, LoopbackServerOptions } from "./web/loopback-server.ts";

/** All servers of one sandbox. */
export interface SandboxServers {
  readonly listen: SharedRoom["listen"];
  /** Keeps the ports for the next run. */
  remember(): Promise<void>;
  close(): Promise<void>;
}

export async function openServers(
  options: { readonly folder: string; readonly ports?: Partial<SandboxPorts> },
  log: (line: string) => void,
  handshakes: Handshakes,
): Promise<SandboxServers> {
  const remembered = await readPorts(options.folder);
  const servers = new Map<keyof SandboxPorts, LoopbackServer>();
  return {
    async listen(name, rest) {
      const server = await startOnPort(options.ports?.[name] ?? 0, remembered[name], { ...rest, log, handshakes });
      servers.set(name, server);
      return server.port;
    },
    remember: () =>
      writePorts(options.folder, {
        ...remembered,
        ...Object.fromEntries([...servers].map(([name, { port }]) => [name, port])),
      }),
    async close() {
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}

async function startOnPort(
  wanted: number,
  remembered: number | undefined,
  rest: Omit<LoopbackServerOptions, "port">,
): Promise<LoopbackServer> {
  if (wanted !== 0 || remembered === undefined) return startLoopbackServer({ ...rest, port: wanted });
  try {
    return await startLoopbackServer({ ...rest, port: remembered });
  } catch {
    // Somebody else has it now: certificates of this run name the new address.
    return startLoopbackServer({ ...rest, port: 0 });
  }
}
