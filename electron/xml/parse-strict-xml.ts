import { parseXml, XmlElement as ParsedElement, XmlError, XmlText } from "@rgrove/parse-xml";

import { resolveNames } from "./resolve-names.ts";
import type { XmlElement } from "./xml-element.ts";
import { XmlRefusal } from "./xml-refusal.ts";

export interface XmlLimits {
  readonly bytes: number;
  /** Start tags and end tags together. */
  readonly tags: number;
  readonly depth: number;
}

/** What a signed message of one person may measure. */
export const MESSAGE_LIMITS: XmlLimits = { bytes: 1_048_576, tags: 2000, depth: 32 };

const DECLARATION = /^<\?xml[ \t\r\n][^<>?]*\?>/u;
const VERSION = /[ \t\r\n]version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')/u;
const ENCODING = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/u;

/**
 * Reads a signed XML message: UTF-8, XML 1.0 with namespaces, elements and text alone. Throws `XmlRefusal`.
 *
 * SECURITY: comments, CDATA sections, processing instructions and document types are refused and not skipped. Canonical
 * XML drops or rewrites them, so a signature covers a text that has them and one that has not, and programs have read
 * only the half before the comment. Without a document type there are no entities but the five of XML itself.
 */
export function parseStrictXml(bytes: Uint8Array, limits: XmlLimits = MESSAGE_LIMITS): XmlElement {
  if (bytes.length > limits.bytes) {
    throw new XmlRefusal("too-long", `The XML is longer than ${limits.bytes} bytes.`);
  }
  const text = decode(bytes);
  // The parser would drop a byte order mark.
  if (!text.startsWith("<")) {
    throw new XmlRefusal("not-well-formed", "The XML does not begin with an element.");
  }
  const body = withoutDeclaration(text);
  // A "<" stands nowhere but at the beginning of markup (XML 1.0 2.4), so this finds every construct of the kind.
  if (/<[!?]/u.test(body)) {
    throw new XmlRefusal("construct", "The XML has a comment, CDATA section, document type or processing instruction.");
  }
  // SECURITY: the parser goes down by calling itself; no tag, no call.
  if (body.split("<", limits.tags + 2).length - 1 > limits.tags) {
    throw new XmlRefusal("too-complex", `The XML has more than ${limits.tags} tags.`);
  }
  return resolveNames(parsedRoot(body), limits.depth, isText);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new XmlRefusal("encoding", "The XML is not encoded in UTF-8.");
  }
}

function withoutDeclaration(text: string): string {
  if (!text.startsWith("<?xml")) {
    return text;
  }
  const declaration = DECLARATION.exec(text)?.[0];
  if (declaration === undefined || !VERSION.test(declaration)) {
    throw new XmlRefusal("not-well-formed", "The XML declaration is none of XML 1.0.");
  }
  const encoding = ENCODING.exec(declaration)?.[1];
  if (encoding !== undefined && encoding.toUpperCase() !== "UTF-8") {
    throw new XmlRefusal("encoding", "The XML says that it is not encoded in UTF-8.");
  }
  // The parser judges the whole of it, but would skip a second one.
  parsedRoot(`${declaration}<a/>`);
  return text.slice(declaration.length);
}

function parsedRoot(text: string): ParsedElement {
  try {
    const { root } = parseXml(text, { ignoreUndefinedEntities: false });
    if (root !== null) {
      return root;
    }
  } catch (error) {
    if (!(error instanceof XmlError)) {
      throw error;
    }
  }
  throw new XmlRefusal("not-well-formed", "The XML is not well-formed.");
}

/** Everything else was refused before; a parser that hands out something new is not believed. */
function isText(node: unknown): string | ParsedElement {
  if (node instanceof XmlText) {
    return node.text;
  }
  if (node instanceof ParsedElement) {
    return node;
  }
  throw new XmlRefusal("construct", "The XML has something besides elements and text.");
}
