import { rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PreparedSignature } from "../../pades/prepared-signature.ts";
import { preparedDigest } from "../../pades/prepared-signature.ts";
import { digestRanges } from "../../pdf/range-digest.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { deliverFile } from "../documents/deliver-file.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import { nameTaken } from "../documents/name-taken.ts";
import { outputName } from "../documents/output-name.ts";

/** Names that others take just before us; more than this is no coincidence. */
const MAXIMUM_NAMES = 50;

/** The next free name for a document's result. */
export type NameResult = (item: ItemRecord, isTaken: (name: string) => boolean) => string;

const signedName: NameResult = (item, isTaken) =>
  outputName(item.outputFixed ? basename(item.outputPath) : item.name, isTaken);

/** Gives the checked file its name, the next free one when somebody was faster. Returns the path it has now. */
export async function deliverItem(
  journal: Journal,
  item: ItemRecord,
  nameResult: NameResult = signedName,
): Promise<Result<string, Failure>> {
  let outputPath = item.outputPath;
  if (item.phase === "assembled") {
    await removeReservation(outputPath);
  }
  // Before it has its name: the audit trail tells what was checked, whatever becomes of the file afterwards.
  const sha256 = await digestOfStart(item.stagedPath, (await stat(item.stagedPath)).size);
  for (let tries = 0; tries < MAXIMUM_NAMES; tries += 1) {
    journal.storeOutputPath(item.transaction, item.item, outputPath, sha256);
    const outcome = await deliverFile(item.stagedPath, outputPath, item.sourcePath);
    if (outcome.ok) {
      return success(outputPath);
    }
    if (outcome.failure.code !== "output.name-taken") {
      return outcome;
    }
    // Somebody took the name since the person confirmed it. What was approved is never lost: the next free name.
    const folder = dirname(item.outputPath);
    outputPath = join(
      folder,
      nameResult(item, (name) => nameTaken(join(folder, name))),
    );
  }
  return failed({ code: "output.name-taken", params: { name: basename(outputPath) } });
}

/** The file may have got its name just before the program ended. Long-term data makes it longer than it was prepared. */
export function wasDelivered(item: ItemRecord, prepared: PreparedSignature): Promise<boolean> {
  const [first, firstLength, second, secondLength] = prepared.byteRange;
  return hasItsName(item, prepared.stagedSize, async (path) => {
    const digest = await digestRanges(
      path,
      [
        { offset: first, length: firstLength },
        { offset: second, length: secondLength },
      ],
      { algorithm: preparedDigest(prepared) },
    );
    return Buffer.from(digest).toString("hex") === prepared.documentDigest;
  });
}

/** Whether the file under the result's name, of at least this size, is what was staged; the working name is taken away then. */
export async function hasItsName(
  item: ItemRecord,
  leastSize: number,
  isOurs: (path: string) => Promise<boolean>,
): Promise<boolean> {
  const output = await stat(item.outputPath).catch(() => null);
  if (output === null || output.size < leastSize) {
    return false;
  }
  const staged = await stat(item.stagedPath).catch(() => null);
  // Both names for one file: the crash came between link and unlink.
  const twoNames = staged !== null && staged.ino !== 0 && staged.ino === output.ino && staged.dev === output.dev;
  if ((staged !== null && !twoNames) || !(await isOurs(item.outputPath))) {
    return false;
  }
  await rm(item.stagedPath, { force: true });
  return true;
}

/** Where there are no hard links, a crash may leave the empty file by which this run reserved the name. */
async function removeReservation(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true && found.size === 0) {
    await rm(path, { force: true });
  }
}
