import type { Frame, Page } from "@playwright/test";
import { onStandIn } from "../electron-fixture.ts";
import { expect, RETURN, test } from "./provider-world.ts";
import type { World } from "./provider-world.ts";

// One program for all of them; they follow each other.
test.describe.configure({ mode: "default" });

/** Where pages must not lead, by any means: addresses of the web, of this computer, of other programs, of Chromium. */
const placesOf = ({ elsewhere, plain }: World): readonly string[] => [
  `${elsewhere.origin}/blank`,
  `${plain.origin}/blank`,
  "file:///etc/passwd",
  "app://bundle/index.html",
  "data:text/html,<p>data</p>",
  `view-source:${elsewhere.origin}/blank`,
  "chrome://settings/",
  "chrome://version/",
  "devtools://devtools/bundled/inspector.html",
  `filesystem:${elsewhere.origin}/temporary/x`,
  "bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null",
  "mailto:somebody@example.org",
  "ms-settings:privacy",
  "vscode://file/etc/passwd",
  "ftp://127.0.0.1/x",
];

/** The page is where it was, nothing was opened, and nobody else has heard of it. */
async function expectStaysHome(page: Page, world: World): Promise<void> {
  expect(new URL(page.url()).origin).toBe(world.provider.origin);
  expect(await page.evaluate(() => location.origin)).toBe(world.provider.origin);
  expect(await world.windows()).toBe(2);
  expect([world.elsewhere.requests, world.plain.requests]).toEqual([[], []]);
  const opened = await world.app.evaluate(
    () =>
      (globalThis as unknown as Record<string, { opened: readonly string[] } | undefined>)["__electronStandIn"]
        ?.opened ?? [],
  );
  expect(opened).toEqual([]);
}

test("a page that wants to lead elsewhere stays where it is", async ({ world }) => {
  const page = await world.open("/blank");
  const lost: string[] = [];
  for (const place of placesOf(world)) {
    const tried = page.evaluate(async (address) => {
      const link = document.createElement("a");
      link.href = address;
      document.body.append(link);
      link.click();
      link.remove();
      location.href = address;
      await new Promise((resolve) => void setTimeout(resolve, 30));
    }, place);
    await tried.catch(() => lost.push(place));
  }
  expect(lost).toEqual([]);
  const [web = ""] = placesOf(world);
  await page.evaluate(async (address) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: address });
    document.body.append(form);
    form.submit();
    open(address, "_self");
    location.replace(address);
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }, web);
  await expectStaysHome(page, world);
  expect((await world.told()).filter((line) => !line.startsWith("new window"))).toEqual([]);
});

test("a page of its own making (blob:) takes nobody's place", async ({ world }) => {
  test.skip(onStandIn, "Chromium's protocol does not stop a page on its way to a blob: address");
  const page = await world.open("/blank");
  await page.evaluate(async () => {
    location.href = URL.createObjectURL(new Blob(["<p>blob</p>"], { type: "text/html" }));
    await new Promise((resolve) => void setTimeout(resolve, 100));
  });
  await expect(page.getByText("ready")).toBeVisible();
  await expectStaysHome(page, world);
});

test("servers, headers and markup lead no further than scripts", async ({ world }) => {
  const { provider, elsewhere, plain } = world;
  const to = (path: string, address: string): string => `${path}?to=${encodeURIComponent(address)}`;
  for (const address of [
    to("/redirect", `${elsewhere.origin}/blank`),
    to("/redirect", `${plain.origin}/blank`),
    to("/redirect", "file:///etc/passwd"),
    to("/redirect", "app://bundle/index.html"),
    to("/redirect", "bankid:///"),
    to("/redirect", provider.origin + to("/redirect", provider.origin + to("/redirect", `${elsewhere.origin}/blank`))),
  ]) {
    await world.tryToOpen(address);
  }
  const meta = await world.open(to("/meta", `${elsewhere.origin}/blank`));
  await expect.poll(() => provider.requests.filter((line) => line.includes("/redirect")).length).toBeGreaterThan(7);
  await meta.evaluate(() => new Promise((resolve) => void setTimeout(resolve, 300)));
  expect(elsewhere.requests).toEqual([]);
  expect(plain.requests).toEqual([]);
  expect(await world.told()).toEqual([]);
});

