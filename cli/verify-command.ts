import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { FileReport } from "../shared/verification.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { openValidationNetwork } from "../electron/services/validation-network.ts";
import { mapInOrder } from "../electron/services/map-in-order.ts";
import type { ValidationNetwork } from "../electron/verify/validation-network.ts";
import { onlineSettings } from "../electron/services/verifying/verify-job.ts";
import type { VerifySettings } from "../electron/services/verifying/verify-job.ts";
import type { PolicyInForce } from "../electron/services/policy/load-policy.ts";
import { renderJson } from "../electron/verify/render-json.ts";
import { renderText } from "../electron/verify/render-text.ts";
import { readBankIdRoots } from "./bankid-roots.ts";
import { chooseJudge, LOOK_AHEAD } from "./choose-judge.ts";
import { EXIT, UsageError } from "./exit-status.ts";
import { inputFiles } from "./input-files.ts";
import { ownPolicy } from "./own-policy-place.ts";
import { ProgressLine } from "./progress-line.ts";
import type { ProgressTerminal } from "./progress-line.ts";
import { timeOf } from "./time-argument.ts";
import { takeFirst } from "./take-first.ts";
import { anchorsUnderPolicy, tellMalformed } from "./trust-under-policy.ts";

export interface VerifyOptions {
  readonly json: boolean;
  readonly trust: readonly string[];
  readonly trustList: readonly string[];
  /** Files of roots that persons with BankID are judged against, besides those of the settings. */
  readonly bankidRoot: readonly string[];
  /** ISO 8601; the time that validity is judged at. */
  readonly at: string | null;
  readonly report: string | null;
  /** In the JSON, also what each revision did. */
  readonly timeline: boolean;
  /** Open no socket: judge by what the documents and the given certificates say. */
  readonly offline: boolean;
  /** For encrypted documents that do not open without one. */
  readonly password: string | undefined;
  /** Threads; null: as many as are worth it. */
  readonly jobs: string | null;
}

export interface VerifySurroundings {
  /** Where the program keeps its data: the settings are read, and nothing is written. */
  readonly data: string;
  /** Where a policy may be pointed to. */
  readonly environment: NodeJS.ProcessEnv;
  /** Asked only when the network is used. */
  readonly proxies: () => ProxyResolver;
  /** Resolves when the reader of the results can take more. */
  readonly print: (text: string) => Promise<void>;
  readonly tell: (text: string) => void;
  /** Nobody reads the results any more: the rest need not be judged. */
  readonly isUnread: () => boolean;
  readonly terminal: ProgressTerminal;
}

/** Begun before their turn, for each thread: a slow file does not make the others wait, and memory stays bounded. */
const AHEAD = 16;
const MOST_THREADS = 64;

/** `sealdesk verify`: one result a file, in input order; a bad file never stops the rest. Resolves to the exit status. */
export async function verifyCommand(
  paths: readonly string[],
  options: VerifyOptions,
  surroundings: VerifySurroundings,
): Promise<number> {
  const { tell } = surroundings;
  const online = options.offline
    ? null
    : openValidationNetwork({ resolveProxy: surroundings.proxies(), fetchIssuers: true, now: () => Date.now() });
  const policy = await ownPolicy(surroundings.environment);
  tellMalformed(policy, tell);
  const settings = await settingsOf(options, surroundings.data, policy, online?.network ?? null);
  const jobs = options.jobs === null ? null : threadsOf(options.jobs);
  if (options.report !== null) {
    await mkdir(options.report, { recursive: true }).catch(() => {
      throw new UsageError(`--report ${options.report}: this folder cannot be made`);
    });
  }
  const { first, isAll, all } = await takeFirst(inputFiles(paths), LOOK_AHEAD);
  const threads = { asked: jobs, available: availableParallelism() };
  const judge = await chooseJudge(first, isAll, threads, settings, online?.network ?? null);
  const progress = new ProgressLine(surroundings.terminal, () => performance.now());
  const stop = new AbortController();
  if (surroundings.terminal.isTTY) {
    void countFiles(paths, stop.signal).then((count) => (progress.total = count));
  }
  const password = options.password === undefined ? {} : { password: options.password };
  const reports = mapInOrder(all, AHEAD * (jobs ?? availableParallelism()), (path) =>
    judge.judge({ path, ...password }, { signal: stop.signal }),
  );
  try {
    const { count, allPassed } = await printAll(reports, options, progress, surroundings);
    if (count === 0) {
      tell("sealdesk: there are no PDF files in what was named");
    }
    return allPassed && count > 0 ? EXIT.good : EXIT.notAllGood;
  } finally {
    stop.abort();
    await judge.close();
    await online?.close();
  }
}

async function printAll(
  reports: AsyncIterable<FileReport>,
  options: VerifyOptions,
  progress: ProgressLine,
  { print, tell, isUnread }: VerifySurroundings,
): Promise<{ readonly count: number; readonly allPassed: boolean }> {
  let allPassed = true;
  let count = 0;
  for await (const report of reports) {
    if (isUnread()) {
      return { count: count + 1, allPassed: false };
    }
    allPassed &&= report.verdict === "TOTAL-PASSED";
    count += 1;
    progress.clear();
    await print(options.json ? renderJson(report, options) : renderText(report, options));
    if (options.report !== null) {
      try {
        await writeReport(options.report, count, report, options.timeline);
      } catch {
        allPassed = false;
        progress.clear();
        tell(`sealdesk: the report of ${report.file} cannot be written`);
      }
    }
    progress.draw(count);
  }
  progress.clear();
  return { count, allPassed };
}

async function settingsOf(
  { trust, trustList, bankidRoot, at }: VerifyOptions,
  data: string,
  policy: PolicyInForce,
  network: ValidationNetwork | null,
): Promise<VerifySettings> {
  if (trustList.length > 0) {
    throw new UsageError("--trust-list is not available in this version; use --trust with the certificates");
  }
  const time = timeOf(at);
  const anchors = await anchorsUnderPolicy(trust, policy);
  const roots = await readBankIdRoots(bankidRoot, data, policy);
  return {
    trustAnchors: anchors.map(({ der }) => der),
    bankIdRoots: roots.map(({ der }) => der),
    at: time.toISOString(),
    online: network === null ? null : onlineSettings(network),
  };
}

function threadsOf(jobs: string): number {
  const threads = /^\d{1,3}$/u.test(jobs) ? Number(jobs) : 0;
  if (threads < 1 || threads > MOST_THREADS) {
    throw new UsageError(`--jobs ${jobs}: not a number from 1 to ${MOST_THREADS}`);
  }
  return threads;
}

async function countFiles(paths: readonly string[], signal: AbortSignal): Promise<number> {
  const files = inputFiles(paths);
  let count = 0;
  while (!signal.aborted && (await files.next()).done !== true) {
    count += 1;
  }
  return count;
}

/** Two files each: what a person reads and what a program reads. Numbered, because names may repeat across folders. */
async function writeReport(folder: string, count: number, report: FileReport, timeline: boolean): Promise<void> {
  // Names of files may be as long as the file system lets them, and ours are longer.
  const name = `${String(count).padStart(4, "0")}-${basename(report.file).slice(-200)}`;
  await writeFile(join(folder, `${name}.json`), `${renderJson(report, { timeline })}\n`);
  await writeFile(join(folder, `${name}.txt`), `${renderText(report, { timeline })}\n`);
}
