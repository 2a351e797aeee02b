import { noWeakOptions } from "../../../build/lint/weak-options.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "no-weak-options",
  noWeakOptions,
  [
    ["electron/windows/options.ts", "const o = { nodeIntegration: false, contextIsolation: true, sandbox: true };"],
    ["electron/windows/options.ts", "const o = { webSecurity: true, webviewTag: false };"],
    ["electron/net/http-client.ts", "const o = { rejectUnauthorized: true };"],
    ["test/e2e/window.spec.ts", "const o = { sandbox: false };"],
  ],
  [
    ["electron/windows/options.ts", "const o = { nodeIntegration: true };"],
    ["electron/windows/options.ts", "const o = { nodeIntegrationInWorker: true };"],
    ["electron/windows/options.ts", "const o = { contextIsolation: false };"],
    ["electron/windows/options.ts", "const o = { webPreferences: { sandbox: false } };"],
    ["electron/windows/options.ts", 'const o = { "webSecurity": false };'],
    ["electron/windows/options.ts", 'const o = { ["webSecurity"]: false };'],
    ["electron/windows/options.ts", "const o = { allowRunningInsecureContent: true };"],
    ["electron/windows/options.ts", "const o = { experimentalFeatures: true };"],
    ["electron/windows/options.ts", 'const o = { enableBlinkFeatures: "X" };'],
    ["electron/windows/options.ts", "const o = { webviewTag: true };"],
    ["electron/net/http-client.ts", "const o = { rejectUnauthorized: false };"],
    ["electron/net/http-client.ts", "const o = { checkServerIdentity: () => undefined };"],
  ],
);
