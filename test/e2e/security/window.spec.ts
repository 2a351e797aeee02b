import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Person } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";
import { startHostile } from "./hostile-server.ts";
import type { HostileServer } from "./hostile-server.ts";

const HOME = "Sign and check PDF documents";

/** The window's own page, as somebody who has got a script into it. */
const attempts = {
  network: (window: Page, base: string) =>
    window.evaluate(async (origin) => {
      const told = (work: () => Promise<unknown>): Promise<string> =>
        work().then(
          () => "reached",
          () => "refused",
        );
      const loaded = (target: EventTarget): Promise<unknown> =>
        new Promise((resolve, reject) => {
          for (const name of ["load", "open"]) target.addEventListener(name, resolve);
          target.addEventListener("error", () => reject(new Error("refused")));
        });
      const element = (name: string, properties: object): Promise<unknown> => {
        const made = Object.assign(document.createElement(name), properties);
        document.head.append(made);
        return loaded(made);
      };
      navigator.sendBeacon(`${origin}/beacon`, "x");
      return Promise.all([
        told(() => fetch(origin)),
        told(() => fetch(origin, { mode: "no-cors" })),
        told(() => element("img", { src: `${origin}/a.png` })),
        told(() => element("link", { rel: "stylesheet", href: `${origin}/a.css` })),
        told(() => loaded(new WebSocket(origin.replace("http", "ws")))),
        told(() => loaded(new EventSource(`${origin}/events`))),
        told(() => navigator.serviceWorker.register("index.html")),
      ]);
    }, base),
  code: (window: Page) =>
    window.evaluate(async () => {
      const name = (work: () => unknown): string => {
        try {
          return `ran ${String(work())}`;
        } catch (error) {
          return error instanceof Error ? error.name : "?";
        }
      };
      const scope = globalThis as unknown as {
        ran?: string;
        trustedTypes: { createPolicy(name: string, rules: object): unknown };
      };
      // The policy is not asked as long as a debugger evaluates something: only what runs later meets it.
      await new Promise((resolve) => void setTimeout(resolve, 20));
      const { eval: evaluate, Function: Make } = globalThis as unknown as {
        readonly eval: (text: string) => unknown;
        readonly Function: (text: string) => () => unknown;
      };
      // Each is a way in which text becomes code.
      const direct = [
        name(() => evaluate("1")),
        name(() => Make("return 1")()),
        name(() => void (document.createElement("div").innerHTML = "<img src=x>")),
        name(() => document.write("<p>x")),
        name(() => new DOMParser().parseFromString("<p>x", "text/html")),
        name(() => void (document.createElement("script").text = "ran = 'script'")),
        name(() => new Worker(URL.createObjectURL(new Blob(["1"])))),
        name(() => scope.trustedTypes.createPolicy("mine", { createHTML: (text: string) => text })),
      ];
      const link = Object.assign(document.createElement("a"), { href: "javascript:ran='link'" });
      document.body.append(link);
      link.click();
      link.remove();
      await new Promise((resolve) => void setTimeout(resolve, 50));
      return { direct, ran: scope.ran ?? "nothing" };
    }),
  frames: (window: Page, base: string) =>
    window.evaluate(async (origin) => {
      const found: string[] = [];
      for (const properties of [{ src: "index.html" }, { src: origin }, {}, { src: "data:text/html,x" }]) {
        const frame = Object.assign(document.createElement("iframe"), properties);
        document.body.append(frame);
        await new Promise((resolve) => void setTimeout(resolve, 100));
        try {
          found.push(typeof (frame.contentWindow as unknown as { sealdesk?: unknown }).sealdesk);
        } catch {
          found.push("other origin");
        }
        frame.remove();
      }
      return found;
    }, base),
  away: (window: Page, base: string) =>
    window.evaluate(async (origin) => {
      const pause = (): Promise<unknown> => new Promise((resolve) => void setTimeout(resolve, 40));
      const opened = [open(origin), open("about:blank"), open("app://bundle/index.html"), open("file:///etc/passwd")];
      const link = document.createElement("a");
      document.body.append(link);
      for (const address of [
        `${origin}/link`,
        "file:///etc/passwd",
        "app://other/index.html",
        "data:text/html,x",
        "bankid:///",
        "mailto:a@b.example",
      ]) {
        for (const target of ["", "_blank", "_top"]) {
          Object.assign(link, { href: address, target });
          link.click();
          await pause();
        }
        location.href = address;
        await pause();
      }
      link.remove();
      const form = Object.assign(document.createElement("form"), { action: origin, method: "post" });
      document.body.append(form);
      form.submit();
      await pause();
      form.remove();
      return opened.map((one) => one === null);
    }, base),
  files: (window: Page) =>
    window.evaluate(async () => {
      const places = [
        "%2e%2e/%2e%2e/package.json",
        "..%2fmain/main.js",
        "%2e%2e%5cmain%5cmain.js",
        "//etc/passwd",
        "index.html%00.js",
        "../main/main.js",
      ];
      const answers = places.map((place) =>
        fetch(place)
          .then(({ status }) => status)
          .catch(() => 0),
      );
      const page = await fetch("index.html");
      return {
        reached: (await Promise.all(answers)).filter((status) => status === 200),
        post: (await fetch("index.html", { method: "POST" })).status,
        policy: page.headers.get("content-security-policy"),
        sniff: page.headers.get("x-content-type-options"),
      };
    }),
};

