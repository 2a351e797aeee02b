import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { describeSandbox } from "./describe-sandbox.ts";
import type { SandboxDescription } from "./describe-sandbox.ts";
import { writeFileAtomically } from "./pki/atomic-file.ts";
import type { Sandbox } from "./sandbox.ts";

const FILE = "running.json";
const url = z.url({ hostname: /^(localhost|127\.0\.0\.1)$/u });

const runningSchema = z.object({
  processId: z.number().int().positive(),
  description: z.object({
    baseUrls: z.object({
      itsme: url,
      pages: url,
      idnow: url,
      idnowPages: url,
      bankid: url,
      bankidMutual: url,
      bankidRp: url,
      fourthline: url,
      control: url,
      tsa: url,
      ocsp: url,
      crl: url,
    }),
    phoneUrl: url,
    files: z.object({
      rootCertificate: z.string(),
      tlsCa: z.string(),
      clientCertificate: z.string(),
      clientKey: z.string(),
      practiceCertificate: z.string(),
      sealChain: z.string(),
      sealKey: z.string(),
      bankidRoot: z.string(),
    }),
    itsme: z.object({ partnerCode: z.string(), serviceCode: z.string(), redirectUrl: z.string() }),
    idnow: z.object({
      user: z.string(),
      password: z.string(),
      redirectUrls: z.object({ success: url, abort: url }),
      cryptKeyHex: z.string(),
      wrongTans: z.number(),
    }),
    bankid: z.object({ tenant: z.string(), user: z.string(), password: z.string() }),
    fourthline: z.object({
      clientId: z.string(),
      clientSecret: z.string(),
      workflowNames: z.object({ completed: z.string(), pending: z.string() }),
      table: z.object({
        endpoints: z.record(z.string(), z.object({ method: z.string(), path: z.string() })),
        fields: z.record(z.string(), z.record(z.string(), z.string())),
      }),
      persons: z.array(
        z.object({ reference: z.string(), givenNames: z.string(), surname: z.string(), what: z.string() }),
      ),
    }),
    accounts: z.array(z.object({ phone: z.string(), person: z.string(), what: z.string() })),
  }),
});

/** Tells other programs of this person where the sandbox of this folder runs. Returns what it told. */
export async function announceSandbox(sandbox: Sandbox, processId: number): Promise<SandboxDescription> {
  const description = await describeSandbox(sandbox);
  await writeFileAtomically(join(sandbox.folder, FILE), JSON.stringify({ processId, description }), 0o600);
  return description;
}

/** Takes the announcement of this process back; another program may have made its own meanwhile. */
export async function withdrawSandbox(folder: string, processId: number): Promise<void> {
  if ((await readAnnouncement(folder))?.processId === processId) {
    await rm(join(folder, FILE), { force: true });
  }
}

async function readAnnouncement(folder: string): Promise<z.output<typeof runningSchema> | null> {
  try {
    return runningSchema.parse(JSON.parse(await readFile(join(folder, FILE), "utf8")));
  } catch {
    return null;
  }
}

/** The sandbox that runs on this folder, or null. What a program left behind that has ended counts as none. */
export async function runningSandbox(folder: string): Promise<SandboxDescription | null> {
  const announced = await readAnnouncement(folder);
  if (announced === null) {
    return null;
  }
  const { processId, description } = announced;
  try {
    process.kill(processId, 0);
    const answer = await fetch(`${description.baseUrls.control}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ do: "now" }),
      signal: AbortSignal.timeout(2_000),
    });
    return answer.ok ? description : null;
  } catch {
    return null;
  }
}
