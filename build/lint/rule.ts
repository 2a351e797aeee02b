import path from "node:path";
import type { RuleTester } from "oxlint/plugins-dev";

type Create = NonNullable<Extract<Parameters<RuleTester["run"]>[1], { readonly create: unknown }>["create"]>;
type Context = Parameters<Create>[0];
type Reported = NonNullable<Extract<Parameters<Context["report"]>[0], { readonly node: unknown }>["node"]>;
export type Visitor = ReturnType<Create>;

/** A rule of a JavaScript plugin, as oxlint (and its RuleTester) takes it. */
export interface Rule {
  create(context: Context): Visitor;
}

const root = path.resolve(import.meta.dirname, "..", "..");

/** The file under inspection, relative to the project, with forward slashes. */
export function projectPath(file: string): string {
  return path.relative(root, path.resolve(root, file)).replaceAll("\\", "/");
}

/** Builds a rule that looks only at the files it is about. */
export function ruleFor(
  applies: (file: string) => boolean,
  create: (report: (node: Reported, message: string) => void, file: string) => Visitor,
): Rule {
  return {
    create(context) {
      const file = projectPath(context.filename);
      if (!applies(file)) return {};
      return create((node, message) => context.report({ node, message }), file);
    },
  };
}

/** The property a member expression names, for `a.b` and `a["b"]`. */
export function memberName(node: { readonly property: unknown; readonly computed: boolean }): string | undefined {
  const property = node.property as { readonly type: string; readonly name?: unknown; readonly value?: unknown };
  if (!node.computed && property.type === "Identifier") return String(property.name);
  if (property.type === "Literal" && typeof property.value === "string") return property.value;
  return undefined;
}

/** What `import { name as other }` takes from the module. */
export function importedName(specifier: { readonly imported: unknown }): string {
  const imported = specifier.imported as { readonly name?: string; readonly value?: string };
  return imported.name ?? imported.value ?? "";
}
