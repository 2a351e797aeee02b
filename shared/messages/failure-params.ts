type Params = Readonly<Record<string, string | number>>;

/**
 * What fills the sentences of a failure. A condition that a signature field sets (`params.constraint`) has words of its
 * own, which the sentences take as `{{condition}}`; a status of IDnow ("17.61", `params.idnowStatus`) as `{{status}}`.
 *
 * @param say the words of a key, or undefined when the catalogue has none
 */
export function failureParams(params: Params, say: (key: string, params: Params) => string | undefined): Params {
  const { constraint, wanted, idnowStatus, text } = params;
  if (text === "") {
    // A service that gave no reason.
    return { ...params, text: say("failure.no-reason", params) ?? "" };
  }
  if (idnowStatus !== undefined) {
    const kind = String(idnowStatus).split(".")[0] ?? "";
    const status = say(`idnow.status.${idnowStatus}`, params) ?? say(`idnow.status.${kind}`, params) ?? "";
    return { ...params, status };
  }
  if (constraint === undefined) {
    return params;
  }
  const bare = constraint === "Reasons" && (wanted === "" || wanted === ".");
  const key = `seed.${bare ? "NoReason" : constraint}`;
  return { ...params, condition: say(key, params) ?? say("seed.other", params) ?? "" };
}
