/** A JSON object as it came in: nothing about its fields is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The JSON of a body in strict UTF-8; undefined: it is none. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Reads a request body. "empty" has its own error code (NO_REQUEST). */
export function readJsonBody(body: Uint8Array): JsonObject | "empty" | "malformed" {
  const text = new TextDecoder("utf-8").decode(body).trim();
  if (text === "") return "empty";
  try {
    return asObject(JSON.parse(text)) ?? "malformed";
  } catch {
    return "malformed";
  }
}
