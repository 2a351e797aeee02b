import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inflateSync, constants } from "node:zlib";
import { spellingsOf } from "./spellings.ts";
import type { Spelling } from "./spellings.ts";

export interface Leak {
  readonly secret: string;
  readonly spelling: string;
  readonly sink: string;
  /** What stands around it, to find the place. */
  readonly around: string;
}

interface Planted {
  readonly name: string;
  readonly spellings: readonly Spelling[];
  /** A hit between further digits or letters is chance: a short number within a longer one. */
  readonly standsAlone: boolean;
  readonly allowed: (sink: string) => boolean;
}

const AROUND = 40;

/** Knows secrets that were planted and looks for them, in all their spellings, wherever something was written. */
export class SecretSearch {
  readonly #planted: Planted[] = [];
  readonly #leaks: Leak[] = [];
  readonly #allowedSeen = new Set<string>();
  #looked = 0;

  /** `allowed`: sinks in which the design has it; there it is counted (`seenWhereAllowed`) and nowhere else. */
  plant(name: string, secret: string | Uint8Array, allowed: (sink: string) => boolean = () => false): void {
    this.#planted.push({ name, spellings: spellingsOf(secret), allowed, standsAlone: false });
  }

  /** A number that is too short to be looked for in the middle of others (a one-time code). */
  plantCode(name: string, code: string, allowed: (sink: string) => boolean = () => false): void {
    const spellings = spellingsOf(code).filter(({ name: spelling }) => ["as it is", "UTF-16LE"].includes(spelling));
    this.#planted.push({ name, spellings, allowed, standsAlone: true });
  }

  get names(): readonly string[] {
    return this.#planted.map(({ name }) => name);
  }

  look(sink: string, content: string | Uint8Array): void {
    const bytes =
      typeof content === "string"
        ? Buffer.from(content)
        : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    this.#looked += bytes.length;
    for (const { name, spellings, allowed, standsAlone } of this.#planted) {
      const found = spellings.find((spelling) => placeOf(bytes, spelling.bytes, standsAlone) !== -1);
      if (found === undefined) continue;
      if (allowed(sink)) {
        this.#allowedSeen.add(`${name} in ${sink}`);
        continue;
      }
      const at = placeOf(bytes, found.bytes, standsAlone);
      const around = bytes.subarray(Math.max(0, at - AROUND), at + found.bytes.length + AROUND).toString("latin1");
      this.#leaks.push({ secret: name, spelling: found.name, sink, around: around.replaceAll(/[^\x20-\x7e]/gu, "·") });
    }
  }

  /** Contents and names of all files, with write-ahead logs and free pages, as they lie on the disk. */
  lookAtFolder(sink: string, folder: string, skip: (path: string) => boolean = () => false): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).replaceAll("\\", "/");
      if (skip(name)) continue;
      this.look(`${sink}: names`, name);
      const bytes = entry.isFile() ? quietly(() => readFileSync(path)) : null;
      if (bytes === null) continue;
      this.look(`${sink}: ${name}`, bytes);
      if (bytes.subarray(0, 1024).includes("%PDF-")) {
        streamsOf(bytes).forEach((stream) => this.look(`${sink}: ${name}, inflated`, stream));
      }
    }
  }

  get leaks(): readonly Leak[] {
    return this.#leaks;
  }

  /** Where a secret was found that may be there. */
  get seenWhereAllowed(): readonly string[] {
    return [...this.#allowedSeen].toSorted();
  }

  /** Bytes. */
  get looked(): number {
    return this.#looked;
  }

  /** Each leak in a line, the same place only once. */
  report(): readonly string[] {
    return [
      ...new Set(
        this.#leaks.map(({ secret, spelling, sink, around }) => `${secret} (${spelling}) in ${sink}: ${around}`),
      ),
    ];
  }
}

function placeOf(bytes: Buffer, wanted: Buffer, standsAlone: boolean): number {
  const isSign = (byte: number | undefined): boolean =>
    byte !== undefined && /[0-9A-Za-z.]/u.test(String.fromCharCode(byte));
  const isWithin = (at: number): boolean => isSign(bytes[at - 1]) || isSign(bytes[at + wanted.length]);
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
    if (!standsAlone || !isWithin(at)) return at;
  }
  return -1;
}

function streamsOf(bytes: Buffer): readonly Buffer[] {
  const streams: Buffer[] = [];
  for (let at = bytes.indexOf("stream"); at !== -1; at = bytes.indexOf("stream", at + 6)) {
    const begin = at + (bytes[at + 6] === 0x0d ? 8 : 7);
    const inflated = quietly(() => inflateSync(bytes.subarray(begin), { finishFlush: constants.Z_SYNC_FLUSH }));
    if (inflated !== null) streams.push(inflated);
  }
  return streams;
}

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    // Gone since it was listed, or no deflated stream.
    return null;
  }
}
