import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const SERVICE = "org.freedesktop.secrets";
const has = (program: string): boolean => spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;

/** Whether a Secret Service can be started here (Linux with D-Bus and GNOME Keyring). */
export const canStartKeychain =
  process.platform === "linux" && ["dbus-daemon", "gnome-keyring-daemon", "gdbus"].every(has);

/**
 * A D-Bus session with a keychain of its own, which can be locked, unlocked and taken away while programs use it. No
 * window can ask for its password: whoever has to be asked counts as having said no.
 */
export class KeychainSession {
  readonly #home = mkdtempSync(join(tmpdir(), "sealdesk-keychain-"));
  readonly #folders: NodeJS.ProcessEnv;
  #bus: ChildProcess | null = null;
  #daemon: ChildProcess | null = null;
  #address = "";

  private constructor() {
    const names = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"];
    this.#folders = Object.fromEntries(names.map((name) => [name, join(this.#home, name.toLowerCase())]));
    Object.values(this.#folders).forEach((folder) => mkdirSync(folder ?? "", { mode: 0o700 }));
  }

  /** Unlocked and empty, as a signed-in person has it. */
  static async start(): Promise<KeychainSession> {
    const session = new KeychainSession();
    try {
      await session.#startBus();
      await session.unlock();
      return session;
    } catch (error) {
      await session.stop();
      throw error;
    }
  }

  /** For programs that are to find this keychain and no other. */
  get env(): NodeJS.ProcessEnv {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, GNOME_KEYRING_CONTROL: _control, ...rest } = process.env;
    return { ...rest, ...this.#folders, DBUS_SESSION_BUS_ADDRESS: this.#address };
  }

  /** Of the session bus. */
  get address(): string {
    return this.#address;
  }

  async lock(): Promise<void> {
    const path = await this.#collection();
    await this.#call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", `['${path}']`);
    if (!(await this.isLocked())) throw new Error("the keychain did not lock");
  }

  async isLocked(): Promise<boolean> {
    const property = ["org.freedesktop.Secret.Collection", "Locked"];
    return (await this.#call(await this.#collection(), "org.freedesktop.DBus.Properties.Get", ...property)).includes(
      "true",
    );
  }

  /** As signing in does: with the password. The daemon starts anew, because nothing else takes it without a window. */
  async unlock(): Promise<void> {
    await end(this.#daemon);
    const daemon = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
      env: this.env,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.#daemon = daemon;
    daemon.stdin.on("error", () => undefined);
    daemon.stdin.end("practice");
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      const owned = await this.#gdbus("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", SERVICE);
      if (owned.includes("true") && !(await this.isLocked())) return;
      await delay(50);
    }
    throw new Error("the keychain did not open");
  }

  /** Paths of all items. */
  async items(): Promise<readonly string[]> {
    const property = ["org.freedesktop.Secret.Collection", "Items"];
    const told = await this.#call(await this.#collection(), "org.freedesktop.DBus.Properties.Get", ...property);
    return [...told.matchAll(/'(\/org[^']+)'/gu)].map((match) => match[1] ?? "");
  }

  /** As somebody does who clears the keychain. */
  async deleteItems(): Promise<void> {
    for (const path of await this.items()) {
      await this.#call(path, "org.freedesktop.Secret.Item.Delete");
    }
  }

  async stop(): Promise<void> {
    await end(this.#daemon);
    await end(this.#bus);
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #startBus(): Promise<void> {
    const bus = spawn("dbus-daemon", ["--session", "--nofork", "--print-address=1"], {
      env: this.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#bus = bus;
    for await (const line of createInterface({ input: bus.stdout })) {
      this.#address = line.trim();
      return;
    }
    throw new Error("no session bus could be started");
  }

  async #collection(): Promise<string> {
    const told = await this.#call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias", "default");
    return /'(\/[^']*)'/u.exec(told)?.[1] ?? "/";
  }

  #call(path: string, method: string, ...args: readonly string[]): Promise<string> {
    return this.#gdbus(SERVICE, path, method, ...args);
  }

  async #gdbus(destination: string, path: string, method: string, ...args: readonly string[]): Promise<string> {
    const call = [
      "call",
      "--session",
      "--timeout=10",
      "--dest",
      destination,
      "--object-path",
      path,
      "--method",
      method,
    ];
    const { stdout } = await run("gdbus", [...call, ...args], { env: this.env, timeout: 15_000 });
    return stdout;
  }
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
