import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FileReport } from "../shared/verification.ts";
import { openOptions } from "../electron/pdf/open-pdf.ts";
import type { ProxyResolver } from "../electron/net/proxy-route.ts";
import { openValidationNetwork } from "../electron/services/validation-network.ts";
import { renderJson } from "../electron/verify/render-json.ts";
import { renderText } from "../electron/verify/render-text.ts";
import { verifyFile } from "../electron/verify/verify-file.ts";
import { EXIT, UsageError } from "./exit-status.ts";
import { inputFiles } from "./input-files.ts";
import { readTrustAnchors } from "./trust-anchors.ts";

export interface VerifyOptions {
  readonly json: boolean;
  readonly trust: readonly string[];
  readonly trustList: readonly string[];
  /** ISO 8601; the time that validity is judged at. */
  readonly at: string | null;
  readonly report: string | null;
  /** Open no socket: judge by what the documents and the given certificates say. */
  readonly offline: boolean;
  /** For encrypted documents that do not open without one. */
  readonly password: string | undefined;
}

export interface VerifySurroundings {
  /** Asked only when the network is used. */
  readonly proxies: () => ProxyResolver;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  /** Nobody reads the results any more: the rest need not be judged. */
  readonly isUnread: () => boolean;
}

/** `sealdesk verify`: one result a file, in input order; a bad file never stops the rest. Resolves to the exit status. */
export async function verifyCommand(
  paths: readonly string[],
  options: VerifyOptions,
  { print, tell, isUnread, proxies }: VerifySurroundings,
): Promise<number> {
  if (options.trustList.length > 0) {
    throw new UsageError("--trust-list is not available in this version; use --trust with the certificates");
  }
  const at = options.at === null ? new Date() : new Date(options.at);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(`--at ${options.at}: not an ISO 8601 time, for example 2026-08-20T12:00:00Z`);
  }
  const trustAnchors = await readTrustAnchors(options.trust);
  if (options.report !== null) {
    await mkdir(options.report, { recursive: true }).catch(() => {
      throw new UsageError(`--report ${options.report}: this folder cannot be made`);
    });
  }
  const online = options.offline
    ? null
    : openValidationNetwork({ resolveProxy: proxies(), fetchIssuers: true, now: () => Date.now() });
  const network = online === null ? {} : { network: online.network };
  let allPassed = true;
  let count = 0;
  for await (const path of inputFiles(paths)) {
    if (isUnread()) {
      await online?.close();
      return EXIT.notAllGood;
    }
    const report = await verifyFile(path, { trustAnchors, at, ...network, ...openOptions(options.password) });
    allPassed &&= report.verdict === "TOTAL-PASSED";
    count += 1;
    print(options.json ? renderJson(report) : renderText(report));
    if (options.report !== null) {
      try {
        await writeReport(options.report, count, report);
      } catch {
        allPassed = false;
        tell(`sealdesk: the report of ${path} cannot be written`);
      }
    }
  }
  await online?.close();
  if (count === 0) {
    tell("sealdesk: there are no PDF files in what was named");
  }
  return allPassed && count > 0 ? EXIT.good : EXIT.notAllGood;
}

/** Two files each: what a person reads and what a program reads. Numbered, because names may repeat across folders. */
async function writeReport(folder: string, count: number, report: FileReport): Promise<void> {
  const name = `${String(count).padStart(4, "0")}-${basename(report.file)}`;
  await writeFile(join(folder, `${name}.json`), `${renderJson(report)}\n`);
  await writeFile(join(folder, `${name}.txt`), `${renderText(report)}\n`);
}
