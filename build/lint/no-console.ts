import { ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** SECURITY: what is printed lands in other people's logs. The product reports through its journal and its messages. */
export const noConsole: Rule = ruleFor(
  (file) => /^(electron|renderer|shared)\//u.test(file),
  (report) => ({
    MemberExpression(node) {
      if (node.object.type === "Identifier" && node.object.name === "console") {
        report(node, "no console in the product: return the failure, or hand it to the logger that was passed in");
      }
    },
  }),
);
