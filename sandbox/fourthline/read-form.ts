import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { WebRequest } from "../web/loopback-server.ts";

/** One file of a form. */
export interface FormFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The parts of a multipart/form-data body (RFC 7578). */
export interface SentForm {
  /** A part with JSON; null: it is not there or no JSON object. */
  json(part: string): Promise<JsonObject | null>;
  /** All files under this name, in their order. */
  files(part: string): Promise<readonly FormFile[]>;
}

/** Null: the body is no such form. */
export async function readForm(request: WebRequest): Promise<SentForm | null> {
  const type = request.headers["content-type"];
  if (typeof type !== "string" || !type.startsWith("multipart/form-data")) return null;
  const form = await parsed(type, request.body);
  if (form === null) return null;
  return {
    async json(part) {
      const value = form.get(part);
      // A part with a type of its own may also come as a file.
      const text = value instanceof Blob ? await value.text() : value;
      if (text === null) return null;
      try {
        return asObject(JSON.parse(text));
      } catch {
        return null;
      }
    },
    files: (part) =>
      Promise.all(
        form
          .getAll(part)
          .filter((value) => value instanceof File)
          .map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      ),
  };
}

async function parsed(type: string, body: Buffer): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  } catch {
    return null;
  }
}
