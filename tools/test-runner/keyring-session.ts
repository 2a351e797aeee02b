// Runs a command inside a D-Bus session with an unlocked, empty keychain, as a signed-in user has one:
//   dbus-run-session -- node tools/test-runner/keyring-session.ts PROGRAM ARGUMENT…
// Everything it keeps lies in folders made for this run and removed after it.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const [program = "", ...args] = process.argv.slice(2);
const home = mkdtempSync(path.join(tmpdir(), "sealdesk-session-"));
const folders = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"] as const;
const env: NodeJS.ProcessEnv = { ...process.env };
for (const name of folders) {
  const folder = path.join(home, name.toLowerCase());
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  env[name] = folder;
}

// In the foreground, so that its pid is known and it can be ended. The password is arbitrary: the keychain is new.
const daemon = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
  env,
  stdio: ["pipe", "ignore", "ignore"],
});
daemon.on("error", () => undefined);
daemon.stdin.on("error", () => undefined);
daemon.stdin.end("practice");

if (await isReady()) env["SEALDESK_TEST_KEYRING"] = "unlocked";
else process.stderr.write("sealdesk: the keychain did not start; tests that need it are skipped\n");

const child = spawn(program, args, { env, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  leave(127);
});
child.once("exit", (code, signal) => leave(code ?? (signal === null ? 1 : 128 + constants.signals[signal])));

function leave(code: number): void {
  daemon.kill("SIGTERM");
  rmSync(home, { recursive: true, force: true });
  process.exit(code);
}

/** Whether somebody answers for org.freedesktop.secrets on this bus, waiting up to five seconds. */
async function isReady(): Promise<boolean> {
  const question = ["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"];
  const call = [...question, "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"];
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const { status, stdout } = spawnSync("dbus-send", call, { env, encoding: "utf8", timeout: 5000 });
    if (status === 0 && stdout.includes("true")) return true;
    await delay(100);
  }
  return false;
}
