import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

/** In plain Node the package's export is the path of the program. */
const electron = String(createRequire(import.meta.url)("electron"));

// A test driver attaches to every worker and lets it go on; without one, nothing may hold it.
test("a worker runs when nobody drives the program", () => {
  const userData = mkdtempSync(join(tmpdir(), "sealdesk-worker-"));
  try {
    const folder = join(import.meta.dirname, "worker-app");
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const program = spawnSync(electron, [folder, `--user-data-dir=${userData}`, ...sandbox], {
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(program.stdout).toContain("the worker runs");
  } finally {
    rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});
