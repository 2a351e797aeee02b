import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { signRaw, type SignedDocument } from "./sign-raw.ts";

const DRAWING = "/Type /XObject /Subtype /Form /BBox [0 0 300 200]";
const COVER = "1 g 0 0 300 200 re f";

/** Shadow attacks: the document was prepared before somebody signed it. */
export function shadowAttacks({ pki }: Victims): readonly Attack[] {
  const hide = family("shadow: hide");
  const replace = family("shadow: replace");
  const both = family("shadow: hide and replace");
  const prepared = (changes: Readonly<Record<number, string>>, style: "table" | "packed" = "table"): SignedDocument =>
    signRaw(baseDocument(changes, { style }), pki.person);
  const page = (more: string): string => swap(BODIES[3] ?? "", "/X2 20 0 R", `/X2 20 0 R ${more}`);
  const draws = (what: string): string => stream(`BT /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET ${what}`);
  const catalog = (from: string | RegExp, to: string): string => swap(BODIES[1] ?? "", from, to);
  const evil = stream("BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET", DRAWING);
  const then = (
    document: SignedDocument,
    changes: Readonly<Record<number, string>>,
    options: Parameters<typeof revise>[2] = {},
  ): RawDocument => revise(document, changes, options);
  const fieldMap = "<< /FT /Sig /T (Empty) /F 4 /M 14 0 R >>";
  return [
    hide("overlay replaced by nothing", "changes.object", () =>
      then(prepared({}), { [OBJECT.overlay]: stream("", DRAWING) }),
    ),
    hide("overlay freed", "changes.freed", () => then(prepared({}), {}, { free: [OBJECT.overlay] })),
    hide("overlay is the document information, which is freed", "changes.", () => {
      const document = signRaw(baseDocument({}, { info: `${OBJECT.overlay} 0 R` }), pki.person);
      return then(document, {}, { free: [OBJECT.overlay], info: "5 0 R" });
    }),
    hide("overlay is the document information, which is rewritten", "changes.shared-object", () => {
      const document = signRaw(baseDocument({}, { info: `${OBJECT.overlay} 0 R` }), pki.person);
      return then(document, { [OBJECT.overlay]: stream("", DRAWING) });
    }),
    hide("overlay is the metadata", "changes.shared-object", () =>
      then(
        prepared({
          3: page("/X3 6 0 R"),
          4: draws("/X3 Do"),
          6: stream(COVER, "/Type /Metadata /Subtype /Form /BBox [0 0 300 200]"),
        }),
        {
          6: stream("", "/Type /Metadata /Subtype /XML"),
        },
      ),
    ),
    hide("overlay is the metadata, and the catalog the list of drawings", "changes.", () =>
      then(
        prepared({
          3: swap(BODIES[3] ?? "", /\/XObject << [^>]* >>/u, "/XObject 1 0 R"),
          4: draws("/Metadata Do"),
          6: stream(COVER, "/Type /Metadata /Subtype /Form /BBox [0 0 300 200]"),
        }),
        { 6: stream("", "/Type /Metadata /Subtype /Form /BBox [0 0 300 200]") },
      ),
    ),
    hide("catalog is the list of drawings, new metadata", "changes.", () => {
      const document = prepared({
        3: swap(BODIES[3] ?? "", /\/XObject << [^>]* >>/u, "/XObject 1 0 R"),
        4: draws("/Metadata Do"),
        6: stream(COVER, "/Type /Metadata /Subtype /Form /BBox [0 0 300 200]"),
      });
      return then(document, {
        1: swap(body(document, 1), "/Metadata 6 0 R", "/Metadata 60 0 R"),
        60: stream("", "/Type /Metadata /Subtype /Form /BBox [0 0 300 200]"),
      });
    }),
    hide("overlay says that it is a cross-reference stream", "changes.", () =>
      then(prepared({ 14: stream(COVER, "/Type /XRef /Subtype /Form /BBox [0 0 300 200]") }), {
        14: stream("", "/Type /XRef /Subtype /Form /BBox [0 0 300 200]"),
      }),
    ),
    hide("overlay says that it is a cross-reference stream, and is freed", "changes.", () =>
      then(prepared({ 14: stream(COVER, "/Type /XRef /Subtype /Form /BBox [0 0 300 200]") }), {}, { free: [14] }),
    ),
    hide("overlay says that it is an object stream", "changes.", () =>
      then(prepared({ 14: stream(COVER, "/Type /ObjStm /N 0 /First 0 /Subtype /Form /BBox [0 0 300 200]") }), {
        14: stream("", "/Type /ObjStm /N 0 /First 0 /Subtype /Form /BBox [0 0 300 200]"),
      }),
    ),
    hide("page content says that it is a cross-reference stream", "changes.", () =>
      then(prepared({ 4: stream("BT /F1 18 Tf 50 150 Td (Pay 100 EUR) Tj ET", "/Type /XRef") }), {
        4: stream("BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET", "/Type /XRef"),
      }),
    ),
    hide("layer with the overlay switched off", "changes.catalog", () => {
      const document = prepared({});
      return then(document, { 1: swap(body(document, 1), "/ON [15 0 R]", "/OFF [15 0 R]") });
    }),
    hide("layer settings in an object of their own", "changes.", () =>
      then(prepared({ 1: catalog(/\/D << [^>]* >>/u, "/D 40 0 R"), 40: "<< /ON [15 0 R] >>" }), {
        40: "<< /OFF [15 0 R] >>",
      }),
    ),
    replace("font of a field", "changes.object", () =>
      then(prepared({}), { [OBJECT.font]: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>" }),
    ),
    replace("font in the default resources", "changes.", () =>
      then(
        prepared({ 33: "<< /Font << /F1 40 0 R >> >>", 40: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" }),
        {
          40: "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>",
        },
      ),
    ),
    replace("default resources that the page uses too", "changes.", () =>
      then(
        prepared({
          3: swap(BODIES[3] ?? "", /\/Resources << .* >> >>(?= \/Contents)/u, "/Resources 33 0 R"),
          33: "<< /Font << /F1 13 0 R >> /XObject << /X1 14 0 R >> >>",
        }),
        {
          33: "<< /Font << /F1 13 0 R >> /XObject << /X1 19 0 R >> >>",
        },
      ),
    ),
    replace("value, not appearance", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "(100)", "(999)") }),
    ),
    replace("appearance in place, not value", "changes.", () =>
      then(prepared({}), { 19: swap(BODIES[19] ?? "", "(100)", "(999)") }),
    ),
    replace("appearance by another object, not value", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "/N 19 0 R", "/N 60 0 R"), 60: evil }),
    ),
    replace("value and an appearance that says something else", "changes.", () =>
      then(prepared({}), { 8: swap(swap(BODIES[8] ?? "", "(100)", "(101)"), "/N 19 0 R", "/N 60 0 R"), 60: evil }),
    ),
    replace("field without an appearance", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "/AP << /N 19 0 R >>", "") }),
    ),
    replace("field moved", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "[10 10 90 30]", "[50 140 200 180]") }),
    ),
    replace("field hidden", "changes.", () => then(prepared({}), { 8: swap(BODIES[8] ?? "", "/F 4", "/F 2") })),
    replace("field with white default appearance", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "12 Tf 0 g", "12 Tf 1 g") }),
    ),
    replace("default appearance of the form", "changes.", () =>
      then(prepared({}), { 7: swap(body(prepared({}), 7), "12 Tf 0 g", "12 Tf 1 g") }),
    ),
    replace("field of another type", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "/FT /Tx", "/FT /Sig") }),
    ),
    replace("field with an action", "changes.", () =>
      then(prepared({}), { 8: swap(BODIES[8] ?? "", "<<", "<< /AA << /K << /S /JavaScript /JS (1) >> >>") }),
    ),
    replace("box drawn as ticked, value off", "changes.", () =>
      then(prepared({}), { 10: swap(BODIES[10] ?? "", "/AS /Off", "/AS /Yes") }),
    ),
    replace("drawing of the box", "changes.", () =>
      then(prepared({}), {
        [OBJECT.checkOff]: stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]"),
      }),
    ),
    replace("options of a choice", "changes.", () =>
      then(prepared({}), { 12: swap(BODIES[12] ?? "", "[(One) (Two)]", "[[(One) (Nine)] (Two)]") }),
    ),
    replace("appearances drawn anew from now on", "changes.", () =>
      then(prepared({}), { 7: swap(body(prepared({}), 7), "<<", "<< /NeedAppearances true") }),
    ),
    replace("appearances no longer drawn anew", "changes.", () => {
      const document = prepared({
        7: swap(BODIES[7] ?? "", "<<", "<< /NeedAppearances true"),
        19: swap(BODIES[19] ?? "", "(100)", "(999)"),
      });
      return then(document, { 7: swap(body(document, 7), "/NeedAppearances true", "/NeedAppearances false") });
    }),
    replace("alignment of fields that are drawn anew", "changes.", () => {
      const document = prepared({ 7: "<< /NeedAppearances true /Fields [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R 32 0 R] >>" });
      return then(document, { 7: swap(body(document, 7), "<<", "<< /Q 2 /DA (/F1 40 Tf 1 g)") });
    }),
    replace("form no longer append-only", "changes.not-judged", () => {
      const document = prepared({});
      return then(document, { 7: swap(body(document, 7), "/SigFlags 3", "/SigFlags 1") });
    }),
    replace("an XFA form", "changes.", () =>
      then(prepared({}), { 7: swap(body(prepared({}), 7), "<<", "<< /XFA 60 0 R"), 60: stream("<xdp/>") }),
    ),
    replace("fields in another order", "changes.", () =>
      then(prepared({}), { 7: swap(body(prepared({}), 7), "8 0 R 9 0 R", "9 0 R 8 0 R") }),
    ),
    replace("a field removed", "changes.", () => then(prepared({}), { 7: swap(body(prepared({}), 7), "8 0 R ", "") })),
    replace(
      "drawings swapped by a signed field that is a list of drawings",
      "changes.",
      () => {
        const document = prepared({
          3: swap(BODIES[3] ?? "", /\/XObject << [^>]* >>/u, "/XObject 40 0 R"),
          4: draws("/M Do"),
          40: fieldMap,
          7: swap(BODIES[7] ?? "", "32 0 R", "32 0 R 40 0 R"),
        });
        return signRaw(
          { ...document, bodies: new Map([...document.bodies, [40, swap(fieldMap, "/M 14 0 R", "/M 60 0 R")]]) },
          pki.other,
          { existing: 40, objects: { 60: evil } },
        );
      },
      { mayStayIntact: ["Empty"] },
    ),
    replace(
      "drawing of an empty signature field that a page uses too",
      "changes.",
      () => {
        const document = prepared({ 9: swap(BODIES[9] ?? "", "<<", "<< /AP << /N 14 0 R >>") });
        return signRaw(document, pki.other, { existing: 9, objects: { 14: evil } });
      },
      { mayStayIntact: ["Place"] },
    ),
    replace("page in the security store", "changes.", () => {
      const document = prepared({
        1: catalog("<<", "<< /DSS 40 0 R"),
        40: "<< /Type /DSS /VRI << /AAAA << /Cert [41 0 R] >> >> /Certs [] >>",
        41: "<< /Type /Page /X 42 0 R >>",
        42: "<< /Kids [43 0 R] >>",
        2: "<< /Type /Pages /Kids [42 0 R] /Count 1 >>",
        43: `<< /Type /Page /Parent 42 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 13 0 R >> >> /Contents 4 0 R >>`,
      });
      return then(document, { 43: swap(body(document, 43), "/Contents 4 0 R", "/Contents 60 0 R"), 60: evil });
    }),
    replace("resources in the security store", "changes.", () => {
      const document = prepared({
        1: catalog("<<", "<< /DSS << /VRI 40 0 R >>"),
        40: "<< /A 41 0 R >>",
        41: "<< /B 42 0 R >>",
        42: "<< /X1 14 0 R >>",
        3: swap(BODIES[3] ?? "", /\/Resources << .* >> >>(?= \/Contents)/u, "/Resources 41 0 R"),
      });
      return then(document, { 42: "<< /X1 60 0 R >>", 60: evil });
    }),
    both("page content prepared twice, table points to the other", "changes.", () => {
      const shadow = signRaw(revise(baseDocument(), {}, { hidden: `4 0 obj\n${evil}\nendobj\n` }), pki.person);
      return then(
        shadow,
        {},
        { entries: new Map([[4, shadow.text.indexOf("4 0 obj", shadow.text.indexOf("%%EOF"))]]) },
      );
    }),
    both("two sections at the end of the signed revision", "revision.other-cross-reference", () => {
      // The signed file's end marker names one cross-reference, the attacker's /Prev another one beside it.
      const base = baseDocument({}, { hidden: `4 0 obj\n${evil}\nendobj\n` });
      const prepared4 = base.text.lastIndexOf("\n4 0 obj\n") + 1;
      const signed = signRaw(base, pki.person, { revision: { twin: new Map([[4, prepared4]]) } });
      return revise(signed, {}, { previous: signed.text.lastIndexOf("xref\n", signed.text.lastIndexOf("trailer")) });
    }),
    both("object stream replaced", "changes.object-stream", () => {
      const document = prepared({}, "packed");
      const holder = [...document.bodies].find(([, text]) => text.includes("/ObjStm"))?.[0] ?? 0;
      return then(document, {
        [holder]: swap(body(document, holder), "[3 0 R 21 0 R]", "[21 0 R 3 0 R]"),
      });
    }),
    both("object stream with an indirect type replaced", "", () => {
      const document = signRaw(
        baseDocument(
          { 40: "/ObjStm" },
          {
            style: "packed",
            packed: [2, 3, 5, 21],
            packEntries: (count, first) => `/N ${count} /First ${first} /Indirect true`,
            packType: "40 0 R",
          },
        ),
        pki.person,
      );
      const holder = [...document.bodies].find(([, text]) => text.includes("/Indirect"))?.[0] ?? 0;
      return then(document, {
        [holder]: swap(body(document, holder), "[3 0 R 21 0 R]", "[21 0 R 3 0 R]"),
      });
    }),
    both("first offset of an object stream is an object that changes", "", () => {
      const document = signRaw(
        baseDocument(
          { 40: "0000" },
          {
            style: "packed",
            packed: [2, 3, 5, 21],
            packEntries: (count, first) => `/N ${count} /First 40 0 R /Note ${first}`,
          },
        ),
        pki.person,
      );
      return then(document, { 40: "10" });
    }),
  ];
}
