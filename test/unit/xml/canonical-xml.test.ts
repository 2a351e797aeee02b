import { describe, expect, test } from "vitest";

import { canonicalXml } from "../../../electron/xml/canonical-xml.ts";
import { parseStrictXml } from "../../../electron/xml/parse-strict-xml.ts";
import { elementsOf, type XmlElement } from "../../../electron/xml/xml-element.ts";

const read = (text: string): XmlElement => parseStrictXml(new TextEncoder().encode(text));
const canonical = (element: XmlElement): string => new TextDecoder().decode(canonicalXml(element));
const named = (root: XmlElement, local: string): XmlElement =>
  [...elementsOf(root)].find(({ name }) => name.local === local)!;

describe("the examples of Canonical XML 1.0, section 3 (without their document types)", () => {
  test("3.3: start and end tags, attributes and namespace declarations are written in one way", () => {
    const source = `<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e4   name="elem4"   id="elem4"   ></e4>
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
         </e8>
      </e7>
   </e6>
</doc>`;
    expect(canonical(read(source))).toBe(`<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e4 id="elem4" name="elem4"></e4>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org"></e9>
         </e8>
      </e7>
   </e6>
</doc>`);
  });

  test("3.4: characters are replaced in one way, carriage returns are kept as references", () => {
    const source = `<doc>
   <text>First line&#x0d;&#10;Second line</text>
   <value>&#x32;</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
</doc>`;
    expect(canonical(read(source))).toBe(`<doc>
   <text>First line&#xD;
Second line</text>
   <value>2</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute>
   <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
</doc>`);
  });
});

test("an element takes along the namespaces in scope and the xml attributes above it (section 2.4)", () => {
  const root = read(
    '<a xmlns="urn:a" xmlns:u="urn:unused" xml:lang="sv" xml:space="preserve"><b xml:lang="en"><c at="1"/></b></a>',
  );
  expect(canonical(named(root, "c"))).toBe(
    '<c xmlns="urn:a" xmlns:u="urn:unused" at="1" xml:lang="en" xml:space="preserve"></c>',
  );
  expect(canonical(named(root, "b"))).toBe(
    '<b xmlns="urn:a" xmlns:u="urn:unused" xml:lang="en" xml:space="preserve"><c at="1"></c></b>',
  );
});

test("line ends of every system are line feeds, as XML 1.0 2.11 wants it before anything else", () => {
  expect(canonical(read("<a>one\r\ntwo\rthree\nfour</a>"))).toBe("<a>one\ntwo\nthree\nfour</a>");
});
