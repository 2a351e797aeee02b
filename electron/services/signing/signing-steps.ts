import { existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WorkStep } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { FileReport, PadesLevel } from "../../../shared/verification.ts";
import { checkConformance } from "../../pades/conformance.ts";
import { completeSignature } from "../../pades/complete-signature.ts";
import type { PreparedSignature } from "../../pades/prepared-signature.ts";
import { verifyFile } from "../../verify/verify-file.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { deliverFile } from "../documents/deliver-file.ts";
import { outputName } from "../documents/output-name.ts";
import type { Clock } from "../ports.ts";
import { prepareItem } from "./prepare-item.ts";
import type { SigningEnvironment } from "./signing-environment.ts";

export interface SigningStepsParts {
  readonly environment: SigningEnvironment;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Folder with the fonts of the visible mark. */
  readonly fonts: string;
}

export interface PreparedItem {
  readonly prepared: PreparedSignature;
  /** SHA-256 of the signed attributes: what the provider signs. */
  readonly toBeSigned: Sha256Hex;
}

export interface DeliveredItem {
  readonly outputPath: string;
  readonly level: PadesLevel;
  readonly report: FileReport;
}

/** What is done to one document; every step can be repeated after a crash. */
export interface SigningSteps {
  readonly prepare: (
    item: ItemRecord,
    chain: readonly string[],
    onProgress: (fraction: number) => void,
  ) => Promise<Result<PreparedItem, Failure>>;
  /** From the approved value to the delivered file. */
  readonly finish: (
    item: ItemRecord,
    level: "B-B" | "B-T",
    onStep: (step: WorkStep) => void,
  ) => Promise<Result<DeliveredItem, Failure>>;
  /** Removes what a document that will not be signed left behind. */
  readonly discard: (item: ItemRecord) => Promise<void>;
}

export function createSigningSteps(parts: SigningStepsParts): SigningSteps {
  return {
    prepare: (item, chain, onProgress) => prepareItem(parts, item, chain, onProgress),
    finish: (item, level, onStep) => finish(parts, item, level, onStep),
    discard: (item) => rm(item.stagedPath, { force: true }),
  };
}

async function finish(
  parts: SigningStepsParts,
  item: ItemRecord,
  level: "B-B" | "B-T",
  onStep: (step: WorkStep) => void,
): Promise<Result<DeliveredItem, Failure>> {
  const { prepared, value } = item;
  if (prepared === null || value === null) {
    throw new Error("a document is finished only after its approval");
  }
  if (item.phase === "assembled" && (await wasDelivered(item, prepared))) {
    return delivered(parts, item, item.outputPath, prepared);
  }
  onStep("assembling");
  const timestamp = level === "B-T" ? parts.environment.timestamp : null;
  if (level === "B-T" && timestamp === null) {
    return failed({ code: "timestamp.unreachable", params: { reason: "not-configured" } });
  }
  const completed = await completeSignature({
    prepared,
    staged: item.stagedPath,
    value: new Uint8Array(Buffer.from(value, "base64")),
    ...(timestamp === null
      ? {}
      : {
          timestamp: (signatureValue, signal) => {
            onStep("timestamping");
            return timestamp(signatureValue, signal ?? new AbortController().signal);
          },
        }),
  });
  if (!completed.ok) {
    return completed;
  }
  onStep("checking");
  const objection = await checkOurselves(parts, item, prepared, completed.value.level);
  if (objection !== null) {
    return failed(objection);
  }
  parts.journal.storeAssembled(item.transaction, item.item);
  onStep("delivering");
  return deliver(parts, item, prepared);
}

/** Our own two judges: the baseline's rules, and the verifier, which judges it as it would a stranger's file. */
async function checkOurselves(
  parts: SigningStepsParts,
  item: ItemRecord,
  prepared: PreparedSignature,
  level: "B-B" | "B-T",
): Promise<Failure | null> {
  const { violations } = await checkConformance(item.stagedPath, {
    expectedLevel: level,
    // A rewritten file has no original that it begins with.
    ...(item.rewrite ? {} : { originalPath: item.sourcePath }),
  });
  const [violation] = violations;
  if (violation !== undefined) {
    return {
      code: "output.conformance",
      params: { name: item.name, rule: violation.rule, message: violation.message },
    };
  }
  const report = await judge(parts, item.stagedPath);
  const own = report.signatures.find((signature) => signature.field === prepared.field);
  const good = own !== undefined && own.intact && own.indication !== "TOTAL-FAILED" && own.coverage === "whole-file";
  if (!good) {
    const reason = own?.reasons[0] ?? report.reasons[0];
    return { code: "output.verification", params: { name: item.name, reason: reason?.code ?? "unknown" } };
  }
  const earlier = report.signatures.filter((signature) => signature !== own);
  return earlier.length === 0 ? null : compareEarlier(parts, item, report);
}

/** A signature that was intact in the original must still be. */
async function compareEarlier(parts: SigningStepsParts, item: ItemRecord, after: FileReport): Promise<Failure | null> {
  const before = await judge(parts, item.sourcePath);
  for (const signature of before.signatures) {
    const now = after.signatures.find((other) => other.field === signature.field);
    if (signature.intact && now?.intact !== true) {
      return {
        code: "output.verification",
        params: { name: item.name, reason: `earlier-signature.${signature.field}` },
      };
    }
  }
  return null;
}

function judge(parts: SigningStepsParts, path: string): Promise<FileReport> {
  return verifyFile(path, { trustAnchors: parts.environment.trustAnchors, at: new Date(parts.clock.now()) });
}

/** The file may have got its name just before the program ended. */
async function wasDelivered(item: ItemRecord, prepared: PreparedSignature): Promise<boolean> {
  const output = await stat(item.outputPath).catch(() => null);
  if (output === null) {
    return false;
  }
  const staged = await stat(item.stagedPath).catch(() => null);
  if (staged === null) {
    return output.size === prepared.stagedSize;
  }
  // Both names for one file: the crash came between link and unlink.
  const same = staged.ino === output.ino && staged.dev === output.dev && staged.ino !== 0;
  if (same) {
    await rm(item.stagedPath, { force: true });
  }
  return same;
}

async function deliver(
  parts: SigningStepsParts,
  item: ItemRecord,
  prepared: PreparedSignature,
): Promise<Result<DeliveredItem, Failure>> {
  let outputPath = item.outputPath;
  for (;;) {
    parts.journal.storeOutputPath(item.transaction, item.item, outputPath);
    const outcome = await deliverFile(item.stagedPath, outputPath);
    if (outcome.ok) {
      return delivered(parts, item, outputPath, prepared);
    }
    if (outcome.failure.code !== "output.name-taken") {
      return outcome;
    }
    // Somebody took the name since the person confirmed it. What was approved is never lost: the next free name.
    const folder = dirname(outputPath);
    outputPath = join(
      folder,
      outputName(item.name, (name) => existsSync(join(folder, name))),
    );
  }
}

async function delivered(
  parts: SigningStepsParts,
  item: ItemRecord,
  outputPath: string,
  prepared: PreparedSignature,
): Promise<Result<DeliveredItem, Failure>> {
  parts.journal.storeDelivered(item.transaction, item.item);
  const report = await judge(parts, outputPath);
  const own = report.signatures.find((signature) => signature.field === prepared.field);
  return success({ outputPath, level: own?.level ?? "B-B", report });
}
