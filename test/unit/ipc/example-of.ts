import type { z } from "zod";

/** As much of a zod schema as is looked at here. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly format?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly pattern?: RegExp } } }[];
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/**
 * Values that a schema accepts, one for each choice that it leaves on its way (each member of a union, each optional part
 * there and absent). Made from the schema alone, so that a new command is tried without anybody thinking of it.
 *
 * @param text what stands wherever any text may stand
 * @param id what stands for ids of 36 characters
 */
export function examplesOf(schema: z.ZodType, text: string, id: string): readonly unknown[] {
  const found = examples(schema, text, id).filter((value) => schema.safeParse(value).success);
  return found;
}

function examples(schema: z.ZodType, text: string, id: string): readonly unknown[] {
  const inner = (part: z.ZodType | undefined): readonly unknown[] =>
    part === undefined ? [] : examples(part, text, id);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return objects(definition.shape ?? {}, inner);
    case "string":
      return [stringFor(definition, text, id)];
    case "number":
      return [1, 7];
    case "boolean":
      return [true, false];
    case "enum":
      return Object.values(definition.entries ?? {});
    case "literal":
      return definition.values ?? [];
    case "union":
      return (definition.options ?? []).flatMap(inner);
    case "array":
      return inner(definition.element)
        .slice(0, 1)
        .map((value) => [value]);
    case "record": {
      const [key = text] = inner(definition.keyType);
      return [{}, ...inner(definition.valueType).map((value) => Object.fromEntries([[key, value]]) as object)];
    }
    case "optional":
      return [undefined, ...inner(definition.innerType)];
    case "nullable":
      return [null, ...inner(definition.innerType)];
    case "readonly":
      return inner(definition.innerType);
    case "pipe":
      return inner(definition.in);
    case "custom":
      return [new Uint8Array([1, 2, 3])];
    default:
      throw new Error(`no example of ${definition.type}`);
  }
}

/** The first example of every part, and each part's other examples in turn. */
function objects(
  shape: Readonly<Record<string, z.ZodType>>,
  inner: (part: z.ZodType) => readonly unknown[],
): readonly object[] {
  const parts = Object.entries(shape).map(([name, part]) => [name, inner(part)] as const);
  const base = Object.fromEntries(parts.map(([name, [first]]) => [name, first]));
  return [base, ...parts.flatMap(([name, [, ...others]]) => others.map((other) => ({ ...base, [name]: other })))];
}

function stringFor({ format, checks }: Definition, text: string, id: string): string {
  if (format === "url") return "https://nobody.invalid/";
  const patterns = (checks ?? []).flatMap(({ _zod: { def } }) => (def.pattern === undefined ? [] : [def.pattern]));
  const candidates = [text, id, "0".repeat(64), "NL", "2026-11-28", "+32470000004", "a@nobody.invalid"];
  return candidates.find((candidate) => patterns.every((pattern) => pattern.test(candidate))) ?? text;
}
