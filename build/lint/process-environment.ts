import { importedName, memberName, ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Where settings from the environment come in; everything else is handed them. */
const readers = /^(electron\/main\.ts$|cli\/|sandbox\/|tools\/|build\/|bench\/|test\/)/u;

const message = "process.env is read in electron/main.ts and cli/ only: take the value as a parameter";

export const noProcessEnvironment: Rule = ruleFor(
  (file) => /^(electron|renderer|shared)\//u.test(file) && !readers.test(file),
  (report) => ({
    MemberExpression(node) {
      if (node.object.type === "Identifier" && node.object.name === "process" && memberName(node) === "env") {
        report(node, message);
      }
    },
    ImportDeclaration(node) {
      if (!/^(node:)?process$/u.test(node.source.value)) return;
      for (const specifier of node.specifiers) {
        if (specifier.type === "ImportSpecifier" && importedName(specifier) === "env") report(specifier, message);
      }
    },
  }),
);
