import { cp, mkdir, readdir } from "node:fs/promises";
import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { EnvironmentOptions, Plugin } from "vite";
import { bundledRequire } from "./bundled-require.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const inRoot = (...parts: readonly string[]): string => path.join(root, ...parts);

/** Electron 45 is Chromium 156 with Node 24. */
const chrome = "chrome156";
const node = "node24";

/**
 * What stays outside the bundles: Electron itself, Node's own modules, and the two packages with a native binary. `node:sqlite`
 * is named through the prefix, because an older Node's list of builtins does not hold it.
 */
const external = [/^electron(\/.+)?$/u, /^node:/u, ...builtinModules, /^@napi-rs\/keyring/u, /^koffi$/u];

function nodeSide(entry: string, outDir: string, format: "es" | "cjs", fileName: string): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { noExternal: true },
    build: {
      outDir: inRoot("dist", outDir),
      emptyOutDir: true,
      target: node,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: inRoot("electron", entry),
        external,
        // One file: a sandboxed preload cannot load a second one.
        output: { format, entryFileNames: fileName, ...(format === "cjs" ? { codeSplitting: false } : {}) },
      },
    },
  };
}

interface Copies {
  readonly from: string;
  readonly to: string;
  readonly keep: (name: string) => boolean;
}

/** Copies files of packages as they are into the output, after the environment was written. */
function copyAssets(environment: string, copies: readonly Copies[]): Plugin {
  return {
    name: `sealdesk:copy-assets-${environment}`,
    applyToEnvironment: ({ name }) => name === environment,
    async writeBundle() {
      for (const { from, to, keep } of copies) {
        await mkdir(to, { recursive: true });
        for (const name of (await readdir(from)).filter(keep)) await cp(path.join(from, name), path.join(to, name));
      }
    },
  };
}

const pdfjs = inRoot("node_modules", "pdfjs-dist");
const pdfjsOut = inRoot("dist", "renderer", "pdfjs");
const notoSans = inRoot("node_modules", "@expo-google-fonts", "noto-sans");
const everything = (): boolean => true;
const isFont = (name: string): boolean => name.endsWith(".ttf");

const rendererAssets: readonly Copies[] = [
  { from: path.join(pdfjs, "build"), to: pdfjsOut, keep: (name) => name === "pdf.worker.min.mjs" },
  { from: path.join(pdfjs, "cmaps"), to: path.join(pdfjsOut, "cmaps"), keep: everything },
  { from: path.join(pdfjs, "standard_fonts"), to: path.join(pdfjsOut, "standard_fonts"), keep: everything },
  { from: path.join(pdfjs, "iccs"), to: path.join(pdfjsOut, "iccs"), keep: everything },
  // SECURITY: quickjs runs JavaScript found in documents; without its files nothing can switch that on.
  { from: path.join(pdfjs, "wasm"), to: path.join(pdfjsOut, "wasm"), keep: (name) => !/quickjs/iu.test(name) },
];

const mainAssets: readonly Copies[] = [
  { from: path.join(notoSans, "400Regular"), to: inRoot("dist", "main", "fonts"), keep: isFont },
  { from: path.join(notoSans, "700Bold"), to: inRoot("dist", "main", "fonts"), keep: isFont },
  { from: inRoot("build", "assets"), to: inRoot("dist", "main"), keep: (name) => name === "sample-contract.pdf" },
  { from: notoSans, to: inRoot("dist", "main", "fonts"), keep: (name) => name === "LICENSE_FONT" },
];

/** The renderer, the main process and the preload, each an environment of its own; `vite build --app` builds them all. */
export default defineConfig({
  root: inRoot("renderer"),
  // Relative: the same files are served under app:// and, in tests, under another origin.
  base: "./",
  plugins: [react(), bundledRequire(), copyAssets("client", rendererAssets), copyAssets("main", mainAssets)],
  build: { sourcemap: false, reportCompressedSize: false },
  environments: {
    client: {
      build: {
        outDir: inRoot("dist", "renderer"),
        emptyOutDir: true,
        target: chrome,
        // SECURITY: the content security policy allows neither inline scripts nor data: fonts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2000,
        rolldownOptions: { input: inRoot("renderer", "index.html") },
      },
    },
    main: nodeSide("main.ts", "main", "es", "main.js"),
    worker: nodeSide("services/verifying/verify-worker.ts", "worker", "es", "verify-worker.js"),
    preload: nodeSide("preload.ts", "preload", "cjs", "preload.cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
