import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { MarkFont } from "../../pades/appearance/mark-font.ts";
import type { MarkPresets } from "../../storage/mark-presets.ts";
import type { PictureStore } from "../../storage/picture-store.ts";
import type { HandlersOf } from "../application/command-handlers.ts";
import type { ApplicationPorts } from "../ports.ts";
import { MARK_FONT } from "../signing/mark-font-file.ts";
import { addPicture, addPictureFile } from "./mark-pictures.ts";
import { previewMark } from "./preview-mark.ts";

export interface MarksParts {
  readonly ports: ApplicationPorts;
  readonly presets: MarkPresets;
  readonly pictures: PictureStore;
  readonly practice: () => boolean;
  /** The list of presets has changed. */
  readonly onChange: () => void;
}

export function marksCommands({ ports, presets, pictures, practice, onChange }: MarksParts): HandlersOf<"marks"> {
  let font: Promise<MarkFont> | null = null;
  const loadFont = async (): Promise<MarkFont> => {
    // fontkit takes longer to load than everything else at start, and is needed for visible marks only.
    const [{ MarkFont: Font }, file] = await Promise.all([
      import("../../pades/appearance/mark-font.ts"),
      readFile(join(ports.paths.fonts, MARK_FONT)),
    ]);
    return new Font(new Uint8Array(file));
  };
  const change = (work: () => void): Result<null, Failure> => {
    try {
      work();
      onChange();
      return success(null);
    } catch {
      return failed({ code: "mark.cannot-save" });
    }
  };
  return {
    "marks.preview": (input) =>
      previewMark({ pictures, font: () => (font ??= loadFont()), now: ports.clock.now, practice: practice() }, input),
    "marks.choosePicture": async () => {
      const path = await ports.dialogs.choosePicture();
      return path === null ? success(null) : addPictureFile(pictures, path);
    },
    "marks.addPicture": ({ bytes }) => addPicture(pictures, bytes),
    "marks.picture": async ({ picture }) => {
      const bytes = pictures.get(picture);
      return bytes === null
        ? failed({ code: "picture.missing" })
        : success({ type: bytes[0] === 0xff ? "image/jpeg" : "image/png", bytes });
    },
    "marks.save": async ({ id, name, design }) => {
      const own = id ?? ports.randomUuid();
      const saved = change(() => presets.put({ id: own, name: name.trim(), design }));
      return saved.ok ? success({ id: own }) : saved;
    },
    "marks.remove": async ({ id }) => change(() => presets.remove(id)),
    "marks.setDefault": async ({ id }) => change(() => presets.setDefault(id)),
  };
}
