/**
 * Reading answers whose documents contradict each other: field names are compared without regard to case
 * (`asyncRespID`, `asyncRespId`; `whichDoc`, `whichdoc`), and anything of the wrong type counts as absent.
 */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The JSON object in a body; null when the body is empty, not JSON, or not an object. */
export function readObject(body: Uint8Array): JsonRecord | null {
  const text = new TextDecoder("utf-8").decode(body).trim();
  if (text === "") {
    return null;
  }
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

export function asObject(value: unknown): JsonRecord | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

export function field(object: JsonRecord | null, name: string): unknown {
  if (object === null) {
    return undefined;
  }
  if (Object.hasOwn(object, name)) {
    return object[name];
  }
  const wanted = name.toLowerCase();
  const found = Object.keys(object).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : object[found];
}

/** A text that is not empty, or null. */
export function textField(object: JsonRecord | null, name: string): string | null {
  const value = field(object, name);
  return typeof value === "string" && value !== "" ? value : null;
}

export function objectField(object: JsonRecord | null, name: string): JsonRecord | null {
  return asObject(field(object, name));
}

export function listField(object: JsonRecord | null, name: string): readonly unknown[] {
  const value = field(object, name);
  return Array.isArray(value) ? value : [];
}
