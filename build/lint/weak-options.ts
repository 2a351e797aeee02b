import { ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Options that weaken a window or a connection, with the value that does. `"any"`: naming it is enough. */
const weak: ReadonlyMap<string, boolean | "any"> = new Map<string, boolean | "any">([
  ["nodeIntegration", true],
  ["nodeIntegrationInWorker", true],
  ["nodeIntegrationInSubFrames", true],
  ["contextIsolation", false],
  ["sandbox", false],
  ["webSecurity", false],
  ["allowRunningInsecureContent", true],
  ["experimentalFeatures", true],
  ["enableBlinkFeatures", "any"],
  ["webviewTag", true],
  ["navigateOnDragDrop", true],
  ["rejectUnauthorized", false],
  ["checkServerIdentity", "any"],
  ["bypassCSP", true],
]);

/** SECURITY: a window option or TLS option that is weaker than the default does not pass, wherever it is written. */
export const noWeakOptions: Rule = ruleFor(
  (file) => /^(electron|cli|renderer|shared)\//u.test(file),
  (report) => ({
    Property(node) {
      const key = node.key as { readonly type: string; readonly name?: unknown; readonly value?: unknown };
      const name = key.type === "Identifier" && !node.computed ? key.name : key.value;
      const bad = typeof name === "string" ? weak.get(name) : undefined;
      if (bad === undefined) return;
      const value = node.value as { readonly type: string; readonly value?: unknown };
      if (bad === "any" || (value.type === "Literal" && value.value === bad)) {
        report(node, `${String(name)}${bad === "any" ? "" : `: ${bad}`} takes a protection away`);
      }
    },
  }),
);
