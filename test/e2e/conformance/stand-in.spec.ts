import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, onStandIn, test } from "./conformance.ts";

// What only the stand-in has to prove: that it says what it lacks, and that it cleans up after itself.
test.skip(!onStandIn, "these specs are about the stand-in, and this is real Electron");

test("a member that is not implemented throws by its name", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const messages = await app.evaluate((electron) => {
    const { app: program, screen, session, Tray } = electron;
    const { window } = globalThis.conformance;
    const actions: readonly (() => unknown)[] = [
      () => program.setBadgeCount(1),
      () => screen.getPrimaryDisplay(),
      () => new Tray("icon.png"),
      () => window.setKiosk(true),
      () => window.webContents.startDrag({ file: "x", icon: "y" }),
      () => session.defaultSession.enableNetworkEmulation({}),
      () => session.fromPartition("persist:x"),
      () => new electron.BrowserWindow({ webPreferences: { nodeIntegration: true } }),
    ];
    return actions.map((action) => {
      try {
        action();
        return "nothing was thrown";
      } catch (error) {
        return (error as Error).message;
      }
    });
  });
  expect(messages.map((message) => message.replace(/^electron stand-in: (.*) is not implemented$/, "$1"))).toEqual([
    "app.setBadgeCount",
    "screen.getPrimaryDisplay",
    "Tray",
    "BrowserWindow.setKiosk",
    "webContents.startDrag",
    "session.enableNetworkEmulation",
    'session.fromPartition("persist:x")',
    "webPreferences.nodeIntegration: true",
  ]);
});

test("crypto that Electron's BoringSSL lacks is refused by name, and the rest works", async ({ app, win }) => {
  await expect(win).toHaveTitle("Conformance");
  const outcome = await app.evaluate(async () => {
    const crypto = process.getBuiltinModule("node:crypto");
    const { privateKey } = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
    const signature = crypto.sign("sha256", Buffer.from("x"), privateKey);
    const actions: readonly (() => unknown)[] = [
      () => crypto.generateKeyPairSync("ec", { namedCurve: "brainpoolP256r1" }),
      () => crypto.createECDH("secp256k1"),
      () => crypto.createHash("sha3-256"),
      () => crypto.generateKeyPairSync("ed448"),
      () => crypto.generateKeyPairSync("x448"),
      () => crypto.createCipheriv("camellia-128-cbc", Buffer.alloc(16), Buffer.alloc(16)),
      () => crypto.subtle.generateKey("X448", true, ["deriveBits"]),
    ];
    const messageOf = async (action: () => unknown): Promise<string> => {
      try {
        await action();
        return "nothing was thrown";
      } catch (error) {
        return (error as Error).message;
      }
    };
    return {
      refused: await Promise.all(actions.map((action) => messageOf(action))),
      curves: crypto.getCurves().filter((name) => /brainpool|k1$/.test(name)),
      works: signature.length > 60 && crypto.createHash("sha512").update("x").digest().length === 64,
    };
  });
  expect(outcome.refused.map((message) => /has no (.*) in Electron/.exec(message)?.[1] ?? message)).toEqual([
    'curve "brainpoolP256r1"',
    'curve "secp256k1"',
    'hash "sha3-256"',
    'key type "ed448"',
    'key type "x448"',
    'cipher "camellia-128-cbc"',
    '"X448"',
  ]);
  expect(outcome.curves).toEqual([]);
  expect(outcome.works).toBe(true);
});

const started: ReturnType<typeof spawn>[] = [];

test.afterEach(() => {
  // Only those that a failed test has left.
  for (const main of started.splice(0)) main.kill("SIGKILL");
});

/** Starts the program without Playwright, with a temporary folder of its own. */
async function startAlone(userData: string): Promise<{
  readonly main: ReturnType<typeof spawn>;
  readonly chromium: number;
  readonly temp: string;
  readonly errors: () => string;
}> {
  const electron = createRequire(import.meta.url)("electron") as unknown as string;
  const temp = join(userData, "tmp");
  await mkdir(temp, { recursive: true });
  const main = spawn(electron, [join(import.meta.dirname, "app")], {
    env: { ...process.env, TMPDIR: temp, XDG_CONFIG_HOME: join(userData, "config"), CONFORMANCE_PRINT: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(main);
  let errors = "";
  main.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  let output = "";
  for await (const chunk of main.stdout ?? []) {
    output += String(chunk);
    if (output.includes("loaded")) break;
  }
  return { main, chromium: Number(/loaded (\d+)/.exec(output)?.[1]), temp, errors: () => errors };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("SIGTERM ends it in order, and nothing is left", async ({ userData }) => {
  const { main, chromium, temp, errors } = await startAlone(userData);
  expect(isAlive(chromium)).toBe(true);
  const ended = once(main, "exit");
  main.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
  expect(isAlive(chromium)).toBe(false);
  expect(await readdir(temp)).toEqual([]);
  expect(errors()).toBe("");
});

test("when main is killed, Chromium ends; the next start removes what was left", async ({ userData }) => {
  const { main, chromium, temp } = await startAlone(userData);
  main.kill("SIGKILL");
  await expect.poll(() => isAlive(chromium)).toBe(false);
  const again = await startAlone(userData);
  const ended = once(again.main, "exit");
  again.main.kill("SIGTERM");
  await ended;
  expect(await readdir(temp)).toEqual([]);
});

test("when Chromium is killed, main ends with status 1 and says why", async ({ userData }) => {
  const { main, chromium, errors } = await startAlone(userData);
  const ended = once(main, "exit");
  process.kill(chromium, "SIGKILL");
  expect((await ended)[0]).toBe(1);
  expect(errors()).toContain("electron stand-in: Chromium has gone");
});
