import { noProcessEnvironment } from "../../../build/lint/process-environment.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "no-process-environment",
  noProcessEnvironment,
  [
    ["electron/main.ts", 'const home = process.env["SEALDESK_HOME"];'],
    ["cli/main.ts", "const env = process.env;"],
    ["sandbox/start.ts", "const env = process.env;"],
    ["electron/services/open.ts", "const platform = process.platform;"],
  ],
  [
    ["electron/services/open.ts", 'const home = process.env["SEALDESK_HOME"];'],
    ["electron/windows/main-window.ts", 'const e = process["env"];'],
    ["electron/storage/vault.ts", 'import { env } from "node:process";'],
    ["renderer/app.tsx", 'const mode = process.env["NODE_ENV"];'],
  ],
);
