import { type Attack, family, type Victims } from "./attack.ts";
import { baseDocument, BODIES, OBJECT } from "./base-documents.ts";
import { body, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { certification, PART, signRaw, type SignedDocument, withItem } from "./sign-raw.ts";

const COVER = stream(
  "1 g 0 0 300 200 re f 0 g BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET",
  "/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F1 13 0 R >> >>",
);
const SMALL = stream("0 0 80 20 re S", "/Type /XObject /Subtype /Form /BBox [0 0 80 20]");

const annotate = (document: RawDocument, entries: string): RawDocument => {
  const annotation = document.size;
  return revise(document, {
    [annotation]: `<< /Type /Annot /Rect [40 140 200 180] /F 4 /P 3 0 R /AP << /N ${annotation + 1} 0 R >> ${entries} >>`,
    [annotation + 1]: COVER,
    [PART.page]: withItem(body(document, PART.page), "Annots", `${annotation} 0 R`),
  });
};

const ANNOTATIONS = [
  "FreeText",
  "Stamp",
  "Square",
  "Circle",
  "Line",
  "Ink",
  "Highlight",
  "Text",
  "Link",
  "FileAttachment",
  "Widget",
  "Redact",
  "Watermark",
  "PrinterMark",
  "Screen",
  "RichMedia",
  "3D",
  "Movie",
  "Popup",
  "Projection",
] as const;

/** Evil annotations and sneaky signatures, on certified and on ordinary signed files. */
export function certifiedAttacks({ table, twice, certified, pki }: Victims): readonly Attack[] {
  const eaa = family("EAA");
  const ssa = family("SSA");
  const downgrade = family("certification");
  const levels = [1, 2, 3] as const;
  const second = (document: SignedDocument, options: Parameters<typeof signRaw>[2]): RawDocument =>
    signRaw(document, pki.other, { field: "Second", ...options });
  const later = { mayStayIntact: ["Second", "Place", "Hidden"] };
  return [
    ...ANNOTATIONS.flatMap((subtype) => [
      ...levels.map((level) =>
        eaa(`${subtype} on a file certified with ${level}`, "changes.", () =>
          annotate(certified[level], `/Subtype /${subtype} /Contents (x)`),
        ),
      ),
      eaa(`${subtype} on a signed file`, "changes.", () => annotate(table, `/Subtype /${subtype} /Contents (x)`)),
    ]),
    eaa("annotations of a page removed", "changes.", () =>
      revise(table, { 3: swap(body(table, 3), /\/Annots \[[^\]]*\]/u, "") }),
    ),
    eaa("annotations of a page in another order", "changes.", () =>
      revise(table, { 3: swap(body(table, 3), "8 0 R 9 0 R", "9 0 R 8 0 R") }),
    ),
    eaa("annotations of a page doubled", "changes.", () =>
      revise(table, { 3: withItem(body(table, 3), "Annots", "27 0 R") }),
    ),
    eaa("annotations of the first page on the second", "changes.", () =>
      revise(table, { 21: swap(body(table, 21), "/Contents", "/Annots [8 0 R] /Contents") }),
    ),
    eaa("link made bigger", "changes.", () =>
      revise(table, { 27: swap(BODIES[27] ?? "", "[10 100 90 120]", "[0 0 300 200]") }),
    ),
    ...levels.flatMap((level) => [
      ssa(
        `large visible signature on a file certified with ${level}`,
        "changes.",
        () => second(certified[level], { rectangle: "0 0 300 200", appearance: COVER }),
        later,
      ),
      ssa(
        `small visible signature on a file certified with ${level}`,
        "changes.",
        () => second(certified[level], { rectangle: "40 140 120 160", appearance: SMALL }),
        later,
      ),
      ssa(`visible unsigned field on a file certified with ${level}`, "changes.", () =>
        unsigned(certified[level], "/Rect [0 0 300 200]"),
      ),
      ssa(
        `signature that is hidden on the screen and printed, certified with ${level}`,
        "changes.",
        () => second(certified[level], { rectangle: "0 0 300 200", appearance: COVER, flags: 36 }),
        later,
      ),
      ssa(
        `signature that shows under the mouse, certified with ${level}`,
        "changes.",
        () => second(certified[level], { rectangle: "0 0 300 200", appearance: COVER, flags: 292 }),
        later,
      ),
      ssa(
        `rectangle of five numbers on a file certified with ${level}`,
        "changes.",
        () => second(certified[level], { rectangle: "0 0 300 200 0", appearance: COVER }),
        later,
      ),
      ssa(
        `rectangle with reals of no size, twice, on a file certified with ${level}`,
        "changes.",
        () =>
          second(certified[level], { rectangle: "0 0 0.0 0", fieldEntries: "/Rect [0 0 300 200]", appearance: COVER }),
        later,
      ),
      ssa(
        `hidden empty field of a certified file (${level}) signed and shown`,
        "changes.",
        () => shown(certified[level], pki.other),
        later,
      ),
      ssa(
        `empty field of a certified file (${level}) moved and signed`,
        "changes.",
        () =>
          signRaw(
            {
              ...certified[level],
              bodies: new Map([
                ...certified[level].bodies,
                [9, swap(BODIES[9] ?? "", "[200 10 290 30]", "[0 0 300 200]")],
              ]),
            },
            pki.other,
            { existing: 9, appearance: COVER },
          ),
        later,
      ),
    ]),
    ssa(
      "a field of another subtype",
      "changes.",
      () => second(table, { rectangle: "40 140 120 160", fieldEntries: "/Subtype /Stamp", appearance: SMALL }),
      later,
    ),
    ssa(
      "a field that is a free text",
      "changes.",
      () => {
        const made = second(table, { rectangle: "40 140 120 160", appearance: SMALL });
        return swapWidget(made, table, pki.other);
      },
      later,
    ),
    ssa(
      "a large visible signature on a signed file",
      "changes.",
      () => second(table, { rectangle: "0 0 300 200", appearance: COVER }),
      later,
    ),
    ssa("a visible field that nobody signed", "changes.", () => unsigned(table, "/Rect [40 140 120 180]")),
    ssa("a visible field whose value is a text", "changes.", () => unsigned(table, "/Rect [40 140 120 180] /V 60 0 R")),
    ssa("a visible field whose value is a number", "changes.", () => unsigned(table, "/Rect [40 140 120 180] /V 1")),
    ssa("an invisible field whose value is an array", "changes.", () => unsigned(table, "/V []")),
    ssa("signature of the second signer replaced by an array", "changes.", () =>
      revise(twice, { [twice.value]: "[]" }),
    ),
    ssa(
      "a visible field with an empty dictionary as value",
      "",
      () => unsigned(table, "/Rect [40 140 120 180] /V << >>"),
      { mayStayIntact: ["Signature1"] },
    ),
    ssa(
      "a field with an action",
      "changes.",
      () => second(table, { fieldEntries: "/A << /S /JavaScript /JS (1) >>" }),
      later,
    ),
    ssa(
      "a field with actions",
      "changes.",
      () => second(table, { fieldEntries: "/AA << /E << /S /JavaScript /JS (1) >> >>" }),
      later,
    ),
    ssa("a field with the name of another one", "changes.", () => second(table, { field: "Total" }), {
      mayStayIntact: ["Total", "Signature1 "],
    }),
    ssa("a field with a dot in its name", "changes.", () => second(table, { field: "Total.x" }), {
      mayStayIntact: ["Total.x"],
    }),
    ssa("a field without a name", "changes.", () => second(table, { field: "" }), { mayStayIntact: [""] }),
    ssa("hidden empty field of a signed file filled without a signature", "changes.", () =>
      revise(table, { 32: swap(BODIES[32] ?? "", "/F 6", `/F 4 /AP << /N 60 0 R >>`), 60: COVER }),
    ),
    ssa("empty field drawn without a signature", "changes.", () =>
      revise(table, { 9: swap(BODIES[9] ?? "", "<<", "<< /AP << /N 60 0 R >>"), 60: COVER }),
    ),
    downgrade("/Perms removed", "changes.", () =>
      revise(certified[1], { 1: swap(body(certified[1], 1), /\/Perms << [^>]* >>/u, "") }),
    ),
    downgrade("/Perms empty", "changes.", () =>
      revise(certified[1], { 1: swap(body(certified[1], 1), /\/Perms << [^>]* >>/u, "/Perms << >>") }),
    ),
    downgrade(
      "/Perms removed, then signed",
      "changes.",
      () => {
        const document = certified[1];
        return second(
          {
            ...document,
            bodies: new Map([...document.bodies, [1, swap(body(document, 1), /\/Perms << [^>]* >>/u, "")]]),
          },
          { objects: { 1: swap(body(document, 1), /\/Perms << [^>]* >>/u, "") } },
        );
      },
      later,
    ),
    downgrade("usage rights added to /Perms", "changes.", () =>
      revise(certified[2], {
        1: swap(body(certified[2], 1), "/Perms <<", "/Perms << /UR3 60 0 R"),
        60: "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>",
      }),
    ),
    downgrade("level raised in the signature's dictionary", "", () =>
      revise(certified[1], { [certified[1].value]: swap(body(certified[1], certified[1].value), "/P 1", "/P 3") }),
    ),
    downgrade("level in an object of its own, raised", "changes.", () => {
      const document = signRaw(baseDocument(), pki.person, {
        certify: 1,
        objects: { 60: "<< /Type /TransformParams /V /1.2 /P 1 >>" },
        entries: "/Reference [<< /TransformMethod /DocMDP /TransformParams 60 0 R >>]",
      });
      return revise(document, { 60: "<< /Type /TransformParams /V /1.2 /P 3 >>" });
    }),
    downgrade(
      "signed by another one where nothing is permitted",
      "changes.not-permitted",
      () => second(certified[1], {}),
      later,
    ),
    downgrade("a second certification", "changes.", () => second(certified[1], { entries: certification(3) }), later),
    downgrade(
      "certified again by a later signature with its own /Perms",
      "changes.",
      () => {
        const document = certified[2];
        return second(
          {
            ...document,
            bodies: new Map([...document.bodies, [1, swap(body(document, 1), /\/Perms << [^>]* >>/u, "")]]),
          },
          { certify: 3 },
        );
      },
      later,
    ),
    downgrade("field filled where only signing is locked out", "changes.", () =>
      revise(certified[1], { 8: swap(BODIES[8] ?? "", "(100)", "(999)") }),
    ),
    downgrade(
      "locked signature field signed",
      "changes.not-permitted",
      () =>
        signRaw(
          signRaw(baseDocument(), pki.person, { fieldEntries: "/Lock << /Type /SigFieldLock /Action /All >>" }),
          pki.other,
          { existing: OBJECT.emptySignature },
        ),
      later,
    ),
    downgrade(
      "signature field locked by FieldMDP signed",
      "changes.not-permitted",
      () =>
        signRaw(
          signRaw(baseDocument(), pki.person, {
            entries:
              "/Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action /Include /Fields [(Place)] >> >>]",
          }),
          pki.other,
          { existing: OBJECT.emptySignature },
        ),
      later,
    ),
    downgrade(
      "signature field not excluded from a lock signed",
      "changes.not-permitted",
      () =>
        signRaw(
          signRaw(baseDocument(), pki.person, {
            fieldEntries: "/Lock << /Type /SigFieldLock /Action /Exclude /Fields [(Total)] >>",
          }),
          pki.other,
          { existing: OBJECT.emptySignature },
        ),
      later,
    ),
    downgrade(
      "lock that permits nothing, then signed",
      "changes.not-permitted",
      () =>
        second(
          signRaw(baseDocument(), pki.person, {
            fieldEntries: "/Lock << /Type /SigFieldLock /Action /Include /Fields [] /P 1 >>",
          }),
          {},
        ),
      later,
    ),
    downgrade("lock removed from the signed field", "changes.", () => {
      const document = signRaw(baseDocument(), pki.person, {
        fieldEntries: "/Lock << /Type /SigFieldLock /Action /All >>",
      });
      return revise(document, { [document.field]: swap(body(document, document.field), /\/Lock << [^>]* >>/u, "") });
    }),
  ];
}

