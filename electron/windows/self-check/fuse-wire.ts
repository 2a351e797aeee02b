import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * The fuses of Electron 45, in the order of the wire. Source: Electron's documentation "Electron Fuses" and the package
 * `@electron/fuses`, which writes them.
 */
export const FUSES = [
  "RunAsNode",
  "EnableCookieEncryption",
  "EnableNodeOptionsEnvironmentVariable",
  "EnableNodeCliInspectArguments",
  "EnableEmbeddedAsarIntegrityValidation",
  "OnlyLoadAppFromAsar",
  "LoadBrowserProcessSpecificV8Snapshot",
  "GrantFileProtocolExtraPrivileges",
  "WasmTrapHandlers",
] as const;
export type Fuse = (typeof FUSES)[number];

/** "removed": this Electron has the fuse no longer. "unknown": a byte that means nothing to us. */
export type FuseState = "on" | "off" | "removed" | "unknown";

/** States by position; a wire may be longer than `FUSES` in a newer Electron, and shorter in an older one. */
export type FuseWire = readonly FuseState[];

const SENTINEL = Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX", "latin1");
const VERSION = 1;
/** The wire's length is one byte. */
const MAXIMUM_WIRE = 2 + 255;
const CHUNK = 4 * 1024 * 1024;

/** The file in which Electron keeps the fuses of this executable: itself, on macOS the framework beside it. */
export function fuseFile(executable: string, platform: NodeJS.Platform): string {
  return platform === "darwin"
    ? join(dirname(executable), "..", "Frameworks", "Electron Framework.framework", "Electron Framework")
    : executable;
}

/**
 * Every fuse wire in a file: one, or one for each architecture of a universal macOS program. After the sentinel come the
 * version, the length and one byte for each fuse. Null: there is none, it has an unknown version, or the file cannot be read.
 */
export async function readFuseWires(path: string): Promise<readonly FuseWire[] | null> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch {
    return null;
  }
  try {
    const wires: FuseWire[] = [];
    for await (const place of sentinels(file)) {
      const wire = await wireAt(file, place + SENTINEL.length);
      if (wire === null) {
        return null;
      }
      wires.push(wire);
    }
    return wires.length === 0 ? null : wires;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Offsets of the sentinels. The executable is some 200 MB: it is read in pieces, which overlap by all but one byte. */
async function* sentinels(file: FileHandle): AsyncGenerator<number> {
  const buffer = Buffer.allocUnsafe(CHUNK + SENTINEL.length - 1);
  for (let start = 0; ; start += CHUNK) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const piece = buffer.subarray(0, bytesRead);
    for (let at = piece.indexOf(SENTINEL); at >= 0; at = piece.indexOf(SENTINEL, at + 1)) {
      yield start + at;
    }
    if (bytesRead < buffer.length) {
      return;
    }
  }
}

async function wireAt(file: FileHandle, place: number): Promise<FuseWire | null> {
  const buffer = Buffer.alloc(MAXIMUM_WIRE);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, place);
  const [version, length = 0] = buffer;
  if (version !== VERSION || length === 0 || bytesRead < 2 + length) {
    return null;
  }
  return [...buffer.subarray(2, 2 + length)].map(stateOf);
}

function stateOf(byte: number): FuseState {
  switch (byte) {
    case 0x30:
      return "off";
    case 0x31:
      return "on";
    case 0x72:
      return "removed";
    default:
      return "unknown";
  }
}
