import { simplePdf, streamBody } from "../../unit/pdf/build-pdf.ts";

/** The claims that a small document of ours makes, as veraPDF names them: PDF/A parts, and PDF/UA-1 where tagged. */
export const CLAIMS = {
  "1b": { version: "1.4", claims: "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" },
  "2b": { version: "1.7", claims: "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" },
  "1a": { version: "1.4", claims: "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" },
  "2a": { version: "1.7", claims: "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" },
  "3a": { version: "1.7", claims: "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" },
  "4": { version: "2.0", claims: "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>" },
  ua1: { version: "1.7", claims: "<pdfuaid:part>1</pdfuaid:part>" },
} as const;

export type Claim = keyof typeof CLAIMS;

const TAGGED: readonly Claim[] = ["1a", "2a", "3a", "ua1"];

const metadata = (claims: string): string => `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">${claims}
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A grey box</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;

/**
 * A page of 400 by 300 points with a grey box, written by hand to conform to what it claims; veraPDF is asked about it
 * before it is signed, too. With an empty signature field "Approval" on request.
 */
export function archiveDocument(claim: Claim, { field = false }: { readonly field?: boolean } = {}): Uint8Array {
  const { version, claims } = CLAIMS[claim];
  const tagged = TAGGED.includes(claim);
  const structure = tagged
    ? "/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R/Lang(en)/ViewerPreferences<</DisplayDocTitle true>>"
    : "";
  const [open, close] = tagged ? ["/Figure <</MCID 0>> BDC ", " EMC"] : ["", ""];
  const objects: Record<number, string> = {
    1: `<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R${structure}${field ? "/AcroForm<</Fields[10 0 R]>>" : ""}>>`,
    3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</ColorSpace<</Grey[/CalGray<</WhitePoint[0.9505 1 1.089]>>]>>>>${
      tagged ? "/StructParents 0/Tabs/S" : ""
    }${field ? "/Annots[10 0 R]" : ""}>>`,
    4: streamBody(`${open}/Grey cs 0.5 sc 20 230 50 50 re f${close}`),
    5: streamBody(metadata(claims), "/Type/Metadata/Subtype/XML"),
  };
  if (tagged) {
    const root = "<</Type/StructTreeRoot/K 7 0 R/ParentTree 9 0 R/ParentTreeNextKey";
    objects[6] = `${root} ${field ? 2 : 1}>>`;
    objects[7] = `<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R${field ? " 11 0 R" : ""}]>>`;
    objects[8] =
      "<</Type/StructElem/S/Figure/P 7 0 R/Pg 3 0 R/K 0/Alt(A grey box)/A<</O/Layout/BBox[20 230 70 280]>>>>";
    objects[9] = `<</Nums[0[8 0 R]${field ? "1 11 0 R" : ""}]>>`;
  }
  if (field) {
    const widget = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Approval)/TU(Approval)/F 4/P 3 0 R/Rect[40 40 220 110]";
    objects[10] = `${widget}/AP<</N 12 0 R>>${tagged ? "/StructParent 1" : ""}>>`;
    objects[12] = streamBody("", "/Type/XObject/Subtype/Form/BBox[0 0 180 70]");
    if (tagged) {
      objects[11] = "<</Type/StructElem/S/Form/P 7 0 R/Pg 3 0 R/K<</Type/OBJR/Pg 3 0 R/Obj 10 0 R>>>>";
    }
  }
  const id = "<00112233445566778899AABBCCDDEEFF>";
  return simplePdf(1, { version, objects, trailer: `/ID[${id}${id}]` });
}