test("the first address is judged, too", async ({ world }) => {
  const { elsewhere, plain } = world;
  const addresses = [`${elsewhere.origin}/blank`, `${plain.origin}/blank`, "file:///etc/passwd", "data:text/html,x"];
  for (const address of [...addresses, "javascript:1", "app://bundle/index.html", "chrome://version/", "nothing"]) {
    await world.tryToOpen(address);
    await expect.poll(() => world.told()).toEqual(["closed"]);
  }
  expect(await world.windows()).toBe(1);
  expect([elsewhere.requests, plain.requests]).toEqual([[], []]);
});

test("the way back is taken once, by the page itself, and never loaded", async ({ world }) => {
  for (const come of [
    (page: Page) => page.evaluate((address) => void (location.href = `${address}&code=1`), RETURN),
    (page: Page) => page.evaluate((address) => void (location.href = `${address}&code=1#fragment`), RETURN),
  ]) {
    const page = await world.open("/blank");
    await page.waitForLoadState();
    await come(page).catch(() => undefined);
    await expect
      .poll(() => world.told())
      .toEqual([expect.stringMatching(/^returned https:\/\/return\.invalid\/done\?state=right&code=1/u)]);
    expect(await world.windows()).toBe(1);
  }
  await world.tryToOpen(`/redirect?to=${encodeURIComponent(`${RETURN}&code=2`)}`);
  await expect.poll(() => world.told()).toEqual([`returned ${RETURN}&code=2`]);
  await world.tryToOpen(RETURN);
  await expect.poll(() => world.told()).toEqual([`returned ${RETURN}`]);
});

test("an address that only looks like the way back is not taken for it", async ({ world }) => {
  const page = await world.open("/blank");
  for (const address of [
    "https://return.invalid.evil.invalid/done?state=right",
    "https://return.invalid@evil.invalid/done?state=right",
    "https://return.invalid:8443/done?state=right",
    "https://return.invalid./done?state=right",
    "https://xn--retrn-jva.invalid/done?state=right",
    "https://return.invalid/done/?state=right",
    "https://return.invalid/Done?state=right",
    "https://return.invalid/%64one?state=right",
    "https://return.invalid/done%2f?state=right",
    "https://user@return.invalid/done?state=right",
    "http://return.invalid/done?state=right",
    `https://return.invalid/done?state=right&pad=${"a".repeat(9_000)}`,
  ]) {
    await page.evaluate(async (to) => {
      location.href = to;
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }, address);
  }
  await expectStaysHome(page, world);
  expect(await world.told()).toEqual([]);
});

test("nothing inside a page comes back in its place", async ({ world }) => {
  const page = await world.open("/blank");
  await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(image, frame);
    navigator.sendBeacon(address, "x");
    await fetch(address, { mode: "no-cors" }).catch(() => undefined);
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }, RETURN);
  await expectStaysHome(page, world);
  expect(await world.told()).toEqual([]);
});

test("frames show nobody else", async ({ world }) => {
  const page = await world.open("/blank");
  await page.evaluate(async (places) => {
    for (const place of places) {
      const frame = Object.assign(document.createElement("iframe"), { src: place });
      document.body.append(frame);
    }
    await new Promise((resolve) => void setTimeout(resolve, 1_500));
  }, placesOf(world));
  const shown = page.frames().filter((frame) => frame !== page.mainFrame());
  expect(shown.length).toBeGreaterThan(10);
  // A frame that was stopped on its way answers nothing at all.
  const textOf = (frame: Frame): Promise<string> =>
    Promise.race([
      frame.evaluate(() => document.body.innerText).catch(() => ""),
      new Promise<string>((resolve) => void setTimeout(resolve, 1_000, "")),
    ]);
  for (const text of await Promise.all(shown.map(textOf))) expect(text).not.toMatch(/ready|root:/u);
  await expectStaysHome(page, world);
});

test("a page opens no window, whatever it calls it", async ({ world }) => {
  const page = await world.open("/blank");
  const { elsewhere } = world;
  const answers = await page.evaluate(async (address) => {
    const opened = [
      open(address),
      open(address, "x", "width=100,height=100"),
      open(address, "_blank", "noopener"),
      open("about:blank"),
      open("", "named"),
    ];
    const link = document.createElement("a");
    Object.assign(link, { href: address, target: "_blank", rel: "noopener" });
    document.body.append(link);
    link.click();
    const form = document.createElement("form");
    Object.assign(form, { action: address, target: "_blank" });
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => void setTimeout(resolve, 300));
    return opened.map((one) => one === null);
  }, `${elsewhere.origin}/blank`);
  expect(answers).toEqual([true, true, true, true, true]);
  await expectStaysHome(page, world);
  expect((await world.told()).length).toBeGreaterThanOrEqual(6);
  expect(await page.evaluate(() => opener)).toBeNull();
});

