import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../../shared/ids.ts";
import type { Sha256Hex } from "../../shared/ids.ts";
import { replaceFile } from "./replace-file.ts";

/** Pictures under their SHA-256: the same one is stored once, and what the journal names cannot become another. */
export interface PictureStore {
  /** Throws a system error when it cannot be written. */
  readonly put: (bytes: Uint8Array) => Sha256Hex;
  /** Null: it is not there, or is not what it was. */
  readonly get: (picture: Sha256Hex) => Uint8Array | null;
  /** Removes pictures that nothing uses any more, but none younger than a day: it may be in a mark not yet saved. */
  readonly keepOnly: (used: ReadonlySet<string>, now: number) => void;
}

const ONE_DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const NAME = /^[0-9a-f]{64}$/u;

export function openPictures(folder: string): PictureStore {
  const pathOf = (picture: string): string => join(folder, picture);
  return {
    put: (bytes) => {
      const picture = digestOf(bytes);
      if (!existsSync(pathOf(picture)) || digestOf(readFileSync(pathOf(picture))) !== picture) {
        replaceFile(pathOf(picture), bytes);
      }
      // Chosen again is as good as new: see `keepOnly`.
      utimesSync(pathOf(picture), new Date(), new Date());
      return picture;
    },
    get: (picture) => {
      try {
        const bytes = new Uint8Array(readFileSync(pathOf(picture)));
        return digestOf(bytes) === picture ? bytes : null;
      } catch {
        return null;
      }
    },
    keepOnly: (used, now) => {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const path = pathOf(name);
        if (NAME.test(name) && !used.has(name) && now - statSync(path).mtimeMs > ONE_DAY_MILLISECONDS) {
          rmSync(path, { force: true });
        }
      }
    },
  };
}

const digestOf = (bytes: Uint8Array): Sha256Hex => sha256Hex(createHash("sha256").update(bytes).digest("hex"));
