import { rm, stat } from "node:fs/promises";
import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { openFileSource } from "../../pdf/file-source.ts";
import { IncrementalUpdate } from "../../pdf/incremental-update.ts";
import { openPdf } from "../../pdf/open-pdf.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { digestRanges } from "../../pdf/range-digest.ts";
import { stageCopy } from "../../pdf/staged-copy.ts";
import { appendUpdate } from "../extend/append-update.ts";
import { updateCatalog } from "../form-update.ts";
import { writeFailure } from "../write-failure.ts";
import { appendTextPage } from "./append-page.ts";
import { attachFiles } from "./attach-files.ts";
import type { Attachment } from "./attachment.ts";
import { attachmentObstacle } from "./attachment-obstacle.ts";
import type { AttachmentObstacle } from "./attachment-obstacle.ts";
import type { TextPage } from "./text-page.ts";

export interface AttachRequest {
  /** Only read. */
  readonly source: string;
  /** Of the document that is meant. */
  readonly size: number;
  readonly sha256: Sha256Hex;
  /** Path of the copy. Overwritten when it exists; removed again unless the files were attached. */
  readonly staged: string;
  readonly attachments: readonly Attachment[];
  /** A page for people, behind the last one; null: none. */
  readonly page: TextPage | null;
  /** TrueType, for the page. */
  readonly font: Uint8Array;
  /** /ModDate of the files. */
  readonly time: Date;
  /** East of UTC. */
  readonly utcOffsetMinutes?: number;
}

export type AttachOutcome =
  | {
      readonly kind: "attached";
      /** Bytes of the copy now. */
      readonly size: number;
      /** "left-out": the document is tagged, and its structure could not be continued. */
      readonly page: "added" | "left-out" | "none";
    }
  | { readonly kind: "obstacle"; readonly obstacle: AttachmentObstacle };

/**
 * Makes a copy of the document with files attached, as one incremental update behind its unchanged bytes. Nothing is
 * random: the same request makes the same bytes.
 *
 * Failures: document.changed-on-disk (also when it is gone: params.reason "gone"), output.* for the copy.
 */
export async function attachToCopy(request: AttachRequest): Promise<Result<AttachOutcome, Failure>> {
  const { source, staged, size, sha256 } = request;
  try {
    await rm(staged, { force: true });
    if ((await stat(source)).size !== size) {
      return failed({ code: "document.changed-on-disk" });
    }
    await stageCopy(source, staged);
    // SECURITY: looked at in the copy, to which nobody else writes: the update is made for these very bytes.
    if (!(await isMeant(staged, size, sha256))) {
      return await withoutCopy(staged, failed({ code: "document.changed-on-disk" }));
    }
    const outcome = await attach(request);
    return outcome.ok && outcome.value.kind === "attached" ? outcome : await withoutCopy(staged, outcome);
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    const isGone = error instanceof Error && "code" in error && error.code === "ENOENT" && "path" in error;
    if (isGone && error.path === source) {
      return failed({ code: "document.changed-on-disk", params: { reason: "gone" } });
    }
    return failed(writeFailure(error));
  }
}

async function withoutCopy<T>(staged: string, outcome: T): Promise<T> {
  await rm(staged, { force: true });
  return outcome;
}

async function isMeant(path: string, size: number, sha256: Sha256Hex): Promise<boolean> {
  if ((await stat(path)).size !== size) {
    return false;
  }
  return Buffer.from(await digestRanges(path, [{ offset: 0, length: size }])).toString("hex") === sha256;
}

async function attach(request: AttachRequest): Promise<Result<AttachOutcome, Failure>> {
  // Loading the font library takes longer than all the rest.
  const fonts = request.page === null ? null : await import("../appearance/mark-font.ts");
  let file: PdfFile | null = null;
  try {
    file = openPdf(openFileSource(request.staged));
    const obstacle = attachmentObstacle(
      file,
      request.attachments.map(({ name }) => name),
    );
    if (obstacle !== null) {
      return success({ kind: "obstacle", obstacle });
    }
    const update = new IncrementalUpdate(file);
    const { attachments, page, time, utcOffsetMinutes = 0 } = request;
    updateCatalog(file, update, attachFiles(file, update, attachments, { time, utcOffsetMinutes }));
    const added =
      page === null || fonts === null
        ? "none"
        : appendTextPage(file, update, page, new fonts.MarkFont(request.font))
          ? "added"
          : "left-out";
    const { base, bytes } = update.render();
    file.close();
    return (await appendUpdate(request.staged, base, bytes))
      ? success({ kind: "attached", size: base + bytes.length, page: added })
      : failed({ code: "document.changed-on-disk" });
  } catch (error) {
    if (error instanceof PdfProblem) {
      // What cannot be read strictly cannot be continued; a password is not asked for here.
      return success({ kind: "obstacle", obstacle: error.code.startsWith("encr") ? "encrypted" : "damaged" });
    }
    throw error;
  } finally {
    file?.close();
  }
}
