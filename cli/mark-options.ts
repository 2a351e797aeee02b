import { join } from "node:path";
import { addPictureFile } from "../electron/services/marks/mark-pictures.ts";
import { usedPictures } from "../electron/services/marks/used-pictures.ts";
import type { ItemRecord } from "../electron/storage/journal-record.ts";
import { openMarkPresets } from "../electron/storage/mark-presets.ts";
import { openPictures } from "../electron/storage/picture-store.ts";
import type { PictureStore } from "../electron/storage/picture-store.ts";
import { initialsSchema, markDesignSchema } from "../shared/ipc.ts";
import type { Sha256Hex } from "../shared/ids.ts";
import { MARK_CORNERS, MARK_DATE_FORMATS, MARK_LAYOUTS, NO_PRESETS } from "../shared/mark-design.ts";
import { USUAL_INITIALS, USUAL_MARK } from "../shared/mark-design.ts";
import type { InitialsDesign, MarkDesign, MarkQr } from "../shared/mark-design.ts";
import { PLACEHOLDERS, unknownPlaceholders } from "../shared/mark-lines.ts";
import { failureWords } from "../shared/messages/words.ts";
import { parsePageRanges } from "../shared/page-ranges.ts";
import { UsageError } from "./exit-status.ts";

/** How the visible mark looks, as the command line gives it. */
export interface MarkArguments {
  readonly preset?: string;
  readonly text?: readonly string[];
  readonly date?: string;
  readonly image?: string;
  readonly layout?: string;
  readonly qr?: string;
  readonly initials?: string;
  readonly initialsText?: string;
  readonly initialsImage?: string;
  readonly initialsCorner?: string;
}

export interface ChosenMarks {
  readonly mark: MarkDesign | null;
  readonly initials: InitialsDesign | null;
}

/** The command line's own pictures: its journal, not the window's, says which are needed. */
export const commandLinePictures = (data: string): PictureStore => openPictures(join(data, "command-line-pictures"));

/** Removes what neither an unfinished run nor this command needs. */
export function tidyPictures(data: string, unfinished: readonly ItemRecord[], chosen: ChosenMarks, now: number): void {
  const own = [chosen.mark?.picture, chosen.initials?.picture].filter((picture) => picture !== undefined);
  const used = new Set([...usedPictures(NO_PRESETS, unfinished), ...own.filter((picture) => picture !== null)]);
  commandLinePictures(data).keepOnly(used, now);
}

/** Throws UsageError for what cannot be meant. */
export async function chooseMarks(given: MarkArguments, data: string): Promise<ChosenMarks> {
  return { mark: await chooseMark(given, data), initials: await chooseInitials(given, data) };
}

async function chooseMark(given: MarkArguments, data: string): Promise<MarkDesign | null> {
  const { preset, text, date, image, layout, qr } = given;
  if ([preset, text, date, image, layout, qr].every((option) => option === undefined)) {
    return null;
  }
  const base = preset === undefined ? USUAL_MARK : presetDesign(preset, data);
  const picture = image === undefined ? base.picture : await pictureOf("--image", image, data);
  const own = layout === undefined ? base.layout : oneOf("--layout", layout, MARK_LAYOUTS);
  const design = {
    lines: text === undefined ? base.lines : text.map((line) => checkedLine(line)),
    dateFormat: date === undefined ? base.dateFormat : oneOf("--date", date, MARK_DATE_FORMATS),
    picture,
    // A picture that was given is meant to be seen.
    layout: layout === undefined && own === "text" && picture !== null ? ("picture-left" as const) : own,
    qr: qr === undefined ? base.qr : qrOf(qr),
  };
  const checked = markDesignSchema.safeParse(design);
  if (!checked.success) {
    throw new UsageError("--text: at most 8 lines of 200 characters; --qr: at most 2000 characters");
  }
  return checked.data;
}

function presetDesign(name: string, data: string): MarkDesign {
  const { presets } = openMarkPresets(join(data, "marks.json")).current();
  const found = presets.find((preset) => preset.name === name) ?? presets.find((preset) => preset.id === name);
  if (found === undefined) {
    const names = presets.map((preset) => preset.name).join(", ");
    throw new UsageError(`--preset ${name}: no such mark${names === "" ? "; none is saved" : `; there are: ${names}`}`);
  }
  const { picture } = found.design;
  const bytes = picture === null ? null : openPictures(join(data, "mark-pictures")).get(picture);
  if (picture !== null && bytes === null) {
    throw new UsageError(`--preset ${name}: ${failureWords({ code: "picture.missing" }).join(" ")}`);
  }
  if (bytes !== null) {
    commandLinePictures(data).put(bytes);
  }
  return found.design;
}

function checkedLine(line: string): string {
  const [unknown] = unknownPlaceholders(line);
  if (unknown !== undefined) {
    const known = PLACEHOLDERS.map((name) => `{${name}}`).join(" ");
    throw new UsageError(`--text: there is no value {${unknown}}; there are ${known}`);
  }
  return line;
}

/** "digest", an http(s) address, or with "text:" in front anything else. */
function qrOf(given: string): MarkQr {
  if (given === "digest") {
    return { kind: "digest" };
  }
  if (given.startsWith("text:") && given.length > 5) {
    return { kind: "text", text: given.slice(5) };
  }
  if (/^https?:\/\/./u.test(given)) {
    return { kind: "url", url: given };
  }
  throw new UsageError(`--qr ${given}: expected digest, an http or https address (with {digest} in it), or text:TEXT`);
}

async function chooseInitials(given: MarkArguments, data: string): Promise<InitialsDesign | null> {
  if (given.initials === undefined) {
    if ([given.initialsText, given.initialsImage, given.initialsCorner].some((option) => option !== undefined)) {
      throw new UsageError("--initials says on which pages: all, or pages and ranges such as 1-3,5");
    }
    return null;
  }
  if (parsePageRanges(given.initials) === null) {
    throw new UsageError(`--initials ${given.initials}: expected all, or pages and ranges such as 1-3,5`);
  }
  const design = {
    ...USUAL_INITIALS,
    pages: given.initials,
    text: given.initialsText === undefined ? "" : checkedLine(given.initialsText),
    picture: given.initialsImage === undefined ? null : await pictureOf("--initials-image", given.initialsImage, data),
    corner:
      given.initialsCorner === undefined
        ? USUAL_INITIALS.corner
        : oneOf("--initials-corner", given.initialsCorner, MARK_CORNERS),
  };
  const checked = initialsSchema.safeParse(design);
  if (!checked.success) {
    throw new UsageError("--initials-text: at most 60 characters");
  }
  return checked.data;
}

async function pictureOf(option: string, path: string, data: string): Promise<Sha256Hex> {
  const added = await addPictureFile(commandLinePictures(data), path);
  if (!added.ok) {
    throw new UsageError(`${option} ${path}: ${failureWords(added.failure).join(" ")}`);
  }
  return added.value.picture;
}

function oneOf<Value extends string>(option: string, given: string, allowed: readonly Value[]): Value {
  const found = allowed.find((value) => value === given);
  if (found === undefined) {
    throw new UsageError(`${option} ${given}: expected one of ${allowed.join(", ")}`);
  }
  return found;
}
