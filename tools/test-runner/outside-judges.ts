import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";

/** Where the judges of the interop tests are; they read these variables and skip, with a message, what is not there. */
export interface OutsideJudges {
  readonly env: Readonly<Record<string, string>>;
  /** What could not be had, and why. */
  readonly notes: readonly string[];
}

/** The plug-in that resolves a list of dependencies; its version is part of what is pinned. */
const RESOLVE = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";
const LIMIT = 5 * 60_000;
const JAVA = path.join("test", "interop", "judges", "java");
const REQUIREMENTS = path.join("test", "interop", "judges", "python", "requirements.txt");

type Brought = { readonly value: string } | { readonly problem: string };

/**
 * EU DSS and veraPDF from Maven Central and pyHanko from PyPI, pinned, into `.cache/interop/`: the product needs none of
 * them, and neither does the checkout. Kept until a pin, or our own Java in front of them, changes.
 */
export async function bringOutsideJudges(root: string, env: NodeJS.ProcessEnv): Promise<OutsideJudges> {
  const [java, python] = await Promise.all([bringJava(root, env), bringPython(root, env)]);
  const told = [
    "problem" in java ? `EU DSS and veraPDF not asked: ${java.problem}` : undefined,
    "problem" in python ? `pyHanko not asked: ${python.problem}` : undefined,
  ];
  return {
    env: {
      ...("value" in java ? { SEALDESK_JAVA_JUDGES: java.value } : {}),
      ...("value" in python ? { SEALDESK_PYTHON: python.value } : {}),
    },
    notes: told.filter((note) => note !== undefined),
  };
}

/** The class path of libraries and our own classes. */
async function bringJava(root: string, env: NodeJS.ProcessEnv): Promise<Brought> {
  const given = env["SEALDESK_JAVA_JUDGES"];
  if (given !== undefined) return { value: given };
  const missing = ["java", "javac", "mvn"].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) return { problem: `no ${missing.join(", no ")}` };

  const sources = readdirSync(path.join(root, JAVA))
    .filter((name) => name.endsWith(".java"))
    .map((name) => path.join(root, JAVA, name));
  const pom = path.join(root, JAVA, "pom.xml");
  const cache = path.join(root, ".cache", "interop");
  const libraries = path.join(cache, `java-${fingerprint([pom])}.classpath`);
  if (!existsSync(libraries)) {
    mkdirSync(cache, { recursive: true });
    const output = `${libraries}.${process.pid}`;
    const args = ["-q", "-B", "-f", pom, `-Dmaven.repo.local=${path.join(cache, "maven")}`, RESOLVE];
    const problem = await twice("mvn", [...args, `-Dmdep.outputFile=${output}`], root, env);
    if (problem !== undefined) return { problem };
    renameSync(output, libraries);
  }
  const jars = readFileSync(libraries, "utf8").trim();
  const classes = path.join(cache, `classes-${fingerprint([pom, ...sources])}`);
  if (!existsSync(classes)) {
    const fresh = `${classes}.${process.pid}`;
    const compile = ["-nowarn", "-encoding", "UTF-8", "-d", fresh, "-cp", jars, ...sources];
    const compiled = await runProgram("javac", compile, options(root, env));
    // Our own program: that it does not compile is a defect and not a lack.
    if (compiled.code !== 0) throw new Error(`the program that asks EU DSS and veraPDF: ${compiled.output}`);
    renameSync(fresh, classes);
  }
  return { value: [jars, classes].join(path.delimiter) };
}

/** A Python that has pyHanko. */
async function bringPython(root: string, env: NodeJS.ProcessEnv): Promise<Brought> {
  const given = env["SEALDESK_PYTHON"];
  if (given !== undefined) return { value: given };
  const python = ["python3", "python"].find((name) => findProgram(name) !== undefined);
  if (python === undefined) return { problem: "no python3" };

  const requirements = path.join(root, REQUIREMENTS);
  const folder = path.join(root, ".cache", "interop", `python-${fingerprint([requirements])}`);
  const bin = process.platform === "win32" ? path.join("Scripts", "python.exe") : path.join("bin", "python");
  const [own, done] = [path.join(folder, bin), path.join(folder, "complete")];
  if (existsSync(done)) return { value: own };
  rmSync(folder, { recursive: true, force: true });
  const made = await runProgram(python, ["-m", "venv", folder], options(root, env));
  if (made.code !== 0) return { problem: lastLine(made.output) };
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
  const problem = await twice(own, install, root, env);
  if (problem !== undefined) return { problem };
  writeFileSync(done, "");
  return { value: own };
}

/** Networks fail; the second failure is told. */
async function twice(
  program: string,
  args: readonly string[],
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const first = await runProgram(program, args, options(root, env));
  if (first.code === 0) return undefined;
  const second = await runProgram(program, args, options(root, env));
  return second.code === 0 ? undefined : `${path.basename(program)}: ${lastLine(second.output)}`;
}

const options = (cwd: string, env: NodeJS.ProcessEnv) => ({ cwd, env, timeoutMilliseconds: LIMIT, live: false });

const lastLine = (output: string): string => {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/iu.test(line)) ?? lines.at(-1) ?? "failed without a word").trim().slice(0, 300);
};

function fingerprint(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}
