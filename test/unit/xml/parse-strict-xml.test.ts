import { describe, expect, test } from "vitest";

import { parseStrictXml } from "../../../electron/xml/parse-strict-xml.ts";
import { XmlRefusal } from "../../../electron/xml/xml-refusal.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function refusal(source: string | Uint8Array): string {
  try {
    parseStrictXml(typeof source === "string" ? utf8(source) : source);
  } catch (error) {
    if (error instanceof XmlRefusal) {
      return error.code;
    }
    throw error;
  }
  return "accepted";
}

test("elements, attributes and text are read with their namespaces", () => {
  const root = parseStrictXml(
    utf8('<?xml version="1.0" encoding="utf-8"?>\n<a xmlns="urn:a" xmlns:b="urn:b" b:x="1" y="2">t&amp;<b:c/></a>\n'),
  );
  expect(root.name).toEqual({ prefix: "", local: "a", namespace: "urn:a" });
  expect(root.attributes.map(({ name, value }) => [name.namespace, name.local, value])).toEqual([
    ["urn:b", "x", "1"],
    ["", "y", "2"],
  ]);
  expect(root.children[0]).toBe("t&");
  expect(root.children[1]).toMatchObject({ name: { namespace: "urn:b", local: "c" }, parent: root });
});

describe("constructs that canonical XML drops or rewrites are refused", () => {
  test.each([
    ["a comment", "<a>1<!-- -->2</a>"],
    ["a comment before the root", "<!-- --><a/>"],
    ["a CDATA section", "<a><![CDATA[1]]></a>"],
    ["a processing instruction", "<a><?x y?></a>"],
    ["a processing instruction after the root", "<a/><?x y?>"],
    ["a style sheet", '<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>'],
    ["a second XML declaration", '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
    ["a document type", "<!DOCTYPE a><a/>"],
    ["an external document type", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ["entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["entities that grow", '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'],
  ])("%s", (_title, source) => {
    expect(refusal(source)).toBe("construct");
  });
});

describe("what is not well-formed is refused", () => {
  test.each([
    ["nothing", ""],
    ["text alone", "abc"],
    ["two roots", "<a/><b/>"],
    ["text after the root", "<a/>b"],
    ["text before the root", "b<a/>"],
    ["an open element", "<a><b></a>"],
    ["tags that cross", "<a><b></a></b>"],
    ["an undeclared entity", "<a>&nbsp;</a>"],
    ["a lone ampersand", "<a>&</a>"],
    ["an attribute without quotes", "<a b=c/>"],
    ["the same attribute twice", '<a b="1" b="2"/>'],
    ["a control character", "<a>\u0001</a>"],
    ["a reference to a control character", "<a>&#0;</a>"],
    ["a reference to a surrogate", "<a>&#xD800;</a>"],
    ["the end of a CDATA section", "<a>]]></a>"],
    ["a byte order mark", "\uFEFF<a/>"],
    ["XML 1.1", '<?xml version="1.1"?><a/>'],
    ["a declaration without a version", '<?xml encoding="UTF-8"?><a/>'],
    ["a space before the declaration", ' <?xml version="1.0"?><a/>'],
  ])("%s", (_title, source) => {
    expect(["not-well-formed", "construct"]).toContain(refusal(source));
  });
});

describe("namespaces that deceive are refused", () => {
  test.each([
    ["a prefix that is not declared", "<b:a/>"],
    ["an attribute's prefix that is not declared", '<a b:c="1"/>'],
    ["two colons", '<b:c:a xmlns:b="urn:b"/>'],
    ["a name that is a prefix", '<b: xmlns:b="urn:b"/>'],
    ["one attribute by two prefixes", '<a xmlns:b="urn:x" xmlns:c="urn:x" b:d="1" c:d="2"/>'],
    ["another meaning of xml", '<a xmlns:xml="urn:x"/>'],
    ["another prefix for xml", '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>'],
    ["xml's namespace as the default", '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
    ["a declaration of xmlns", '<a xmlns:xmlns="urn:x"/>'],
    ["a prefix that is taken back", '<a xmlns:b="urn:b"><c xmlns:b=""/></a>'],
  ])("%s", (_title, source) => {
    expect(refusal(source)).toBe("namespace");
  });
});

test("other encodings than UTF-8 are refused, said or not", () => {
  expect(refusal('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')).toBe("encoding");
  expect(refusal(Uint8Array.of(0x3c, 0x61, 0x3e, 0xe5, 0x3c, 0x2f, 0x61, 0x3e))).toBe("encoding");
  // A "<" in two bytes, an overlong form.
  expect(refusal(Uint8Array.of(0xc0, 0xbc, 0x61, 0x2f, 0x3e))).toBe("encoding");
  expect(refusal(new Uint8Array(Buffer.from("<a/>", "utf16le")))).not.toBe("accepted");
});

test("deep, long and many-tagged documents are refused before they cost anything", () => {
  expect(refusal("<a>".repeat(32) + "</a>".repeat(32))).toBe("accepted");
  expect(refusal("<a>".repeat(33) + "</a>".repeat(33))).toBe("too-complex");
  expect(refusal("<a>".repeat(1000) + "</a>".repeat(1000))).toBe("too-complex");
  expect(refusal("<a>".repeat(300_000))).toBe("too-complex");
  expect(refusal(`<a>${"<b/>".repeat(1998)}</a>`)).toBe("accepted");
  expect(refusal(`<a>${"<b/>".repeat(1999)}</a>`)).toBe("too-complex");
  expect(refusal(`<a>${"x".repeat(1_048_576)}</a>`)).toBe("too-long");
});
