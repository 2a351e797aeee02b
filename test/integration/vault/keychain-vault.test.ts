import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { canStartKeychain, KeychainSession } from "../../harness/keychain-session.ts";

const script = new URL("vault-program.ts", import.meta.url).pathname;
const SECRET = "a secret of this run";

let folder = "";
let service = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-vault-"));
  service = `sealdesk-test-${randomUUID()}`;
  const own = folder;
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
});

type Command = { readonly do: string; readonly id?: string; readonly value?: string };

/** A program with a vault of its own, asked one thing after the other. */
class Program {
  readonly #child;
  readonly #lines: AsyncIterator<string>;

  constructor(env: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, [script, join(folder, "vault.db"), service], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    onTestFinished(() => void this.#child.kill("SIGKILL"));
  }

  async ask(what: string, id?: string, value?: string): Promise<unknown> {
    const command: Command = {
      do: what,
      ...(id === undefined ? {} : { id }),
      ...(value === undefined ? {} : { value }),
    };
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    const line = await this.#lines.next();
    return line.done === true ? "gone" : JSON.parse(line.value);
  }

  async end(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.stdin.end();
    await ended;
  }
}

const everyByte = (): Buffer => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

/** An environment in which no keychain of the person running the tests can be found, and no window can ask. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: folder };
  for (const name of ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"]) {
    delete env[name];
  }
  return env;
}

describe.skipIf(!canStartKeychain)("a real Secret Service (skipped without D-Bus and GNOME Keyring)", () => {
  let session: KeychainSession;
  beforeAll(async () => {
    session = await KeychainSession.start();
  });
  afterAll(() => session.stop());
  beforeEach(async () => {
    if (await session.isLocked()) await session.unlock();
    await session.deleteItems();
  });

  test("keeps one item, from which another program opens the records; the files hold only sealed bytes", async () => {
    const first = new Program(session.env);
    expect(await first.ask("put", "a", SECRET)).toBe("stored");
    await first.end();
    const second = new Program(session.env);
    expect(await second.ask("use", "a")).toEqual({ ok: true, value: SECRET });
    expect(await session.items()).toHaveLength(1);
    expect(everyByte().includes(SECRET)).toBe(false);
  });

  test("locked in the middle: nothing opens, what is typed is kept for the session, and all is well once it opens", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    await session.lock();
    expect(await program.ask("use", "a")).toEqual({ ok: false, failure: { code: "app.keychain-locked" } });
    expect(await program.ask("put", "b", "typed while it was locked")).toBe("session-only");
    expect(await program.ask("state", "b")).toEqual({ state: "session-only", problem: "locked", standing: "session" });
    expect(await program.ask("retry")).toBe("locked");
    expect(everyByte().includes("typed while it was locked")).toBe(false);
    await session.unlock();
    expect(await program.ask("retry")).toBeNull();
    expect(await program.ask("state", "b")).toEqual({ state: "available", problem: null, standing: "stored" });
    expect(await program.ask("use", "a")).toEqual({ ok: true, value: SECRET });
    await program.end();
    expect(everyByte().includes("typed while it was locked")).toBe(false);
  });

  test("locked from the start: says so, makes no second key, and opens when it is unlocked", async () => {
    const first = new Program(session.env);
    await first.ask("put", "a", SECRET);
    await first.end();
    await session.lock();
    const second = new Program(session.env);
    expect(await second.ask("state", "a")).toEqual({ state: "session-only", problem: "locked", standing: "stored" });
    await session.unlock();
    expect(await second.ask("retry")).toBeNull();
    expect(await second.ask("use", "a")).toEqual({ ok: true, value: SECRET });
    expect(await session.items()).toHaveLength(1);
  });

  test("whose item was deleted leaves the records alone, also in a program that runs; starting afresh sets them aside", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    await session.deleteItems();
    expect(await program.ask("use", "a")).toEqual({ ok: false, failure: { code: "vault.key-lost" } });
    expect(await session.items()).toEqual([]);
    expect(await program.ask("afresh")).toMatchObject({ ok: true, value: expect.stringMatching(/^vault-set-aside-/u) });
    expect(await program.ask("put", "a", "again")).toBe("stored");
    await program.end();
    expect(await new Program(session.env).ask("use", "a")).toEqual({ ok: true, value: "again" });
  });

  test("a renewed key is the only one afterwards, and opens everything", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    await program.ask("put", "audit/key", "the seal's");
    const before = await session.items();
    expect(await program.ask("renew")).toEqual({ ok: true, value: { records: 2, complete: true } });
    const after = await session.items();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    await program.end();
    const second = new Program(session.env);
    expect(await second.ask("use", "a")).toEqual({ ok: true, value: SECRET });
    expect(await second.ask("use", "audit/key")).toEqual({ ok: true, value: "the seal's" });
  });

  test("removing everything leaves no item and no record", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    expect(await program.ask("remove-all")).toEqual({ ok: true, value: { records: 0, complete: true } });
    expect(await session.items()).toEqual([]);
    expect(await program.ask("state", "a")).toMatchObject({ standing: "none" });
  });

  test("removing is refused while it is locked, and nothing is gone", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    await session.lock();
    expect(await program.ask("remove-all")).toEqual({ ok: false, failure: { code: "app.keychain-locked" } });
    await session.unlock();
    await program.ask("retry");
    expect(await program.ask("use", "a")).toEqual({ ok: true, value: SECRET });
  });

  test("a program that is killed right after storing has lost nothing", async () => {
    const program = new Program(session.env);
    await program.ask("put", "a", SECRET);
    expect(await program.ask("die")).toBe("gone");
    expect(await new Program(session.env).ask("use", "a")).toEqual({ ok: true, value: SECRET });
  });
});

describe.skipIf(process.platform !== "linux")("without a usable Secret Service (Linux only)", () => {
  test("secrets live for the session, and nothing goes to the kernel keyring or the disk", async () => {
    const program = new Program(bareEnvironment());
    expect(await program.ask("put", "a", SECRET)).toBe("session-only");
    expect(await program.ask("state", "a")).toEqual({ state: "session-only", problem: "missing", standing: "session" });
    expect(await program.ask("use", "a")).toEqual({ ok: true, value: SECRET });
    expect(everyByte().includes(SECRET)).toBe(false);
    await program.end();
    expect(await new Program(bareEnvironment()).ask("state", "a")).toMatchObject({ standing: "none" });
  });
});
