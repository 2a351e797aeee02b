import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { checkLongTerm } from "../../pades/conformance/check-long-term.ts";
import type { ExtensionLevel } from "../../pades/extend-signature.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import type { Extend } from "../extending/create-extension.ts";
import type { Judge } from "./check-result.ts";

export interface LevelReached {
  readonly report: FileReport;
  /** Why the wanted level was not reached; the document is good as it is. */
  readonly notice: Failure | null;
}

export interface LevelWanted {
  readonly item: ItemRecord;
  readonly level: ExtensionLevel;
  /** Of the staged file before. */
  readonly report: FileReport;
  /** Of the document, when it is encrypted and needs one. */
  readonly password: string | undefined;
}

/**
 * Architecture, step 7: from B-T to the wanted level, in the staged file. What a service did not give is told and keeps
 * nobody from the signature: the file is then delivered at the level it has.
 */
export async function reachLevel(
  extend: Extend | null,
  judge: Judge,
  { item, level, report, password }: LevelWanted,
  signal: AbortSignal,
): Promise<Result<LevelReached, Failure>> {
  if (extend === null) {
    return success({ report, notice: { code: "extension.no-timestamp-service" } });
  }
  const outcome = await extend(item.stagedPath, level, signal, password);
  if (!outcome.ok) {
    // An aborted wait is no judgement of the signature; it is tried again at the next start.
    return outcome;
  }
  const { shortfall, level: reached, appended } = outcome.value;
  if (appended === 0) {
    return success({ report, notice: shortfall });
  }
  const [violation] =
    reached === "B-LT" || reached === "B-LTA" ? await checkLongTerm(item.stagedPath, reached, password) : [];
  if (violation !== undefined) {
    const params = { name: item.name, rule: violation.rule, message: violation.message };
    return failed({ code: "output.conformance", params });
  }
  const after = await judge(item.stagedPath);
  const broken = report.signatures.find(({ field, intact }) => {
    const now = after.signatures.find((signature) => signature.field === field);
    return intact && now?.intact !== true;
  });
  return broken === undefined
    ? success({ report: after, notice: shortfall })
    : failed({ code: "output.verification", params: { name: item.name, reason: `extension.${broken.field}` } });
}
