import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { build } from "vite";
import type * as Digest from "../../../electron/pki/digest.ts";
import { bundledRequire, withoutRequire } from "../../../build/bundled-require.ts";

const ENTRY = join(import.meta.dirname, "..", "..", "..", "electron", "pki", "digest.ts");

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [bundledRequire()],
    ssr: { noExternal: true },
    build: { ssr: ENTRY, write: false, minify: false },
  });
  if (!("output" in built)) {
    throw new Error("the build has not made one output");
  }
  return built.output[0].code;
}

test("a bundle has the packages inside that the sources load on first use", async () => {
  const code = await bundle();
  expect(code).not.toContain("createRequire");
  const folder = await mkdtemp(join(tmpdir(), "sealdesk-bundle-"));
  try {
    // Away from node_modules: nothing can be loaded from there.
    const file = join(folder, "digest.mjs");
    await writeFile(file, code);
    const bundled = (await import(pathToFileURL(file).href)) as typeof Digest;
    // FIPS 202, and RFC 1321 A.5: the digests of "abc".
    const bytes = Buffer.from("abc");
    const hex = (name: Parameters<typeof bundled.digest>[0]) =>
      Buffer.from(bundled.digest(name, bytes)).toString("hex");
    expect(hex("SHA3-256")).toBe("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
    expect(hex("MD5")).toBe("900150983cd24fb0d6963f7d28e17f72");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a change of the line that the build takes out does not go unseen", () => {
  expect(() => withoutRequire('const load = createRequire(import.meta.url);\nload("x");')).toThrow("bundled-require");
});
