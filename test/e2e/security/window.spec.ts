import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** The parts of the page's world that these tests look for; most must not be there. */
interface PageWorld {
  readonly sealdesk?: {
    readonly invoke: (name: string, argument: unknown) => Promise<{ readonly ok: boolean }>;
  };
  readonly require?: unknown;
  readonly process?: unknown;
  readonly Buffer?: unknown;
  readonly module?: unknown;
}

test("the window reaches no network", async ({ person }) => {
  const server = await countingServer();
  try {
    const outcome = await person.window.evaluate(async (base) => {
      const attempt = (work: () => Promise<unknown>): Promise<string> =>
        work().then(
          () => "reached",
          () => "refused",
        );
      const image = new Image();
      const socket = new WebSocket(base.replace("http", "ws"));
      const failed = (target: EventTarget): Promise<unknown> =>
        new Promise((resolve, reject) => {
          target.addEventListener("load", resolve);
          target.addEventListener("open", resolve);
          target.addEventListener("error", () => reject(new Error("refused")));
        });
      const results = [
        attempt(() => fetch(base)),
        attempt(() => fetch(base, { mode: "no-cors" })),
        attempt(() => {
          const done = failed(image);
          image.src = `${base}/image.png`;
          return done;
        }),
        attempt(() => failed(socket)),
      ];
      navigator.sendBeacon(`${base}/beacon`, "x");
      return Promise.all(results);
    }, server.base);
    expect(outcome).toEqual(["refused", "refused", "refused", "refused"]);
    expect(server.requests()).toBe(0);
  } finally {
    server.close();
  }
});

test("the window can neither go elsewhere nor open another window", async ({ person }) => {
  const server = await countingServer();
  try {
    const { window, app } = person;
    const before = window.url();
    const opened = await window.evaluate((base) => globalThis.open(base) === null, server.base);
    expect(opened).toBe(true);
    await window.evaluate((base) => {
      const link = document.createElement("a");
      link.href = `${base}/link`;
      document.body.append(link);
      link.click();
      link.target = "_blank";
      link.click();
      link.remove();
      location.href = `${base}/location`;
    }, server.base);
    await expect(window.getByRole("heading", { name: "Sign and check PDF documents" })).toBeVisible();
    expect(window.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
    expect(server.requests()).toBe(0);
  } finally {
    server.close();
  }
});

test("the window's world holds three functions of ours and nothing of Node", async ({ person }) => {
  const world = await person.window.evaluate(async () => {
    const page = globalThis as unknown as PageWorld;
    const unknown = async (): Promise<boolean> => (await page.sealdesk?.invoke("no.such-command", {}))?.ok === true;
    const unknownTaken = await unknown().catch(() => false);
    const wrongInput = await page.sealdesk?.invoke("documents.close", { documents: ["../../etc/passwd"] });
    let markup = "taken";
    try {
      document.createElement("div").innerHTML = "<b>text</b>";
    } catch (error) {
      markup = error instanceof Error ? error.name : "";
    }
    return {
      functions: Object.keys(page.sealdesk ?? {}).sort(),
      frozen: Object.isFrozen(page.sealdesk),
      node: [page.require, page.process, page.Buffer, page.module].map((part) => typeof part),
      unknownTaken,
      wrongInputTaken: wrongInput?.ok,
      markup,
    };
  });
  expect(world).toEqual({
    functions: ["invoke", "on", "openFiles"],
    frozen: true,
    node: ["undefined", "undefined", "undefined", "undefined"],
    unknownTaken: false,
    wrongInputTaken: false,
    // Trusted Types: text becomes markup nowhere.
    markup: "TypeError",
  });
});

test("no answer to the window names a folder or a path", async ({ person, folder }) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  const state = await person.window.evaluate(async () => {
    const page = globalThis as unknown as PageWorld;
    return JSON.stringify(await page.sealdesk?.invoke("state.get", {}));
  });
  expect(state).toContain("contract.pdf");
  expect(state).not.toContain(folder);
  expect(state).not.toContain(join(folder, "..") + "/");
});

test("the provider's window knows nothing of the program and stays with the provider", async ({ person, folder }) => {
  const server = await countingServer();
  try {
    await person.open(await contractIn(folder));
    await person.seesPages();
    const provider = await person.signAndConfirm();
    const world = await provider.evaluate(() => {
      const page = globalThis as unknown as PageWorld;
      return [page.sealdesk, page.require, page.process].map((part) => typeof part);
    });
    expect(world).toEqual(["undefined", "undefined", "undefined"]);
    const windows = person.app.windows().length;
    expect(await provider.evaluate((base) => globalThis.open(base) === null, server.base)).toBe(true);
    const address = provider.url();
    await provider.evaluate((base) => {
      location.href = base;
    }, server.base);
    await expect(provider.getByLabel("Mobile number")).toBeVisible();
    expect(provider.url()).toBe(address);
    expect(person.app.windows()).toHaveLength(windows);
    expect(server.requests()).toBe(0);
  } finally {
    server.close();
  }
});

test("a second start hands its file to the window that is open", async ({ person, folder, userData }) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  const other = await contractIn(folder, "other.pdf");
  const electron = createRequire(import.meta.url)("electron") as unknown as string;
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const second = spawn(electron, [root, `--user-data-dir=${userData}`, ...asRoot, other], { stdio: "ignore" });
  const [status] = (await once(second, "exit")) as [number];
  expect(status).toBe(0);
  await expect(person.row("other.pdf")).toBeVisible();
  await expect(person.row("contract.pdf")).toBeVisible();
});

interface CountingServer {
  readonly base: string;
  readonly requests: () => number;
  readonly close: () => void;
}

/** Counts every connection, so that nothing that gets through goes unseen. */
async function countingServer(): Promise<CountingServer> {
  let requests = 0;
  const server = createServer((_request, response) => response.end("reached"));
  server.on("connection", () => (requests += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
