import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { hostilePages } from "../../attacks/hostile-pages.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { smallPdf } from "../harness/small-pdf.ts";
import { startHostile } from "./hostile-server.ts";
import type { HostileServer } from "./hostile-server.ts";

/** Addresses that the window asks for; its own scheme travels as https on the stand-in. */
const isOwn = (address: string): boolean =>
  /^(app:|blob:|data:|https:\/\/app--bundle\.stand-in\.invalid\/)/u.test(address);

/** More than the links of any of these documents. */
const LINKS = 20;

/** Longer than any answer of a window that lives, also on a busy machine. */
const PATIENCE = 15_000;

interface Watch {
  readonly server: HostileServer;
  readonly strange: readonly string[];
}

function watch(window: Page, server: HostileServer): Watch {
  const strange: string[] = [];
  window.on("request", (request) => void (isOwn(request.url()) ? undefined : strange.push(request.url())));
  window.on("dialog", (dialog) => void strange.push(`dialog ${dialog.message()}`));
  window.on("download", (download) => void strange.push(`download ${download.url()}`));
  return { server, strange };
}

/** Nothing ran, nothing was asked for, nothing was opened, and the window answers. */
async function expectNothingHappened(person: Person, { server, strange }: Watch, name: string): Promise<void> {
  const { window, app } = person;
  const alive = await Promise.race([
    window.evaluate(async () => {
      await new Promise((resolve) => void requestAnimationFrame(resolve));
      return "pwned" in globalThis ? "a script has run" : "alive";
    }),
    new Promise<string>((resolve) => void setTimeout(resolve, PATIENCE, "hangs")),
  ]);
  const opened = await app.evaluate(
    () =>
      (globalThis as unknown as Record<string, { opened: readonly string[] } | undefined>)["__electronStandIn"]
        ?.opened ?? [],
  );
  expect({ name, alive, strange, opened, windows: app.windows().length, connections: server.connections() }).toEqual({
    name,
    alive: "alive",
    strange: [],
    opened: [],
    windows: 1,
    connections: 0,
  });
}

test("no document runs scripts, reaches the network, opens anything or takes the window", async ({
  person,
  folder,
}) => {
  test.setTimeout(180_000);
  const server = await startHostile(null);
  try {
    const { window } = person;
    const watched = watch(window, server);
    for (const { name, text } of hostilePages(server.origin)) {
      const path = join(folder, `${name}.pdf`);
      await writeFile(path, bytesOfText(text));
      await person.open(path);
      // Shown, or refused with a reason; the verdict may come later.
      const row = person.row(`${name}.pdf`);
      const refusal = window.getByRole("alert").filter({ hasText: `${name}.pdf` });
      await expect(row.or(refusal).first()).toBeVisible({ timeout: PATIENCE });
      if (await row.isVisible()) {
        const page = window.locator('.page[data-page-number="1"]');
        await page.waitFor({ timeout: 1_000 }).catch(() => undefined);
        await window.waitForTimeout(100);
        await clickDown(window, await page.boundingBox().catch(() => null), name === "actions" ? 2 * LINKS : 3);
      }
      await expectNothingHappened(person, watched, name);
      await closeAll(person);
    }
    // After all of them an ordinary document is opened and shown as ever.
    await writeFile(join(folder, "plain.pdf"), smallPdf());
    await person.open(join(folder, "plain.pdf"));
    await person.seesPages();
    await expectNothingHappened(person, watched, "plain");
  } finally {
    await server.close();
  }
});

test("the program has no engine for scripts of documents", async ({ person }) => {
  const found = await person.window.evaluate(async () => {
    const names = ["quickjs-eval.js", "quickjs-eval.wasm", "pdf.sandbox.mjs", "pdf.sandbox.min.mjs"];
    const places = names.flatMap((name) => [`pdfjs/wasm/${name}`, `pdfjs/${name}`, name]);
    const answers = await Promise.all(
      places.map((place) =>
        fetch(place)
          .then(({ ok }) => ok)
          .catch(() => false),
      ),
    );
    return places.filter((_place, index) => answers[index]);
  });
  expect(found).toEqual([]);
});

/** Clicks from the upper end to the lower one: where links lie over the page, a click is no consent. */
async function clickDown(
  window: Page,
  box: Awaited<ReturnType<ReturnType<Page["locator"]>["boundingBox"]>>,
  clicks: number,
): Promise<void> {
  if (box === null) return;
  const size = await window.evaluate(() => [innerWidth, innerHeight] as const);
  const x = Math.min(box.x + box.width / 2, size[0] - 20);
  const end = Math.min(box.y + box.height, size[1]);
  const step = Math.max((end - Math.max(box.y, 0)) / clicks, 8);
  for (let y = Math.max(box.y, 0) + step / 2; y < end; y += step) await window.mouse.click(x, y);
}

/** Through the bridge: a document of which nothing can be seen has to go as well. */
async function closeAll({ window }: Person): Promise<void> {
  await window.evaluate(async () => {
    const { sealdesk } = globalThis as unknown as {
      sealdesk: { invoke(name: string, argument: object): Promise<{ value: { documents: { id: string }[] } }> };
    };
    const { documents } = (await sealdesk.invoke("state.get", {})).value;
    if (documents.length > 0) await sealdesk.invoke("documents.close", { documents: documents.map(({ id }) => id) });
  });
  await expect(window.getByRole("heading", { name: "Sign and check PDF documents" })).toBeVisible({
    timeout: PATIENCE,
  });
}
