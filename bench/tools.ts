import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Contender } from "./compare.ts";
import type { Credentials } from "./credentials.ts";
import type { Command, Measured } from "./measure.ts";
import type { Available, Peers } from "./peers.ts";

const run = promisify(execFile);

/** What every contender needs to know. */
export interface Bench {
  readonly root: string;
  /** Where everything that is made lies; removed at the end. */
  readonly work: string;
  /** Keeps compiled JavaScript between runs, for Sealdesk and the Node peers alike. */
  readonly compileCache: string;
  readonly credentials: Credentials;
  readonly peers: Peers;
  /** Processes at the same time, where work is shared out. */
  readonly processes: number;
}

const here = (value: readonly Command[]): Available<readonly Command[]> => ({ ok: true, value });

function node(bench: Bench, args: readonly string[], folder?: string): Command {
  return {
    program: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", ...args],
    environment: { NODE_COMPILE_CACHE: bench.compileCache },
    ...(folder === undefined ? {} : { folder }),
  };
}

export const opensslDigest = (files: readonly string[]): Contender => ({
  tool: "openssl dgst -sha256",
  role: "floor",
  commands: here([{ program: "openssl", args: ["dgst", "-sha256", ...files] }]),
});

/** Everyone who can add a B-B signature with a local RSA-2048 key to `source`. */
export function signers(bench: Bench, source: string): readonly Contender[] {
  const { credentials, peers, root } = bench;
  const runner = (name: string): string => join(root, "bench", "peers", name);
  const target = join(bench.work, "signed.pdf");
  const key = [credentials.keyDer, credentials.certificateDer];
  const pem = [credentials.keyPem, credentials.certificatePem];
  const common = { check: () => signatureObjection(bench, target), clean: () => rm(target, { force: true }) };
  const own = [runner("sealdesk.ts"), "sign", ...key, source, target];
  const nodePeer = (script: string, args: readonly string[]): Available<readonly Command[]> =>
    peers.node.ok ? here([node(bench, [runner(script), ...args, source, target], peers.node.value)]) : peers.node;
  return [
    opensslDigest([source]),
    { ...common, tool: "Sealdesk", role: "own", commands: here([node(bench, own)]) },
    {
      ...common,
      tool: "Sealdesk, durable (fsync)",
      role: "own-durable",
      commands: here([node(bench, [...own, "--durable"])]),
    },
    { ...common, tool: "@libpdf/core", role: "peer", commands: nodePeer("libpdf.ts", key) },
    {
      ...common,
      tool: "@signpdf + pdf-lib",
      role: "peer",
      commands: nodePeer("signpdf.ts", [credentials.pkcs12, credentials.password]),
    },
    {
      ...common,
      tool: "pyHanko",
      role: "peer",
      commands: peers.pyhanko.ok
        ? here([{ program: peers.pyhanko.value, args: [runner("pyhanko_sign.py"), ...pem, source, target] }])
        : peers.pyhanko,
    },
  ];
}

/** A quick tool that writes nonsense would win: poppler has to call every result valid. Without poppler it is not asked. */
async function signatureObjection({ peers }: Bench, target: string): Promise<string | null> {
  if (!peers.pdfsig.ok) {
    return null;
  }
  const { stdout } = await run("pdfsig", ["-nocert", target], { timeout: 120_000 }).catch(() => ({ stdout: "" }));
  return stdout.includes("Signature is Valid") ? null : "pdfsig does not call the result valid";
}

/** Preparing all PDF files of a folder: the first phase, as far as the provider has to be asked. */
export function preparers(bench: Bench, sources: string, files: readonly string[]): readonly Contender[] {
  const targets = join(bench.work, "prepared");
  const key = [bench.credentials.keyDer, bench.credentials.certificateDer];
  const own = [join(bench.root, "bench", "peers", "sealdesk.ts"), "prepare", ...key, sources, targets];
  const clean = (): Promise<void> =>
    Promise.all(files.map((file) => rm(join(targets, file), { force: true }))).then(() => undefined);
  return [
    opensslDigest(files.map((file) => join(sources, file))),
    { tool: "Sealdesk", role: "own", commands: here([node(bench, own)]), clean },
    {
      tool: "Sealdesk, durable (fsync)",
      role: "own-durable",
      commands: here([node(bench, [...own, "--durable"])]),
      clean,
    },
  ];
}

