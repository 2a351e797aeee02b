import type { Page } from "@playwright/test";
import { expectStaysHome } from "./provider-home.ts";
import { expect, test } from "./provider-world.ts";

// One program for all of them; they follow each other.
test.describe.configure({ mode: "default" });

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
  // Nor does an empty window stay.
  await expect.poll(() => world.windows()).toBe(1);
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
