/** A name of an element or attribute (Namespaces in XML 1.0). */
export interface XmlName {
  /** As written; "" without one. */
  readonly prefix: string;
  readonly local: string;
  /** "" when the name is in no namespace. */
  readonly namespace: string;
}

export interface XmlAttribute {
  readonly name: XmlName;
  readonly value: string;
}

/**
 * An element of a document that `parseStrictXml` accepted: there are elements and text, and nothing else. An element is
 * known by its identity; nothing in here looks one up by its name or its Id.
 */
export interface XmlElement {
  readonly name: XmlName;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** Every prefix in scope with its namespace, the default one under "" when it is not empty; without "xml". */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly parent: XmlElement | null;
  readonly children: readonly (XmlElement | string)[];
}

export const isElement = (node: XmlElement | string): node is XmlElement => typeof node !== "string";

export const childElements = (element: XmlElement): readonly XmlElement[] => element.children.filter(isElement);

/** Whether an element has this name; its prefix does not matter. */
export const isNamed = (element: XmlElement, namespace: string, local: string): boolean =>
  element.name.namespace === namespace && element.name.local === local;

/** The value of an attribute without a namespace. */
export const attributeOf = (element: XmlElement, local: string): string | undefined =>
  element.attributes.find(({ name }) => name.namespace === "" && name.local === local)?.value;

/** The text of an element that has no elements inside; undefined when it has. */
export function textOnly(element: XmlElement): string | undefined {
  const texts = element.children.filter((child) => typeof child === "string");
  return texts.length === element.children.length ? texts.join("") : undefined;
}

/** The element itself and everything below, in the order of the document. */
export function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of childElements(element)) {
    yield* elementsOf(child);
  }
}