/** Sealdesk's command line: the whole program, as an auditor starts it. 1 is "not all trusted", which holds here. */
const sealdeskVerify = (bench: Bench, ...paths: readonly string[]): Command => ({
  ...node(bench, [join(bench.root, "cli", "main.ts"), "verify", "--json", ...paths]),
  goodStatuses: [0, 1],
});

/** Everyone who can verify the signatures of one file. */
export function verifiers(bench: Bench, file: string): readonly Contender[] {
  const { peers } = bench;
  const script = join(bench.root, "bench", "peers", "pyhanko_verify.py");
  return [
    opensslDigest([file]),
    {
      tool: "Sealdesk",
      role: "own",
      commands: here([sealdeskVerify(bench, file)]),
      check: ({ output }) => Promise.resolve(allIntact(output) ? null : "it does not find the signatures intact"),
    },
    { tool: "pdfsig", role: "peer", commands: popplerCommand(peers, file), check: saysValid },
    {
      tool: "mutool sign -v",
      role: "peer",
      // It ends with 1 for a certificate that it does not trust.
      commands: peers.mutool.ok
        ? here([{ program: "mutool", args: ["sign", "-v", file], goodStatuses: [0, 1] }])
        : peers.mutool,
    },
    {
      tool: "pyHanko",
      role: "peer",
      commands: peers.pyhanko.ok ? here([{ program: peers.pyhanko.value, args: [script, file] }]) : peers.pyhanko,
      check: ({ output }) => Promise.resolve(output.startsWith("intact") ? null : `it says ${output.trim()}`),
    },
  ];
}

const popplerCommand = (peers: Peers, file: string): Available<readonly Command[]> =>
  peers.pdfsig.ok ? here([{ program: "pdfsig", args: ["-nocert", file], goodStatuses: [0, 1] }]) : peers.pdfsig;

const saysValid = ({ output }: Measured): Promise<string | null> =>
  Promise.resolve(output.includes("Signature is Valid") ? null : "it does not call the signature valid");

function allIntact(output: string): boolean {
  const report = JSON.parse(output) as { readonly signatures: readonly { readonly intact: boolean }[] };
  return report.signatures.length > 0 && report.signatures.every(({ intact }) => intact);
}

/** Everyone who can verify many files, shared out over the same number of processes. One folder for each process. */
export async function folderVerifiers(
  bench: Bench,
  folders: readonly string[],
  files: readonly string[],
): Promise<readonly Contender[]> {
  const { peers } = bench;
  const list = join(bench.work, "files.txt");
  await writeFile(list, files.map((file) => `${file}\0`).join(""));
  const script = join(bench.root, "bench", "peers", "pyhanko_verify.py");
  const python = peers.pyhanko.ok ? peers.pyhanko.value : "";
  const perFolder = Math.ceil(files.length / folders.length);
  const answersFor =
    (expected: number) =>
    ({ output }: Measured): Promise<string | null> => {
      const lines = output.trim().split("\n").length;
      return Promise.resolve(lines === expected ? null : `${lines} answers for ${expected} files`);
    };
  const inTurn = ["-0", "-a", list, "-n", "1", "-P", String(bench.processes), "pdfsig", "-nocert"];
  return [
    {
      tool: "Sealdesk",
      role: "own",
      commands: here([sealdeskVerify(bench, ...folders)]),
      check: answersFor(files.length),
    },
    {
      tool: "pdfsig, started for each file",
      role: "peer",
      // 123: it ended with another status than 0 for some file.
      commands: peers.pdfsig.ok ? here([{ program: "xargs", args: inTurn, goodStatuses: [0, 123] }]) : peers.pdfsig,
    },
    {
      tool: "pyHanko",
      role: "peer",
      commands: peers.pyhanko.ok
        ? here(folders.map((folder) => ({ program: python, args: [script, folder] })))
        : peers.pyhanko,
      check: answersFor(perFolder),
    },
  ];
}
