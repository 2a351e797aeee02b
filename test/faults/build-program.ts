import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { build } from "vite";
import { bundledRequire } from "../../build/bundled-require.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The program in few files, which start several times as fast as its sources. */
export interface BuiltProgram {
  readonly program: string;
  readonly verifyWorker: string;
  /** Folder of the font of seals. */
  readonly fonts: string;
  /** For NODE_COMPILE_CACHE. */
  readonly compiled: string;
  readonly remove: () => Promise<void>;
}

/** What has a native binary, and Node's own modules, stay outside. */
const external = [/^node:/u, ...builtinModules, /^@napi-rs\/keyring/u, /^koffi$/u];

export async function buildProgram(): Promise<BuiltProgram> {
  const parent = join(ROOT, ".cache", "faults");
  await mkdir(parent, { recursive: true });
  // Inside the project, so that what stays outside the bundle is found.
  const folder = await mkdtemp(join(parent, "program-"));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    plugins: [bundledRequire()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: "node24",
      minify: false,
      copyPublicDir: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          program: join(import.meta.dirname, "program.ts"),
          worker: join(ROOT, "electron/services/verifying/verify-worker.ts"),
        },
        external,
        output: { format: "es", entryFileNames: "[name].js" },
      },
    },
  });
  return {
    program: join(folder, "program.js"),
    verifyWorker: join(folder, "worker.js"),
    fonts: join(ROOT, "node_modules/@expo-google-fonts/noto-sans/400Regular"),
    compiled: join(folder, "compiled"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
