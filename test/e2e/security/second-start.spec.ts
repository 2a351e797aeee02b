import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";
import { startHostile } from "./hostile-server.ts";

const root = join(import.meta.dirname, "..", "..", "..");

test("a second start hands its documents to the open window, and nothing else", async ({
  person,
  folder,
  userData,
}) => {
  const server = await startHostile(null);
  try {
    await person.open(await contractIn(folder));
    await person.seesPages();
    await contractIn(folder, "other.pdf");
    await mkdir(join(folder, "folder.pdf"));
    execFileSync("mkfifo", [join(folder, "pipe.pdf")]);
    const electron = createRequire(import.meta.url)("electron") as unknown as string;
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const second = spawn(
      electron,
      [
        root,
        `--user-data-dir=${userData}`,
        ...asRoot,
        `${server.origin}/x.pdf`,
        `file://${folder}/x.pdf`,
        "javascript:1.pdf",
        "--gpu-launcher=x.pdf",
        "../../../../../../../../etc/passwd",
        "/etc/passwd.pdf",
        "folder.pdf",
        "pipe.pdf",
        "/dev/zero",
        "other.pdf",
      ],
      { stdio: "ignore", cwd: folder },
    );
    const [status] = (await once(second, "exit")) as [number];
    expect(status).toBe(0);
    await expect(person.row("other.pdf")).toBeVisible();
    await expect(person.row("contract.pdf")).toBeVisible();
    await expect(person.window.getByRole("grid").getByRole("row").filter({ hasText: ".pdf" })).toHaveCount(2);
    expect(person.app.windows()).toHaveLength(1);
    expect(server.connections()).toBe(0);
  } finally {
    await server.close();
  }
});
