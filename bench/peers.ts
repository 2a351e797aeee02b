import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Other people's tools are no dependencies of the project: they are fetched for the bench alone, in these versions. */
const NODE_PEERS: Readonly<Record<string, string>> = {
  "@libpdf/core": "0.4.2",
  "@signpdf/placeholder-pdf-lib": "3.3.0",
  "@signpdf/signer-p12": "3.3.0",
  "@signpdf/signpdf": "3.3.0",
  "node-forge": "1.4.3",
  "pdf-lib": "1.17.1",
};
const PYHANKO = "0.38.0";

export type Available<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export interface Peers {
  /** The folder whose `node_modules` has them. */
  readonly node: Available<string>;
  /** The Python that has pyHanko. */
  readonly pyhanko: Available<string>;
  readonly pdfsig: Available<string>;
  readonly mutool: Available<string>;
}

/** Versions of everything that takes part, for the report. */
export type Versions = Readonly<Record<string, string>>;

/** Brings the peers into `folder`, once; what cannot be had is left out with a reason. */
export async function bringPeers(folder: string, tell: (line: string) => void): Promise<Peers> {
  return {
    node: await bringNodePeers(join(folder, "peers"), tell),
    pyhanko: await bringPyhanko(join(folder, "pyhanko"), tell),
    pdfsig: onPath("pdfsig"),
    mutool: onPath("mutool"),
  };
}

async function bringNodePeers(folder: string, tell: (line: string) => void): Promise<Available<string>> {
  const wanted = `${JSON.stringify({ private: true, dependencies: NODE_PEERS }, null, 2)}\n`;
  const manifest = join(folder, "package.json");
  const complete = join(folder, "node_modules", ".complete");
  if (existsSync(complete) && (await readFile(complete, "utf8")) === wanted) {
    return { ok: true, value: folder };
  }
  tell(`installing the peers for Node (not dependencies of the project): ${Object.keys(NODE_PEERS).join(", ")}`);
  await mkdir(folder, { recursive: true });
  await writeFile(manifest, wanted);
  try {
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
    await run("npm", ["install", "--prefix", folder, ...options], { cwd: folder, timeout: 180_000 });
    await writeFile(complete, wanted);
    return { ok: true, value: folder };
  } catch {
    return { ok: false, reason: "npm could not install it" };
  }
}

async function bringPyhanko(folder: string, tell: (line: string) => void): Promise<Available<string>> {
  const python = join(folder, "bin", "python");
  const complete = join(folder, ".complete");
  if (existsSync(complete) && (await readFile(complete, "utf8")) === PYHANKO) {
    return { ok: true, value: python };
  }
  if (!onPath("python3").ok) {
    return { ok: false, reason: "there is no Python here" };
  }
  tell("installing pyHanko for Python (not a dependency of the project)");
  try {
    await run("python3", ["-m", "venv", "--clear", folder], { timeout: 120_000 });
    const options = ["--quiet", "--disable-pip-version-check"];
    await run(python, ["-m", "pip", "install", ...options, `pyhanko==${PYHANKO}`], { timeout: 240_000 });
    await writeFile(complete, PYHANKO);
    return { ok: true, value: python };
  } catch {
    return { ok: false, reason: "pip could not install it" };
  }
}

function onPath(program: string): Available<string> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => existsSync(join(folder, program)))
    ? { ok: true, value: program }
    : { ok: false, reason: "it is not installed" };
}

export async function readVersions(peers: Peers): Promise<Versions> {
  const poppler = await firstLine("pdfsig", ["-v"]);
  const mupdf = await firstLine("mutool", ["-v"]);
  return {
    "Node.js": process.version.slice(1),
    OpenSSL: (await firstLine("openssl", ["version"])).replace(/^OpenSSL (\S+).*/u, "$1"),
    ...(peers.node.ok ? NODE_PEERS : {}),
    ...(peers.pyhanko.ok
      ? { pyHanko: PYHANKO, Python: (await firstLine(peers.pyhanko.value, ["--version"])).slice(7) }
      : {}),
    ...(peers.pdfsig.ok ? { "pdfsig (poppler)": poppler.replace(/^pdfsig version /u, "") } : {}),
    ...(peers.mutool.ok ? { "mutool (MuPDF)": mupdf.replace(/^mutool version /u, "") } : {}),
  };
}

async function firstLine(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: 20_000 });
    return `${stdout}${stderr}`.split("\n")[0]?.trim() ?? "";
  } catch {
    return "";
  }
}
