import { english } from "./en.ts";
import { failureParams } from "./failure-params.ts";

type Params = Readonly<Record<string, string | number>>;

const plural = new Intl.PluralRules("en");

/** A sentence of the catalogue, for main and the command line, which need no more than filling in. */
export function words(key: string, params: Params = {}): string {
  const count = params["count"];
  const form = typeof count === "number" ? english[`${key}_${plural.select(count)}`] : undefined;
  const text = form ?? english[key];
  return text === undefined ? key : fill(text, params);
}

/** What happened, why, and what to do next, in one line each. */
export function failureWords(failure: {
  readonly code: string;
  readonly params?: Params;
}): readonly [string, string, string] {
  const say = (key: string, params: Params): string | undefined => (key in english ? words(key, params) : undefined);
  const params = failureParams(failure.params ?? {}, say);
  const part = (name: string): string => words(`${failure.code}.${name}`, params);
  return [part("what"), part("why"), part("next")];
}

function fill(text: string, params: Params): string {
  return text.replace(/\{\{(\w+)\}\}/gu, (whole, name: string) => String(params[name] ?? whole));
}
