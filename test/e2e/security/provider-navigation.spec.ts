import type { Frame, Page } from "@playwright/test";
import { onStandIn } from "../electron-fixture.ts";
import { expectStaysHome, placesOf } from "./provider-home.ts";
import { expect, RETURN, test } from "./provider-world.ts";

// One program for all of them; they follow each other.
test.describe.configure({ mode: "default" });

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
