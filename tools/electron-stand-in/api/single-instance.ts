import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProcessAlive } from "../chromium/process-alive.ts";

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** `first` holds the lock; `second` has told the first, and `told` resolves when the message is out. */
export type LockResult =
  | { readonly kind: "first"; readonly release: () => void }
  | { readonly kind: "second"; readonly told: Promise<void> };

/** The pid and, on Linux, the start time of its process: a pid alone may come again. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return String(pid);
  }
}

function takeLock(file: string): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, identity(process.pid), { flag: "wx" });
      return true;
    } catch {
      const holder = readHolder(file);
      const pid = Number(holder.split(" ")[0]);
      if (pid === process.pid) return true;
      if (isProcessAlive(pid) && identity(pid) === holder) return false;
      rmSync(file, { force: true });
    }
  }
  return false;
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** In the folder, unless its path would be longer than the 104 bytes that a Unix socket may have on macOS. */
function socketOf(userData: string): string {
  const name = `sealdesk-stand-in-${createHash("sha256").update(userData).digest("hex").slice(0, 16)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const inside = join(userData, "stand-in.sock");
  return Buffer.byteLength(inside) < 100 ? inside : join(tmpdir(), `${name}.sock`);
}

/** One instance per user data folder: takes the lock, or tells its holder about this instance. */
export function requestLock(
  userData: string,
  self: SecondInstance,
  onSecond: (instance: SecondInstance) => void,
): LockResult {
  mkdirSync(userData, { recursive: true });
  const file = join(userData, "stand-in-instance");
  const socket = socketOf(userData);
  if (!takeLock(file)) {
    const told = new Promise<void>((resolve) => {
      const client = connect(socket, () => client.end(JSON.stringify(self)));
      client.on("error", () => resolve()).on("close", () => resolve());
      client.resume();
    });
    return { kind: "second", told };
  }
  if (process.platform !== "win32") rmSync(socket, { force: true });
  const server = createServer((client) => {
    const chunks: Buffer[] = [];
    client.on("error", () => client.destroy());
    client.on("data", (chunk: Buffer) => chunks.push(chunk));
    client.on("end", () => {
      client.end();
      onSecond(JSON.parse(Buffer.concat(chunks).toString("utf8")) as SecondInstance);
    });
  });
  server.listen(socket);
  server.unref();
  const release = (): void => {
    server.close();
    rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { kind: "first", release };
}
