import { createHash } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import type { Failure } from "../../../../shared/failure.ts";
import { sha256Hex } from "../../../../shared/ids.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { rewriteRepaired } from "../../../pdf/rewrite.ts";
import type { DocumentToSend } from "../../../providers/provider.ts";
import type { ItemRecord, SentDocument } from "../../../storage/journal-record.ts";
import { fileFailure } from "../../documents/file-failure.ts";
import { openEitherWay } from "../../documents/open-document.ts";
import { boxOf, placeOf } from "./signature-place.ts";

/** A document that is read whole to be sent; more than this no provider takes by far. */
const MAXIMUM_BYTES = 256 * 1024 * 1024;

export interface PreparedToSend {
  readonly sent: SentDocument;
  readonly document: DocumentToSend;
}

/**
 * Makes one document ready for a provider that takes whole documents: the original as it is, or the clean copy of one
 * whose structure is damaged, which its owner agreed to. The copy lies beside the destination until the run has ended.
 */
export async function documentToSend(item: ItemRecord): Promise<Result<PreparedToSend, Failure>> {
  const opened = openEitherWay(item.sourcePath);
  if (!opened.ok) {
    return opened;
  }
  try {
    const path = item.rewrite ? await cleanCopy(opened.value, item) : item.sourcePath;
    const place = placeOf(opened.value, item.placement);
    const firstPage = boxOf(opened.value.page(0).cropBox);
    const bytes = await readConfirmed(path, item);
    if (!bytes.ok) {
      return bytes;
    }
    const sha256 = sha256Hex(sha256Of(bytes.value));
    const { item: id, name } = item;
    const size = bytes.value.length;
    const read = async (): Promise<Result<Uint8Array, Failure>> => {
      const again = await readConfirmed(path, item);
      return again.ok && sha256Of(again.value) !== sha256 ? changed(item) : again;
    };
    return success({ sent: { size, sha256 }, document: { id, name, size, sha256, place, firstPage, read } });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return failed({ code: "document.damaged", params: { name: item.name } });
    }
    if (error instanceof Error && "syscall" in error) {
      return failed(fileFailure(error, item.outputPath));
    }
    throw error;
  } finally {
    opened.value.close();
  }
}

export const cleanCopyPath = (item: ItemRecord): string => `${item.stagedPath}.clean`;

async function cleanCopy(file: PdfFile, item: ItemRecord): Promise<string> {
  const path = cleanCopyPath(item);
  // An earlier start may have ended in the middle of writing it.
  await rm(path, { force: true });
  await rewriteRepaired(file, path);
  return path;
}

/** SECURITY: what goes out is what the person saw and confirmed, whatever has happened to the file since. */
async function readConfirmed(path: string, item: ItemRecord): Promise<Result<Uint8Array, Failure>> {
  try {
    if ((await stat(path)).size > MAXIMUM_BYTES) {
      return failed({ code: "provider.document-too-large", params: { name: item.name } });
    }
    const bytes = new Uint8Array(await readFile(path));
    return item.rewrite || sha256Of(bytes) === item.sourceSha256 ? success(bytes) : changed(item);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    return gone ? failed({ code: "document.not-found", params: { name: item.name } }) : changed(item);
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const changed = (item: ItemRecord): { readonly ok: false; readonly failure: Failure } =>
  failed({ code: "document.changed-on-disk", params: { name: item.name } });