test("a page that was asked for nothing gets no permission", async ({ world }) => {
  const page = await world.open("/blank");
  const outcome = await page.evaluate(async () => {
    const tried = (work: () => Promise<unknown>): Promise<string> => {
      const limit = new Promise<string>((resolve) => void setTimeout(resolve, 2_000, "no answer"));
      const asked = Promise.resolve().then(work);
      return Promise.race([asked.then((value) => `granted ${String(value)}`).catch(() => "refused"), limit]);
    };
    const own = globalThis as unknown as {
      IdleDetector: { requestPermission(): Promise<string> };
      queryLocalFonts(): Promise<readonly unknown[]>;
      getScreenDetails(): Promise<unknown>;
    };
    const denied = async (answer: Promise<string>): Promise<void> => {
      if ((await answer) === "denied") throw new Error("denied");
    };
    // An empty list is a refusal, too.
    const some = async (answer: Promise<readonly unknown[]>): Promise<void> => {
      if ((await answer).length === 0) throw new Error("nothing");
    };
    const names = {
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      both: () => navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
      place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      notifications: () => denied(Notification.requestPermission()),
      clipboard: () => navigator.clipboard.readText(),
      clipboardItems: () => navigator.clipboard.read(),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      idle: () => denied(own.IdleDetector.requestPermission()),
      fonts: () => some(own.queryLocalFonts()),
      screens: () => own.getScreenDetails(),
    };
    const results = Object.entries(names).map(async ([name, work]) => [name, await tried(work)] as const);
    return (await Promise.all(results)).filter(([, result]) => result !== "refused");
  });
  expect(outcome).toEqual([]);
});

test("a provider that identifies people by camera gets the camera, and nothing more", async ({ world }) => {
  const page = await world.open("/blank", { permissions: ["camera"] });
  const outcome = await page.evaluate(async () => {
    const tried = (promise: Promise<MediaStream>): Promise<string> =>
      promise.then(
        () => "granted",
        (error: unknown) => (error as Error).name,
      );
    return [
      await tried(navigator.mediaDevices.getUserMedia({ video: true })),
      await tried(navigator.mediaDevices.getUserMedia({ audio: true })),
    ];
  });
  expect(outcome).toEqual(["granted", "NotAllowedError"]);
});

test("nothing that a page offers is downloaded", async ({ world }) => {
  const page = await world.open("/blank");
  await world.app.evaluate(({ webContents }) => {
    const notes: string[] = [];
    Object.assign(globalThis, { downloads: notes });
    const provider = webContents.getAllWebContents().find((contents) => contents.getURL().includes("/blank"));
    provider?.session.on("will-download", (event, item) =>
      notes.push(`${item.getFilename()} ${event.defaultPrevented}`),
    );
  });
  await page.evaluate(async () => {
    const link = document.createElement("a");
    document.body.append(link);
    Object.assign(link, { href: "/blank", download: "a.exe" });
    link.click();
    Object.assign(link, { href: URL.createObjectURL(new Blob(["MZ"])), download: "b.exe" });
    link.click();
    await new Promise((resolve) => void setTimeout(resolve, 300));
    location.href = "/attachment";
    await new Promise((resolve) => void setTimeout(resolve, 500));
  });
  const notes = await world.app.evaluate(() => (globalThis as unknown as { downloads: readonly string[] }).downloads);
  expect([...notes].sort()).toEqual(["a.exe true", "b.exe true", "contract.pdf.exe true"]);
  await expectStaysHome(page, world);
});

test("a page's dialogs are answered at once, and do not hold it up", async ({ world }) => {
  const page = await world.open("/blank");
  const answers = await page.evaluate(() => {
    for (let time = 0; time < 20; time += 1) alert("your computer is infected");
    return [confirm("agree?"), prompt("password?")];
  });
  expect(answers).toEqual([false, null]);
});

