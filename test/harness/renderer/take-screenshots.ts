import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import type { Browser } from "@playwright/test";
import { findChromium } from "../../../tools/electron-stand-in/chromium/find-chromium.ts";
import { buildWindow } from "./build-window.ts";
import { checkPage } from "./check-page.ts";
import { installFakeBridge } from "./fake-bridge.ts";
import { screens } from "./screens.ts";
import type { Screen } from "./screens.ts";
import { serveWindow } from "./serve-window.ts";

/**
 * Draws every screen of the window in several sizes and colours, for people to look at, and holds axe against each.
 * `node test/harness/renderer/take-screenshots.ts FOLDER [WORD]` takes those whose name contains WORD.
 */
interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  /** The system's own few colours, as people with low vision choose them. */
  readonly forcedColors?: boolean;
  /** Size of the text against the usual one. */
  readonly textScale: number;
}

const LOOKS: readonly Look[] = [
  { name: "light", width: 1280, height: 800, dark: false, textScale: 1 },
  { name: "dark", width: 1280, height: 800, dark: true, textScale: 1 },
  { name: "small", width: 1000, height: 700, dark: false, textScale: 1 },
  { name: "high-contrast", width: 1280, height: 800, dark: true, forcedColors: true, textScale: 1 },
  { name: "large-text", width: 1280, height: 800, dark: false, textScale: 2 },
];

const sample = fileURLToPath(new URL("../../../build/assets/sample-contract.pdf", import.meta.url));

async function take(browser: Browser, url: string, screen: Screen, look: Look, folder: string): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.dark ? "dark" : "light",
    reducedMotion: "reduce",
    forcedColors: look.forcedColors === true ? "active" : "none",
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  const { state } = screen.script;
  const theme = look.dark ? ("dark" as const) : ("light" as const);
  await page.addInitScript(installFakeBridge, {
    ...screen.script,
    state: { ...state, settings: { ...state.settings, theme } },
  });
  await page.goto(url);
  await page.evaluate((scale) => {
    document.documentElement.style.fontSize = `${16 * scale}px`;
  }, look.textScale);
  await screen.prepare(page);
  await page.screenshot({ path: path.join(folder, `${screen.name}-${look.name}.png`) });
  problems.push(...(await checkPage(page)));
  await context.close();
  for (const problem of problems) process.stdout.write(`${screen.name}-${look.name}: ${problem}\n`);
  return problems.length;
}

async function main([folder = "screenshots", word = "", onlyLook = ""]: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { size } = await stat(sample);
  const server = await serveWindow(await buildWindow(), { sample });
  const executablePath = findChromium({ env: process.env, platform: process.platform, exists: existsSync });
  if (executablePath === undefined) throw new Error("no Chromium was found; set SEALDESK_CHROMIUM");
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  let problems = 0;
  try {
    for (const screen of screens(size).filter(({ name }) => name.includes(word))) {
      for (const look of LOOKS.filter(({ name }) => name.includes(onlyLook))) {
        problems += await take(browser, server.url, screen, look, folder);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  process.stdout.write(`${problems} problems\n`);
  process.exitCode = problems === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
