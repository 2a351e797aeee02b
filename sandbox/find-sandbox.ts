import { resolve } from "node:path";
import { z } from "zod";
import { sandboxFiles } from "./describe-sandbox.ts";
import type { SandboxDescription } from "./describe-sandbox.ts";
import { readPorts } from "./ports-file.ts";

const description = z.object({
  folder: z.string(),
  baseUrls: z.object({
    itsme: z.url(),
    pages: z.url(),
    control: z.url(),
    tsa: z.url(),
    ocsp: z.url(),
    crl: z.url(),
  }),
  phoneUrl: z.url(),
  itsme: z.object({ partnerCode: z.string(), serviceCode: z.string(), redirectUrl: z.url() }),
  accounts: z.array(z.object({ phone: z.string(), person: z.string(), what: z.string() })),
});

/**
 * The sandbox that another program runs with this folder, or null.
 * SECURITY: whoever took the port meanwhile could answer here; so key and certificate files are the folder's own, and
 * the HTTPS connection proves the rest.
 */
export async function findRunningSandbox(
  folder: string,
  timeoutMilliseconds = 1000,
): Promise<SandboxDescription | null> {
  const { control } = await readPorts(folder);
  if (control === undefined) return null;
  try {
    const reply = await fetch(`http://127.0.0.1:${control}/describe`, {
      signal: AbortSignal.timeout(timeoutMilliseconds),
      redirect: "error",
    });
    const found = description.parse(await reply.json());
    return found.folder === resolve(folder) ? { ...found, files: sandboxFiles(folder) } : null;
  } catch {
    // Nobody listens, or somebody who is not a sandbox.
    return null;
  }
}
