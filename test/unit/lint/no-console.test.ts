import { noConsole } from "../../../build/lint/no-console.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "no-console",
  noConsole,
  [
    ["electron/services/open.ts", 'log.warn("x");'],
    ["cli/main.ts", 'console.log("x");'],
    ["sandbox/start.ts", 'console.log("x");'],
  ],
  [
    ["electron/services/open.ts", 'console.log("x");'],
    ["electron/main.ts", 'console["error"]("x");'],
    ["renderer/app.tsx", 'console.warn("x");'],
  ],
);
