/** What a codec needs to know of its world: Base64 is different in Node and in a page. */
export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

/** The structured clone algorithm as text: what Electron's IPC carries, carried in JSON. */
export interface Codec {
  /** @param attachments when given, buffers above 64 kB are put there instead of into the text. */
  encode(value: unknown, attachments?: Uint8Array[]): string;
  decode(text: string, attachments?: readonly ArrayBuffer[]): unknown;
}

/**
 * Makes a codec. This function is also sent into the page as text, so it must not use anything outside itself.
 * What structured clone refuses is refused with its message; cycles, which it would carry, are refused by name.
 */
export function makeCodec(base64: Base64): Codec {
  type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
  type Bag = { readonly [key: string]: Json };
  const TAG = "$type";
  /** Keys that could be taken for the tag travel with one more "$". */
  const LIKE_TAG = /^\$+type$/;
  const LARGE = 65_536;
  const ERRORS = ["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"];
  let outgoing: Uint8Array[] | undefined;
  let incoming: readonly ArrayBuffer[] = [];
  const open = new Set<object>();

  const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

  const encodeBytes = (view: ArrayBuffer | ArrayBufferView): Json => {
    const kind = tagOf(view);
    const bytes = ArrayBuffer.isView(view)
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : new Uint8Array(view);
    if (outgoing === undefined || bytes.byteLength <= LARGE)
      return { [TAG]: "bytes", kind, data: base64.encode(bytes) };
    outgoing.push(bytes);
    return { [TAG]: "attached", kind, index: outgoing.length - 1 };
  };

  const encodePlain = (value: object): Json => {
    // Without a prototype, so that a member "__proto__" is a member like any other.
    const out = Object.create(null) as { [key: string]: Json };
    for (const [key, item] of Object.entries(value)) out[LIKE_TAG.test(key) ? `$${key}` : key] = encodeAny(item);
    return out;
  };

  const encodeObject = (value: object): Json => {
    const kind = tagOf(value);
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return encodeBytes(value);
    if (Array.isArray(value)) return value.map((item) => encodeAny(item));
    if (value instanceof Error || kind === "Error") {
      const error = value as Error;
      const name = ERRORS.includes(error.name) ? error.name : "Error";
      return { [TAG]: "error", name, message: error.message, stack: error.stack ?? "" };
    }
    switch (kind) {
      case "Date":
        return { [TAG]: "date", value: encodeAny((value as Date).getTime()) };
      case "RegExp":
        return { [TAG]: "regexp", source: (value as RegExp).source, flags: (value as RegExp).flags };
      case "Map":
        return {
          [TAG]: "map",
          entries: [...(value as Map<unknown, unknown>)].map(([k, v]) => [encodeAny(k), encodeAny(v)]),
        };
      case "Set":
        return { [TAG]: "set", values: [...(value as Set<unknown>)].map((item) => encodeAny(item)) };
      case "Object":
        return encodePlain(value);
      default:
        throw new TypeError("An object could not be cloned.");
    }
  };

  const encodeAny = (value: unknown): Json => {
    switch (typeof value) {
      case "undefined":
        return { [TAG]: "undefined" };
      case "boolean":
      case "string":
        return value;
      case "number":
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return { [TAG]: "number", value: Object.is(value, -0) ? "-0" : String(value) };
      case "bigint":
        return { [TAG]: "bigint", value: String(value) };
      case "object": {
        if (value === null) return null;
        if (open.has(value)) throw new TypeError("electron stand-in: IPC of cyclic objects is not implemented");
        open.add(value);
        const encoded = encodeObject(value);
        open.delete(value);
        return encoded;
      }
      case "function":
      case "symbol":
      default:
        throw new TypeError("An object could not be cloned.");
    }
  };

  const view = (kind: string, buffer: ArrayBuffer): unknown => {
    if (kind === "ArrayBuffer") return buffer;
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[kind];
    if (View === undefined) throw new TypeError(`electron stand-in: IPC of ${kind} is not implemented`);
    return new View(buffer);
  };

  const decodeTagged = (tag: string, bag: Bag): unknown => {
    const text = (key: string): string => bag[key] as string;
    switch (tag) {
      case "undefined":
        return undefined;
      case "number":
        return text("value") === "-0" ? -0 : Number(bag["value"]);
      case "bigint":
        return BigInt(text("value"));
      case "date":
        return new Date(decodeAny(bag["value"] ?? null) as number);
      case "regexp":
        return new RegExp(text("source"), text("flags"));
      case "bytes": {
        const bytes = base64.decode(text("data"));
        const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
        return view(text("kind"), whole);
      }
      case "attached": {
        const buffer = incoming[Number(bag["index"])];
        if (buffer === undefined) throw new TypeError("electron stand-in: an IPC attachment is missing");
        return view(text("kind"), buffer);
      }
      case "map":
        return new Map(
          (bag["entries"] as readonly (readonly Json[])[]).map(([k, v]) => [
            decodeAny(k ?? null),
            decodeAny(v ?? null),
          ]),
        );
      case "set":
        return new Set((bag["values"] as readonly Json[]).map((item) => decodeAny(item)));
      case "error": {
        const Kind = (globalThis as unknown as Record<string, ErrorConstructor>)[text("name")] ?? Error;
        const error = new Kind(text("message"));
        error.stack = text("stack");
        return error;
      }
      default:
        return decodePlain(bag);
    }
  };

  const decodePlain = (bag: Bag): unknown => {
    const out: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(bag)) {
      // defineProperty, because assigning to "__proto__" would change the prototype instead.
      Object.defineProperty(out, LIKE_TAG.test(key) ? key.slice(1) : key, {
        value: decodeAny(item),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return out;
  };

  const decodeAny = (value: Json): unknown => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item: Json) => decodeAny(item));
    const bag = value as Bag;
    const tag = bag[TAG];
    return typeof tag === "string" ? decodeTagged(tag, bag) : decodePlain(bag);
  };

  return {
    encode(value, attachments) {
      outgoing = attachments;
      try {
        return JSON.stringify(encodeAny(value));
      } finally {
        outgoing = undefined;
        open.clear();
      }
    },
    decode(text, attachments) {
      incoming = attachments ?? [];
      try {
        return decodeAny(JSON.parse(text) as Json);
      } finally {
        incoming = [];
      }
    },
  };
}
