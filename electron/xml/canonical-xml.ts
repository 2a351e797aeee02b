import { isElement, type XmlAttribute, type XmlElement, type XmlName } from "./xml-element.ts";

/** Canonical XML 1.0, inclusive, without comments: https://www.w3.org/TR/2001/REC-xml-c14n-20010315. */
export const CANONICAL_XML = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/**
 * The canonical form (Canonical XML 1.0) of an element with everything below, as UTF-8: what a reference to it digests.
 * The element takes along what it inherits: namespaces in scope and `xml:` attributes (section 2.4).
 */
export function canonicalXml(apex: XmlElement): Uint8Array {
  const parts: string[] = [];
  write(apex, new Map(), [...inheritedXmlAttributes(apex), ...apex.attributes], parts);
  return new TextEncoder().encode(parts.join(""));
}

function write(
  element: XmlElement,
  rendered: ReadonlyMap<string, string>,
  attributes: readonly XmlAttribute[],
  parts: string[],
): void {
  const name = written(element.name);
  parts.push("<", name);
  for (const [prefix, namespace] of declarations(element.namespaces, rendered)) {
    parts.push(prefix === "" ? " xmlns" : ` xmlns:${prefix}`, '="', attributeText(namespace), '"');
  }
  for (const attribute of attributes.toSorted(byName)) {
    parts.push(" ", written(attribute.name), '="', attributeText(attribute.value), '"');
  }
  parts.push(">");
  for (const child of element.children) {
    if (isElement(child)) {
      write(child, element.namespaces, child.attributes, parts);
    } else {
      parts.push(contentText(child));
    }
  }
  parts.push("</", name, ">");
}

const written = ({ prefix, local }: XmlName): string => (prefix === "" ? local : `${prefix}:${local}`);

/** What differs from the parent that was rendered, the default namespace first (section 2.2 and 2.3). */
function declarations(
  inScope: ReadonlyMap<string, string>,
  rendered: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const changed = [...inScope].filter(([prefix, namespace]) => rendered.get(prefix) !== namespace);
  const emptied: (readonly [string, string])[] = rendered.has("") && !inScope.has("") ? [["", ""]] : [];
  return [...emptied, ...changed.toSorted(([a], [b]) => byCodePoint(a, b))];
}

function inheritedXmlAttributes(apex: XmlElement): readonly XmlAttribute[] {
  const inherited = new Map<string, XmlAttribute>();
  for (let ancestor = apex.parent; ancestor !== null; ancestor = ancestor.parent) {
    for (const attribute of ancestor.attributes) {
      const { namespace, local } = attribute.name;
      const isOwn = apex.attributes.some(({ name }) => name.namespace === XML_NAMESPACE && name.local === local);
      if (namespace === XML_NAMESPACE && !isOwn && !inherited.has(local)) {
        inherited.set(local, attribute);
      }
    }
  }
  return [...inherited.values()];
}

const byName = (a: XmlAttribute, b: XmlAttribute): number =>
  byCodePoint(a.name.namespace, b.name.namespace) || byCodePoint(a.name.local, b.name.local);

/** JavaScript compares UTF-16 units; UTF-8 bytes are in the order of code points. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));

const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};
const CONTENT_ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };

const attributeText = (value: string): string =>
  value.replaceAll(/[&<"\t\n\r]/gu, (character) => ATTRIBUTE_ESCAPES[character] ?? character);

const contentText = (value: string): string =>
  value.replaceAll(/[&<>\r]/gu, (character) => CONTENT_ESCAPES[character] ?? character);
