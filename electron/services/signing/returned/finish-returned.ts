import { copyFile, open, rm, stat } from "node:fs/promises";
import type { WorkStep } from "../../../../shared/app-state.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { PadesLevel, SignatureReport } from "../../../../shared/verification.ts";
import type { Journal } from "../../../storage/journal.ts";
import type { ItemRecord, ReturnedDocument, SentDocument } from "../../../storage/journal-record.ts";
import type { ReturnedFiles } from "../../../storage/returned-files.ts";
import type { Extend } from "../../extending/create-extension.ts";
import type { Judge } from "../check-result.ts";
import { digestOfStart } from "../../documents/digest-of-start.ts";
import { deliverItem, hasItsName } from "../deliver-item.ts";
import { reachLevel } from "../reach-level.ts";
import type { LevelReached } from "../reach-level.ts";
import type { DeliveredItem } from "../signing-steps.ts";
import { checkReturned } from "./check-returned.ts";
import type { CheckedReturn } from "./check-returned.ts";
import { cleanCopyPath } from "../source-file.ts";

export interface FinishReturnedParts {
  readonly journal: Journal;
  readonly returned: ReturnedFiles;
  readonly judge: Judge;
  readonly extend: Extend | null;
}

/**
 * From a signed document that came back to the delivered file: a staged copy of what was kept, our checks, the wanted
 * level, delivery. Can be repeated after a crash.
 */
export async function finishReturned(
  parts: FinishReturnedParts,
  item: ItemRecord,
  level: PadesLevel,
  onStep: (step: WorkStep) => void,
  signal: AbortSignal,
): Promise<Result<DeliveredItem, Failure>> {
  const { sent, returned } = item;
  if (sent === null || sent === undefined || returned === null || returned === undefined) {
    throw new Error("a document comes back only after it was sent");
  }
  const isReturned = (path: string): Promise<boolean> => beginsWith(path, returned);
  if (item.phase === "assembled" && (await hasItsName(item, returned.size, isReturned))) {
    const fields = await checkedFields(parts, item, sent, returned);
    return done(parts, item, item.outputPath, fields, { report: await parts.judge(item.outputPath), notice: null });
  }
  const staged = await stage(parts.returned.path(item.transaction, item.item), item, returned);
  if (!staged.ok) {
    return staged;
  }
  onStep("checking");
  const checked = await checkReturned(parts.judge, item, sent, returned);
  if (!checked.ok) {
    return checked;
  }
  const raised = await raise(parts, item, level, checked.value, onStep, signal);
  if (!raised.ok) {
    return raised;
  }
  parts.journal.storeAssembled(item.transaction, item.item);
  onStep("delivering");
  const outcome = await deliverItem(parts.journal, item);
  return outcome.ok ? done(parts, item, outcome.value, checked.value.fields, raised.value) : outcome;
}

/** A fresh copy of what was kept: an earlier try may have added to the staged one. */
async function stage(kept: string, item: ItemRecord, returned: ReturnedDocument): Promise<Result<null, Failure>> {
  const spoilt = failed<Failure>({ code: "returned.lost", params: { name: item.name } });
  if (!(await isThere(kept))) {
    return spoilt;
  }
  await rm(item.stagedPath, { force: true });
  await copyFile(kept, item.stagedPath);
  const handle = await open(item.stagedPath, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (await beginsWith(item.stagedPath, returned)) {
    return success(null);
  }
  if (!(await beginsWith(kept, returned))) {
    return spoilt;
  }
  // What was kept is well: the folder of the copy is away, which it throws, or somebody's hands were on the copy.
  await stat(item.stagedPath);
  return failed({ code: "output.not-writable", params: { name: item.name } });
}

/** Throws when that cannot be said now. */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return false;
    }
    throw error;
  }
}

async function raise(
  parts: FinishReturnedParts,
  item: ItemRecord,
  level: PadesLevel,
  { report, notice }: CheckedReturn,
  onStep: (step: WorkStep) => void,
  signal: AbortSignal,
): Promise<Result<LevelReached, Failure>> {
  if (level === "B-B") {
    return success({ report, notice });
  }
  onStep(level === "B-T" ? "timestamping" : "extending");
  const raised = await reachLevel(parts.extend, parts.judge, { item, level, report, password: undefined }, signal);
  if (raised.ok) {
    return success({ ...raised.value, notice: raised.value.notice ?? notice });
  }
  // What keeps it from the level is no fault of the signature; a wait that was broken off is tried again.
  return raised.failure.code.startsWith("extension.") ? success({ report, notice: raised.failure }) : raised;
}

async function beginsWith(path: string, { size, sha256 }: ReturnedDocument): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.size >= size && (await digestOfStart(path, size)) === sha256;
}

/** Which signatures of a delivered file are this order's. */
async function checkedFields(
  parts: FinishReturnedParts,
  item: ItemRecord,
  sent: SentDocument,
  returned: ReturnedDocument,
): Promise<readonly string[]> {
  const checked = await checkReturned(parts.judge, { ...item, stagedPath: item.outputPath }, sent, returned);
  return checked.ok ? checked.value.fields : [];
}

const LEVELS: readonly PadesLevel[] = ["B-B", "B-T", "B-LT", "B-LTA"];

async function done(
  parts: FinishReturnedParts,
  item: ItemRecord,
  outputPath: string,
  fields: readonly string[],
  { report, notice }: LevelReached,
): Promise<Result<DeliveredItem, Failure>> {
  const own = report.signatures.filter(({ field }) => fields.includes(field));
  const level = lowest(own);
  parts.journal.storeDelivered(item.transaction, item.item, { level, verdict: report.verdict });
  parts.returned.remove(item.transaction, item.item);
  await rm(cleanCopyPath(item), { force: true });
  return success({ outputPath, level, report: { ...report, file: outputPath }, notice });
}

/** A signature of no baseline level counts as the lowest: it is a signature, and no more is promised. */
function lowest(signatures: readonly SignatureReport[]): PadesLevel {
  const ranks = signatures.map(({ level }) => (level === null ? 0 : LEVELS.indexOf(level)));
  return LEVELS[Math.min(...ranks, LEVELS.length - 1)] ?? "B-B";
}
