import { isAbsolute } from "node:path";
import { z } from "zod";
import { PROVIDER_IDS } from "../../shared/ids.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import { parseWithLines } from "./json-with-lines.ts";
import type { LinedJson } from "./json-with-lines.ts";

const absolutePath = z.string().max(4_000).refine(isAbsolute, { error: "expected an absolute path" });

/**
 * What an administrator lays down for everybody on this computer (docs/policy.md). A rule that is absent forbids nothing.
 *
 * SECURITY: unknown members are errors. A misspelt rule would be without effect, and nobody would notice.
 */
const policySchema = z.strictObject({
  /** For editors that check as one types; no rule. */
  $schema: z.string().max(2_000).optional(),
  version: z.literal(1, { error: "expected 1, the only version that is understood here" }),
  /** Who may sign; empty: nobody. */
  providers: z.array(z.enum(PROVIDER_IDS)).optional(),
  /** False: practice mode may not be used. */
  practice: z.boolean().optional(),
  /** Levels that may be asked for. */
  levels: z
    .array(z.enum(["B-B", "B-T", "B-LT", "B-LTA"]))
    .min(1, { error: "expected at least one level" })
    .optional(),
  /** The only timestamp service, for everything but practice. */
  timestampUrl: z
    .url({ protocol: /^https?$/u, error: "expected an http or https address" })
    .max(2_000)
    .optional(),
  /** PEM files with certificates of authorities that signatures are judged against, beside the person's own. */
  trustAnchors: z.array(absolutePath).max(200).optional(),
  /** The same for BankID's root certificates, which persons who signed with BankID are judged against. */
  bankidRoots: z.array(absolutePath).max(20).optional(),
  /** False: authorities and roots that somebody added count for nothing, on the command line neither. */
  ownAuthorities: z.boolean().optional(),
  output: z
    .strictObject({
      /** Where every result goes. */
      folder: absolutePath.optional(),
      /** True: nowhere but beside the original. False: never there. */
      besideOriginal: z.boolean().optional(),
    })
    .refine(({ folder, besideOriginal }) => folder === undefined || besideOriginal !== true, {
      error: '"folder" and "besideOriginal": true contradict each other',
    })
    .optional(),
  /** Sealdesk does not look for newer versions of itself; says that it never may. */
  updates: z.literal("off").optional(),
});

export type Policy = Readonly<z.output<typeof policySchema>>;

/** Something that keeps a policy from being understood, for the administrator. */
export interface PolicyProblem {
  /** From 1; null: it is about the file as a whole. */
  readonly line: number | null;
  /** Which member: `levels[1]`; "": the file as a whole. */
  readonly member: string;
  readonly what: string;
}

/** A policy, and where in its file each member stands. */
export interface LinedPolicy {
  readonly rules: Policy;
  readonly lineOf: LinedJson["lineOf"];
}

/** Every error in it, each with its place. */
export function parsePolicy(text: string): Result<LinedPolicy, readonly PolicyProblem[]> {
  const json = parseWithLines(text);
  if (!json.ok) {
    const { line, column, what } = json.failure;
    return failed([{ line, member: "", what: `no JSON: ${what} (column ${column})` }]);
  }
  const { value, lineOf } = json.value;
  const parsed = policySchema.safeParse(value);
  if (parsed.success) {
    return success({ rules: parsed.data, lineOf });
  }
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => problem([...issue.path, key], "there is no such rule", lineOf))
      : [problem(issue.path, issue.message, lineOf)],
  );
  return failed(problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)));
}

export function problem(path: readonly PropertyKey[], what: string, lineOf: LinedPolicy["lineOf"]): PolicyProblem {
  const member = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return { line: lineOf(path) ?? lineOf(path.slice(0, -1)), member: member.replace(/^\./u, ""), what };
}

/** One line for an error: `line 3, levels[1]: …`. */
export function problemLine({ line, member, what }: PolicyProblem): string {
  const place = [line === null ? "" : `line ${line}`, member].filter((part) => part !== "").join(", ");
  return place === "" ? what : `${place}: ${what}`;
}
