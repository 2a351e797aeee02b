import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseCertificates } from "../../electron/pki/certificate.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import type { SandboxFault } from "../../sandbox/control/faults.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { makePdf } from "../interop/pades/made-pdfs.ts";
import type { Fault, ProgramAnswer, ProgramOrder } from "./fault.ts";

const PROGRAM = join(import.meta.dirname, "program.ts");
const TIME_LIMIT_MILLISECONDS = 90_000;

/** The call by which each provider is asked for a signature: made at most once for one document. */
const ASKING = {
  itsme: "itsme/sign-start",
  idnow: "idnow/put-order",
  bankid: "bankid/phenixid-sign",
  fourthline: "fourthline/approve",
  certificate: null,
} as const;

export interface FaultOutcome {
  /** What the person has in the end. */
  readonly words:
    | "signed"
    /** Nobody had been asked. */
    | "not signed, and told"
    /** The person may have approved. It was said that the document is not signed, and why. */
    | "asked for, not signed, and told"
    /** The person may have approved, and hears nothing of it any more. */
    | "LOST";
  /** Empty: nothing that must not be. */
  readonly wrong: readonly string[];
}

/** Something happens to one call of the provider or of another service, and not to the program. */
export interface NetworkFault {
  readonly kind: "network";
  readonly fault: SandboxFault;
}

export interface TriedFault extends FaultOutcome {
  readonly places: readonly string[];
  /** What the program called. */
  readonly calls: readonly string[];
}

/** Signs one document with this fault, starts the program again without it, and looks at what there is. */
export async function tryFault(
  sandbox: Sandbox,
  provider: ProgramOrder["provider"],
  fault: Fault | NetworkFault | null,
): Promise<TriedFault> {
  const root = await mkdtemp(join(tmpdir(), "sealdesk-fault-"));
  try {
    const [data, work] = [join(root, "data"), join(root, "work")];
    await mkdir(data);
    await mkdir(work);
    const original = makePdf({ pages: 2 });
    await writeFile(join(work, "contract.pdf"), original);
    sandbox.control.reset();
    sandbox.control.setAutoApprove(true);
    if (fault?.kind === "network") sandbox.control.addFault(fault.fault);
    const order: ProgramOrder = {
      data,
      practice: sandbox.folder,
      provider,
      documents: [join(work, "contract.pdf")],
      level: "B-B",
      fault: fault?.kind === "network" ? null : fault,
    };
    const first = await runProgram(order);
    // Calls that were done; those that a fault kept from being done are none.
    const calls = Object.keys(sandbox.control.calls());
    sandbox.control.clearFaults();
    const second = fault === null ? null : await runProgram({ ...order, documents: [], fault: null });
    const told = [first, second].flatMap((answer) => answer?.runs ?? []);
    return {
      ...(await judge(sandbox, provider, { work, original, told, lost: fault?.kind === "network" })),
      places: first?.places ?? [],
      calls,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

interface Found {
  readonly work: string;
  readonly original: Uint8Array;
  readonly told: ProgramAnswer["runs"];
  /** The fault was to one of the provider's calls. */
  readonly lost: boolean;
}

async function judge(
  sandbox: Sandbox,
  provider: ProgramOrder["provider"],
  { work, original, told, lost }: Found,
): Promise<FaultOutcome> {
  const wrong: string[] = [];
  const kept = await readFile(join(work, "contract.pdf")).catch(() => new Uint8Array());
  if (!Buffer.from(original).equals(kept)) wrong.push("the original was changed");
  const others = (await readdir(work)).filter((name) => name !== "contract.pdf");
  const results = others.filter((name) => name.endsWith(".pdf") && !name.startsWith("."));
  for (const name of others.filter((other) => !results.includes(other))) wrong.push(`left behind: ${name}`);
  if (results.length > 1) wrong.push(`${results.length} results`);
  for (const name of results) {
    const report = await verifyFile(join(work, name), {
      trustAnchors: parseCertificates(Buffer.from(sandbox.rootCertificatePem)),
      bankIdRoots: parseCertificates(Buffer.from(await sandbox.bankidRootPem())),
    });
    if (report.verdict !== "TOTAL-PASSED") wrong.push(`${basename(name)} is ${report.verdict}`);
    const signed = await readFile(join(work, name));
    if (!signed.subarray(0, original.length).equals(original)) wrong.push(`${name} does not begin with the original`);
  }
  const asking = ASKING[provider];
  const asked = asking === null ? 0 : (sandbox.control.calls()[asking] ?? 0);
  // itsme is asked again when its answer was lost: nobody was shown the page of the session before.
  if (asked > (provider === "itsme" && lost ? 2 : 1)) wrong.push(`asked ${asked} times`);
  // Without an end there would be a run that nobody hears of any more.
  if (told.length > 0 && told.at(-1)?.outcome === null) wrong.push("the run never ended");
  if (results.length === 1) return { words: "signed", wrong };
  if (asked === 0) return { words: "not signed, and told", wrong };
  const isTold = told.some(({ outcome, items }) => outcome !== null && items.some((item) => item.includes(" ")));
  return { words: isTold ? "asked for, not signed, and told" : "LOST", wrong };
}

/** Null: it was killed. Throws when it failed in another way. */
function runProgram(order: ProgramOrder): Promise<ProgramAnswer | null> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order)], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIME_LIMIT_MILLISECONDS,
    killSignal: "SIGTERM",
  });
  const [out, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(null);
      else if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString()) as ProgramAnswer);
      else
        reject(new Error(`the program ended with ${code ?? signal ?? "?"}: ${Buffer.concat(complaints).toString()}`));
    });
  });
}
