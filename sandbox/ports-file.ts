import { join } from "node:path";
import { z } from "zod";
import { readFileIfThere, writeFileAtomically } from "./pki/atomic-file.ts";
import type { SandboxPorts } from "./sandbox.ts";

const port = z.number().int().min(1024).max(65_535).exactOptional();
const portsSchema = z.object({
  itsme: port,
  pages: port,
  idnow: port,
  idnowPages: port,
  bankid: port,
  bankidMutual: port,
  fourthline: port,
  pki: port,
  control: port,
});

/** The ports of the last run; none when there was none or the file is damaged. */
export async function readPorts(folder: string): Promise<Partial<SandboxPorts>> {
  const text = await readFileIfThere(join(folder, "ports.json"));
  if (text === null) return {};
  try {
    return portsSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

export async function writePorts(folder: string, ports: Partial<SandboxPorts>): Promise<void> {
  await writeFileAtomically(join(folder, "ports.json"), JSON.stringify(ports), 0o600);
}
