import type { z } from "zod";
import type { FieldProblem } from "../../../shared/profiles.ts";
import { placeOf, walkJson } from "../../storage/json-walk.ts";

type Issue = z.core.$ZodIssue;
type Sentence = Omit<FieldProblem, "field">;

/** What is wrong with a value that was typed as JSON: where it cannot be read, or which entry the schema objects to. */
export function jsonProblem(field: string, text: string, issue: Issue): Sentence {
  const own = text.trim();
  const fault = walkJson(own)?.at ?? null;
  if (fault === null) {
    return entryProblem(placeIn(field, issue), issue);
  }
  if (fault === own.length) {
    return { sentence: "profile.wrong.json-end" };
  }
  // Counted with the blank lines in front, which the person sees too.
  return { sentence: "profile.wrong.json", params: { ...placeOf(text, text.indexOf(own) + fault) } };
}

/** Where in the value of the field it is: "endpoints.status.path". */
export const placeIn = (field: string, { path }: Issue): string => path.slice(field.split(".").length).join(".");

function entryProblem(place: string, issue: Issue): Sentence {
  if (issue.code === "unrecognized_keys") {
    const [name = ""] = issue.keys;
    return { sentence: "profile.wrong.json-unknown", params: { place: place === "" ? name : `${place}.${name}` } };
  }
  if (place === "") {
    return { sentence: "profile.wrong.json-object" };
  }
  if (issue.code === "invalid_value") {
    return { sentence: "profile.wrong.json-choice", params: { place, values: issue.values.map(String).join(", ") } };
  }
  return issue.code === "invalid_type" && issue.expected === "object"
    ? { sentence: "profile.wrong.json-entries", params: { place } }
    : { sentence: "profile.wrong.json-value", params: { place } };
}