test("a page cannot keep its window open, and may close it", async ({ world }) => {
  const staying = await world.open("/blank");
  await staying.evaluate(() => {
    addEventListener("beforeunload", (event) => event.preventDefault());
  });
  // The page has been used, or Chromium would not hear its wish.
  await staying.mouse.click(5, 5);
  await staying.close({ runBeforeUnload: true });
  await expect.poll(() => world.told()).toEqual(["closed"]);
  // Electron lets a page close its window, Chromium does not; either way it is over once, and not twice.
  const leaving = await world.open("/blank");
  await leaving.evaluate(() => close()).catch(() => undefined);
  await leaving.close().catch(() => undefined);
  await expect.poll(() => world.told()).toEqual(["closed"]);
  await expect.poll(() => world.windows()).toBe(1);
  expect(await world.told()).toEqual([]);
});

test("a page that hangs is closed from outside", async ({ world }) => {
  const page = await world.open("/blank");
  await world.app.evaluate((_electron, url) => {
    const handle = globalThis.providerApp.open({
      url,
      policy: {
        allowedOrigins: [new URL(url).origin],
        returnUrl: "https://return.invalid/",
        permissions: [],
        timeLimitMilliseconds: 1_500,
      },
    });
    void handle;
  }, `${world.provider.origin}/blank`);
  await expect.poll(() => world.windows()).toBe(3);
  void page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  // The time limit of the other page ends that one; the hanging one is closed like any other.
  await expect.poll(() => world.told()).toEqual(["closed"]);
  await world.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.destroy());
  await expect.poll(() => world.told()).toEqual(["closed"]);
  expect(await world.windows()).toBe(1);
});

test("a server that wants a password gets none, and nobody is asked", async ({ world }) => {
  const page = await world.open("/password");
  await expect(page.getByText("refused")).toBeVisible();
  expect(world.provider.requests).toEqual([expect.stringMatching(/^GET \/password/u)]);
});

test("a server whose certificate nobody knows is not spoken to", async ({ world }) => {
  const { unknown } = world;
  await world.tryToOpen(`${unknown.origin}/blank`, { allowedOrigins: [unknown.origin] });
  await expect.poll(() => unknown.connections()).toBeGreaterThan(0);
  const page = await world.open("/blank");
  const reached = await page.evaluate(
    (address) =>
      fetch(address, { mode: "no-cors" }).then(
        () => true,
        () => false,
      ),
    `${unknown.origin}/blank`,
  );
  expect(reached).toBe(false);
  expect(unknown.requests).toEqual([]);
});

test("the title names the host, whatever the page calls itself", async ({ world }) => {
  const page = await world.open("/blank");
  await page.evaluate(() => {
    document.title = "https://www.itsme-id.com - Secure";
  });
  await page.evaluate(() => new Promise((resolve) => void setTimeout(resolve, 100)));
  const title = await world.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.getTitle());
  expect(title).toBe(new URL(world.provider.origin).host);
});

test("what a page has stored is gone with its window, and was never anybody else's", async ({ world }) => {
  const stored = async (page: Page): Promise<readonly unknown[]> =>
    page.evaluate(async () => [
      document.cookie,
      localStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]);
  const first = await world.open("/blank");
  await first.evaluate(async () => {
    document.cookie = "who=me; max-age=10000";
    localStorage.setItem("who", "me");
    await caches.open("mine");
    await new Promise((resolve) => Object.assign(indexedDB.open("mine"), { onsuccess: resolve }));
    await navigator.serviceWorker.register("/worker.js").catch(() => undefined);
  });
  expect((await stored(first)).slice(0, 4)).toEqual(["who=me", 1, 1, 1]);
  const beside = await world.open("/blank");
  expect(await stored(beside)).toEqual(["", 0, 0, 0, 0]);
  await first.close();
  await expect.poll(() => world.told()).toEqual(["closed"]);
  expect(await stored(await world.open("/blank"))).toEqual(["", 0, 0, 0, 0]);
  const own = await world.app.evaluate(async ({ session }) => (await session.defaultSession.cookies.get({})).length);
  expect(own).toBe(0);
});

test("a page of endless size is shown and closed like any other", async ({ world }) => {
  const page = await world.open("/huge");
  await expect(page.getByText("huge")).toBeVisible();
  await page.close();
  await expect.poll(() => world.told()).toEqual(["closed"]);
});
