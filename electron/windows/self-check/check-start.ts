import type { Failure } from "../../../shared/failure.ts";
import type { ProgramLog } from "../../services/logging/program-log.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { FactsParts } from "./gather-facts.ts";
import { judgeStart } from "./judge-start.ts";

/** The page is ours and comes from the disk. */
const PATIENCE_MILLISECONDS = 30_000;

/**
 * The self-check at start (Electron checklist B10): what has to hold, and does not. Each finding is logged with its code.
 * Never rejects: a check that could not be made is a finding.
 */
export async function checkStart(
  parts: FactsParts,
  log: Pick<ProgramLog, "write" | "unexpected">,
): Promise<readonly Failure[]> {
  try {
    if (!(await hasLoaded(parts))) {
      return [unfinished(log, "no page")];
    }
    const findings = judgeStart(await gatherFacts(parts));
    for (const { failure, isTolerated } of findings) {
      const facts = { code: failure.code, what: spelledOut(String(failure.params?.["what"] ?? "")) };
      log.write(isTolerated ? "warning" : "error", isTolerated ? "self-check.tolerated" : "self-check.failed", facts);
    }
    const failures = findings.filter(({ isTolerated }) => !isTolerated).map(({ failure }) => failure);
    if (failures.length === 0) {
      log.write("info", "self-check.passed", { tolerated: findings.length });
    }
    return failures;
  } catch (error) {
    log.unexpected(error, "self-check");
    return [unfinished(log, "error")];
  }
}

/** Names of fuses and variables in words: whole, the log's redactor would take them for secrets. */
function spelledOut(names: string): string {
  return names.replaceAll(/(?<=[a-z])(?=[A-Z])|_/gu, " ");
}

function unfinished(log: Pick<ProgramLog, "write">, what: string): Failure {
  const failure = { code: "self-check.unfinished", params: { what } } as const;
  log.write("error", "self-check.failed", { code: failure.code, what });
  return failure;
}

/** False: the window was closed, or nothing came. */
function hasLoaded({ own }: FactsParts): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (loaded: boolean): void => {
      clearTimeout(limit);
      resolve(loaded);
    };
    const limit = setTimeout(() => settle(false), PATIENCE_MILLISECONDS);
    own.once("did-finish-load", () => settle(true));
    own.once("destroyed", () => settle(false));
  });
}