async function expectAtHome({ window, app }: Person, server: HostileServer, address: string): Promise<void> {
  // Asked of the document itself: Playwright would wait for navigations that never come.
  expect(await window.evaluate(() => document.body.innerText)).toContain(HOME);
  expect([window.url(), app.windows().length, server.connections()]).toEqual([address, 1, 0]);
}

test("a script in the window reaches nothing, runs no text and goes nowhere", async ({ person, folder }) => {
  const { window, app } = person;
  const server = await startHostile(null);
  try {
    await expect(window.getByRole("heading", { name: HOME })).toBeVisible();
    const address = window.url();
    expect(new Set(await attempts.network(window, server.origin))).toEqual(new Set(["refused"]));
    const { direct, ran } = await attempts.code(window);
    expect(direct.filter((one) => one.startsWith("ran"))).toEqual([]);
    expect(ran).toBe("nothing");
    expect((await attempts.frames(window, server.origin)).filter((one) => one === "object")).toEqual([]);
    expect(await attempts.away(window, server.origin)).toEqual([true, true, true, true]);
    const files = await attempts.files(window);
    expect(files).toMatchObject({ reached: [], post: 405, sniff: "nosniff" });
    expect(files.policy).toContain("default-src 'none'");
    await expectAtHome(person, server, address);

    // What is dropped and is no document: a link, a program, a folder without documents.
    await writeFile(join(folder, "run.exe"), "MZ");
    await mkdir(join(folder, "empty"));
    const devtools = await app.context().newCDPSession(window);
    for (const data of [
      { items: [{ mimeType: "text/uri-list", data: server.origin }], dragOperationsMask: 1 },
      { items: [{ mimeType: "text/html", data: "<script>1</script>" }], dragOperationsMask: 1 },
      { items: [], files: [join(folder, "empty")], dragOperationsMask: 1 },
      { items: [], files: [join(folder, "run.exe")], dragOperationsMask: 1 },
    ]) {
      for (const type of ["dragEnter", "dragOver", "drop"] as const) {
        await devtools.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
      }
    }
    await expect
      .poll(() => window.evaluate(() => document.querySelector('[role="alert"]')?.textContent))
      .toContain("run.exe");
    await expectAtHome(person, server, address);
  } finally {
    await server.close();
  }
});

test("the provider's window knows nothing of the program and stays with the provider", async ({ person, folder }) => {
  const server = await startHostile(null);
  try {
    await person.open(await contractIn(folder));
    await person.seesPages();
    const provider = await person.signAndConfirm();
    const world = await provider.evaluate(() => {
      const page = globalThis as unknown as Readonly<Record<string, unknown>>;
      return ["sealdesk", "require", "process", "Buffer", "module"].map((name) => typeof page[name]);
    });
    expect(new Set(world)).toEqual(new Set(["undefined"]));
    const windows = person.app.windows().length;
    expect(await provider.evaluate((base) => globalThis.open(base) === null, server.origin)).toBe(true);
    const address = provider.url();
    await provider.evaluate((base) => {
      location.href = base;
    }, server.origin);
    await expect(provider.getByLabel("Mobile number")).toBeVisible();
    expect(provider.url()).toBe(address);
    expect(person.app.windows()).toHaveLength(windows);
    expect(server.connections()).toBe(0);
  } finally {
    await server.close();
  }
});
