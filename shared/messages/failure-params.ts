type Params = Readonly<Record<string, string | number>>;

/**
 * What fills the sentences of a failure. A condition that a signature field sets (`params.constraint`) has words of its
 * own, which the sentences take as `{{condition}}`.
 *
 * @param say the words of a key, or undefined when the catalogue has none
 */
export function failureParams(params: Params, say: (key: string, params: Params) => string | undefined): Params {
  const { constraint, wanted } = params;
  if (constraint === undefined) {
    return params;
  }
  const bare = constraint === "Reasons" && (wanted === "" || wanted === ".");
  const key = `seed.${bare ? "NoReason" : constraint}`;
  return { ...params, condition: say(key, params) ?? say("seed.other", params) ?? "" };
}
