import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./conformance.ts";

test("a picked file's path reaches main, and nothing but main", async ({ win, userData }) => {
  const file = join(userData, 'näme with "quotes" \\ and more.pdf');
  await writeFile(file, "content");
  await win.locator("#file").setInputFiles(file);
  const paths = await win.evaluate(async () => {
    const picked = document.querySelector<HTMLInputElement>("#file")?.files?.[0];
    return picked && window.bridge.pathOf(picked);
  });
  expect(paths).toEqual([file, { nested: [file] }]);
});

test("a file that a script has made has no path", async ({ win }) => {
  expect(await win.evaluate(() => window.bridge.pathOf(new File(["x"], "made.pdf")))).toEqual(["", { nested: [""] }]);
});

test("dropped files have their paths too", async ({ app, win, userData }) => {
  const folder = join(userData, "folder");
  await mkdir(folder);
  const file = join(folder, "dropped.pdf");
  await writeFile(file, "content");
  const dropped = win.evaluate(
    () =>
      new Promise<unknown>((resolve) => {
        const target = document.querySelector("#drop");
        target?.addEventListener("dragover", (event) => event.preventDefault());
        target?.addEventListener("drop", (event) => {
          event.preventDefault();
          const [first] = (event as DragEvent).dataTransfer?.files ?? [];
          resolve(first && window.bridge.pathOf(first));
        });
        document.documentElement.dataset["listening"] = "yes";
      }),
  );
  await win.waitForFunction(() => document.documentElement.dataset["listening"] === "yes");
  const box = await win.locator("#drop").boundingBox();
  const devtools = await app.context().newCDPSession(win);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", {
      type,
      x: (box?.x ?? 0) + 5,
      y: (box?.y ?? 0) + 5,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    });
  expect(await dropped).toEqual([file, { nested: [file] }]);
});
