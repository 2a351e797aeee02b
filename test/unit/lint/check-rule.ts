import path from "node:path";
import { RuleTester } from "oxlint/plugins-dev";
import { describe, test } from "vitest";
import type { Rule } from "../../../build/lint/rule.ts";

const root = path.resolve(import.meta.dirname, "..", "..", "..");

RuleTester.describe = describe;
RuleTester.it = test;

/** [where the code stands, the code] */
export type Sample = readonly [file: string, code: string];

/** Each sample of `passes` must have no objection, each of `fails` exactly one. */
export function checkRule(name: string, rule: Rule, passes: readonly Sample[], fails: readonly Sample[]): void {
  const named = ([file, code]: Sample) => ({
    name: `${file}: ${code}`,
    filename: path.join(root, file),
    code,
    languageOptions: { parserOptions: { lang: file.endsWith(".tsx") ? ("tsx" as const) : ("ts" as const) } },
  });
  new RuleTester().run(name, rule, {
    valid: passes.map(named),
    invalid: fails.map((sample) => ({ ...named(sample), errors: 1 })),
  });
}
