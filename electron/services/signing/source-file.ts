import { rm, stat } from "node:fs/promises";
import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { rewriteRepaired } from "../../pdf/rewrite.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { digestOfStart } from "../documents/digest-of-start.ts";
import { fileFailure } from "../documents/file-failure.ts";

/** A clean copy of a damaged original lies beside the destination until the run has ended. */
export const cleanCopyPath = (item: ItemRecord): string => `${item.stagedPath}.clean`;

/** The original itself, or for a damaged one, with the person's consent, a clean copy of what could be read. */
export async function sourceFile(file: PdfFile, item: ItemRecord): Promise<Result<string, Failure>> {
  if (!item.rewrite) {
    return success(item.sourcePath);
  }
  const path = cleanCopyPath(item);
  try {
    // An earlier start may have ended in the middle of writing it.
    await rm(path, { force: true });
    await rewriteRepaired(file, path);
    return success(path);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return failed({ code: "document.damaged", params: { name: item.name } });
    }
    if (error instanceof Error && "syscall" in error) {
      return failed(fileFailure(error, item.outputPath));
    }
    throw error;
  }
}

/** SECURITY: what is signed is what the person saw and confirmed. Null: the original still is that. */
export async function originalProblem(
  item: ItemRecord,
): Promise<{ readonly ok: false; readonly failure: Failure } | null> {
  const changed = failed<Failure>({ code: "document.changed-on-disk", params: { name: item.name } });
  try {
    if ((await stat(item.sourcePath)).size !== item.sourceSize) {
      return changed;
    }
    return (await digestOfStart(item.sourcePath, item.sourceSize)) === item.sourceSha256 ? null : changed;
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    return gone ? failed({ code: "document.not-found", params: { name: item.name } }) : changed;
  }
}