function unsigned(document: RawDocument, entries: string): RawDocument {
  const field = document.size;
  return revise(document, {
    [field]: `<< /FT /Sig /T (Second) /Type /Annot /Subtype /Widget /F 4 /P 3 0 R /AP << /N ${field + 1} 0 R >> ${entries} >>`,
    [field + 1]: COVER,
    60: "(text)",
    [PART.page]: withItem(body(document, PART.page), "Annots", `${field} 0 R`),
    [PART.form]: withItem(body(document, PART.form), "Fields", `${field} 0 R`),
  });
}

function shown(document: SignedDocument, who: Parameters<typeof signRaw>[1]): RawDocument {
  const bodies = new Map([...document.bodies, [OBJECT.hiddenSignature, swap(BODIES[32] ?? "", "/F 6", "/F 4")]]);
  return signRaw({ ...document, bodies }, who, { existing: OBJECT.hiddenSignature, appearance: COVER });
}

/** The new field's widget calls itself a free text: the same bytes, made before signing. */
function swapWidget(_: RawDocument, document: SignedDocument, who: Parameters<typeof signRaw>[1]): RawDocument {
  const field = document.size + 1;
  const widget = `<< /FT /Sig /T (Second) /V ${document.size} 0 R /Type /Annot /Subtype /FreeText /F 4 /Rect [40 140 120 180] /P 3 0 R /AP << /N 60 0 R >> /Contents (Pay 999 EUR) >>`;
  const bodies = new Map([...document.bodies, [field, "<< >>"]]);
  const form = withItem(body(document, PART.form), "Fields", `${field} 0 R`);
  const page = withItem(body(document, PART.page), "Annots", `${field} 0 R`);
  return signRaw({ ...document, bodies }, who, {
    existing: field,
    objects: { 60: COVER, [PART.form]: form, [PART.page]: page },
    widget,
  });
}
