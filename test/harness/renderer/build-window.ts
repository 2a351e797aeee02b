import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createBuilder } from "vite";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Builds the window alone, with the product's own Vite configuration, into a folder of its own. Returns that folder. */
export async function buildWindow(): Promise<string> {
  const builder = await createBuilder({ configFile: path.join(root, "build", "vite.config.ts"), logLevel: "warn" });
  const client = builder.environments["client"];
  if (client === undefined) throw new Error("build/vite.config.ts has no client environment");
  await builder.build(client);
  const folder = path.resolve(root, client.config.build.outDir);
  await rm(path.join(folder, ".vite"), { recursive: true, force: true });
  return folder;
}
