import { ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { importedFile, objectionTo, objectionToPackage, roomOf } from "./rooms.ts";

/** Keeps the layers of the architecture, for imports of every kind, types included. */
export const layers: Rule = ruleFor(
  (file) => roomOf(file) !== undefined,
  (report, file) => {
    const check = (node: Parameters<typeof report>[0], source: unknown, kind?: string): void => {
      const specifier = (source as { readonly value?: unknown } | null | undefined)?.value;
      if (typeof specifier !== "string") return;
      const target = importedFile(file, specifier);
      const objection =
        target === undefined ? objectionToPackage(file, specifier) : objectionTo(file, target, kind === "type");
      if (objection !== undefined) report(node, objection);
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source),
    };
  },
);
