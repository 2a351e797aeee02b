import { registerHooks } from "node:module";
import { installCryptoGuard } from "./crypto-guard/install.ts";

// Loaded before everything else (`node --import`): makes `import "electron"` and `require("electron")` find the stand-in.
const electron = new URL("./electron.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (/^electron(\/(main|common))?$/.test(specifier))
      return { url: electron, format: "module-typescript", shortCircuit: true };
    return next(specifier, context);
  },
});

installCryptoGuard();
