import type { Plugin } from "vite";

const FILE = /\/electron\/pki\/pure-crypto\.ts$/u;
const LINE = /^const require = createRequire\(import\.meta\.url\);$/mu;

/** The file without its own `require`. Throws when it is not the file that this was written for. */
export function withoutRequire(code: string): string {
  if (!LINE.test(code)) {
    throw new Error("electron/pki/pure-crypto.ts makes its require in another way now: see build/bundled-require.ts");
  }
  return code.replace(LINE, "");
}

/**
 * Sources load some packages on first use through `createRequire`, which no bundler follows. Without that line, `require`
 * is the bundler's: it puts the package into the bundle, wrapped so that it still runs on first use only.
 */
export const bundledRequire = (): Plugin => ({
  name: "sealdesk:bundled-require",
  transform: {
    order: "pre",
    filter: { id: FILE },
    handler: (code) => ({ code: withoutRequire(code), map: null }),
  },
});
