import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Failure } from "../../../shared/failure.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import type { ChosenPicture } from "../../../shared/ipc.ts";
import type { MarkLayout } from "../../../shared/mark-design.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { decodeMarkImage } from "../../pades/appearance/decode-mark-image.ts";
import { importPicture } from "../../pades/appearance/import-picture.ts";
import { decodeJpegSamples } from "../../pades/appearance/jpeg-samples.ts";
import { MAXIMUM_FILE_BYTES } from "../../pades/appearance/mark-image.ts";
import type { MarkImage } from "../../pades/appearance/mark-image.ts";
import type { PictureStore } from "../../storage/picture-store.ts";

/** Reads a picture that the person chose, makes it plain and keeps it. */
export async function addPicture(pictures: PictureStore, bytes: Uint8Array): Promise<Result<ChosenPicture, Failure>> {
  const imported = await importPicture(bytes);
  if (!imported.ok) {
    return failed({ code: `picture.${imported.failure}` });
  }
  try {
    const { width, height } = imported.value;
    return success({ picture: pictures.put(imported.value.bytes), width, height });
  } catch {
    return failed({ code: "mark.cannot-save" });
  }
}

export async function addPictureFile(pictures: PictureStore, path: string): Promise<Result<ChosenPicture, Failure>> {
  try {
    // SECURITY: asked before it is read; a wrong file may be a film of many gigabytes.
    if ((await stat(path)).size > MAXIMUM_FILE_BYTES) {
      return failed({ code: "picture.too-large" });
    }
    return await addPicture(pictures, new Uint8Array(await readFile(path)));
  } catch {
    return failed({ code: "document.not-readable", params: { name: basename(path) } });
  }
}

/** A stored picture, ready to be drawn. Null picture: none is wanted. */
export async function loadPicture(
  pictures: PictureStore,
  picture: Sha256Hex | null,
  layout: MarkLayout,
): Promise<Result<MarkImage | null, Failure>> {
  if (picture === null || layout === "text") {
    return success(null);
  }
  const bytes = pictures.get(picture);
  if (bytes === null) {
    return failed({ code: "picture.missing" });
  }
  // Behind the text it may have to be mixed with white, and only samples can be.
  const jpeg = bytes[0] === 0xff;
  const decoded = jpeg && layout === "picture-behind" ? await decodeJpegSamples(bytes) : decodeMarkImage(bytes);
  return decoded.ok ? decoded : failed({ code: `picture.${decoded.failure}` });
}
