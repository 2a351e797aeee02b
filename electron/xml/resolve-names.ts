import type { XmlElement as ParsedElement } from "@rgrove/parse-xml";

import type { XmlAttribute, XmlElement, XmlName } from "./xml-element.ts";
import { XmlRefusal } from "./xml-refusal.ts";

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** An element under construction. */
interface Growing extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/**
 * Gives names their namespaces (Namespaces in XML 1.0). Throws `XmlRefusal` for what is not namespace-well-formed.
 *
 * @param kindOf a node's text, or the element it is
 */
export function resolveNames(
  root: ParsedElement,
  maximumDepth: number,
  kindOf: (node: unknown) => string | ParsedElement,
): XmlElement {
  const build = (parsed: ParsedElement, parent: XmlElement | null, depth: number): XmlElement => {
    if (depth > maximumDepth) {
      throw new XmlRefusal("too-complex", `The XML is nested deeper than ${maximumDepth} elements.`);
    }
    const element = openElement(parsed, parent);
    for (const node of parsed.children) {
      const child = kindOf(node);
      element.children.push(typeof child === "string" ? child : build(child, element, depth + 1));
    }
    return element;
  };
  return build(root, null, 1);
}

function openElement(parsed: ParsedElement, parent: XmlElement | null): Growing {
  const written = Object.entries(parsed.attributes);
  const namespaces = new Map(parent?.namespaces);
  for (const [name, value] of written) {
    const prefix = declaredPrefix(name);
    if (prefix !== undefined) {
      declare(namespaces, prefix, value);
    }
  }
  const attributes = written
    .filter(([name]) => declaredPrefix(name) === undefined)
    .map(([name, value]): XmlAttribute => ({ name: resolve(name, namespaces, false), value }));
  const names = new Set(attributes.map(({ name }) => JSON.stringify([name.namespace, name.local])));
  if (names.size !== attributes.length) {
    throw new XmlRefusal("namespace", "An element has the same attribute twice.");
  }
  return { name: resolve(parsed.name, namespaces, true), attributes, namespaces, parent, children: [] };
}

/** Undefined: the attribute declares no namespace. */
function declaredPrefix(name: string): string | undefined {
  if (name === "xmlns") {
    return "";
  }
  return name.startsWith("xmlns:") ? name.slice("xmlns:".length) : undefined;
}

function declare(namespaces: Map<string, string>, prefix: string, namespace: string): void {
  const isReserved = namespace === XMLNS_NAMESPACE || prefix === "xmlns";
  // Namespaces in XML 1.0, section 3: "xml" may be declared as what it is, and as nothing else.
  if (isReserved || (prefix === "xml") !== (namespace === XML_NAMESPACE) || prefix.includes(":")) {
    throw new XmlRefusal("namespace", "A reserved namespace is declared.");
  }
  if (prefix === "xml") {
    return;
  }
  if (namespace !== "") {
    namespaces.set(prefix, namespace);
  } else if (prefix === "") {
    namespaces.delete("");
  } else {
    throw new XmlRefusal("namespace", "The declaration of a prefix cannot be taken back.");
  }
}

function resolve(name: string, namespaces: ReadonlyMap<string, string>, isElementName: boolean): XmlName {
  const [first = "", second, ...more] = name.split(":");
  if (second === undefined) {
    // The default namespace is for elements alone (Namespaces in XML 1.0, 6.2).
    return { prefix: "", local: first, namespace: isElementName ? (namespaces.get("") ?? "") : "" };
  }
  const namespace = first === "xml" ? XML_NAMESPACE : namespaces.get(first);
  if (namespace === undefined || first === "" || second === "" || more.length > 0) {
    throw new XmlRefusal("namespace", `The name "${name}" belongs to no declared namespace.`);
  }
  return { prefix: first, local: second, namespace };
}
