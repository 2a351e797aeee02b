import { memberName, ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

const writers: ReadonlySet<string> = new Set(["innerHTML", "outerHTML", "srcdoc"]);
const callers: ReadonlySet<string> = new Set([
  "insertAdjacentHTML",
  "createContextualFragment",
  "setHTMLUnsafe",
  "parseHTMLUnsafe",
]);

/** SECURITY: text from documents and providers never becomes markup or code. */
export const noMarkupInjection: Rule = ruleFor(
  (file) => /^(electron|renderer|shared|sandbox)\//u.test(file),
  (report) => ({
    AssignmentExpression(node) {
      if (node.left.type !== "MemberExpression") return;
      const name = memberName(node.left);
      if (name !== undefined && writers.has(name))
        report(node, `${name} turns text into markup: build elements instead`);
    },
    CallExpression(node) {
      if (node.callee.type !== "MemberExpression") return;
      const name = memberName(node.callee);
      const isDocumentWrite =
        (name === "write" || name === "writeln") &&
        node.callee.object.type === "Identifier" &&
        node.callee.object.name === "document";
      if ((name !== undefined && callers.has(name)) || isDocumentWrite) {
        report(node, `${name} turns text into markup: build elements instead`);
      }
    },
    JSXAttribute(node) {
      const name = node.name as { readonly name?: unknown };
      if (name.name === "dangerouslySetInnerHTML" || name.name === "srcDoc") {
        report(node, `${name.name} turns text into markup: let React render it`);
      }
    },
  }),
);
