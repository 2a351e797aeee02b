import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Locator } from "@playwright/test";

const run = promisify(execFile);

/** What a phone reads where this is on the screen: a picture is taken of it, and zbar reads the code in the picture. */
export async function readQr(code: Locator): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-qr-"));
  try {
    const picture = join(folder, "screen.png");
    await writeFile(picture, await code.screenshot());
    const { stdout } = await run("zbarimg", ["-q", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", picture]);
    return stdout.trimEnd();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
