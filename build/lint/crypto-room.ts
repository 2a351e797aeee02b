import { importedName, memberName, ruleFor } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Works the same in Electron's BoringSSL and in Node's OpenSSL, and touches no signature and no key of others. */
const allowed: ReadonlySet<string> = new Set([
  "createHash",
  "createHmac",
  "randomBytes",
  "randomInt",
  "randomUUID",
  "timingSafeEqual",
  "createCipheriv",
  "createDecipheriv",
]);

const theOnePlace = "electron/pki/algorithms.ts";
const message = `signatures, keys and certificates of node:crypto belong to ${theOnePlace}, which knows what BoringSSL lacks`;

/** Keeps `node:crypto` for signatures, keys and certificates in one file. */
export const cryptoInOneRoom: Rule = ruleFor(
  (file) => /^(electron|cli|renderer|shared|sandbox)\//u.test(file) && file !== theOnePlace,
  (report) => ({
    ImportDeclaration(node) {
      if (!/^(node:)?crypto$/u.test(node.source.value) || node.importKind === "type") return;
      for (const specifier of node.specifiers) {
        if (specifier.type !== "ImportSpecifier") {
          report(specifier, `import single names, so that it shows what is used: ${message}`);
          continue;
        }
        if (specifier.importKind !== "type" && !allowed.has(importedName(specifier))) report(specifier, message);
      }
    },
    ImportExpression(node) {
      const source = node.source as { readonly value?: unknown };
      if (source.value === "node:crypto" || source.value === "crypto") report(node, message);
    },
    MemberExpression(node) {
      if (memberName(node) === "subtle") report(node, message);
    },
  }),
);
