import { digest } from "../../electron/pki/digest.ts";
import { OID } from "../../electron/pki/oids.ts";
import { body, bytesOfText, type RawDocument, revise, stream, swap } from "./raw-document.ts";
import { baseDocument, OBJECT } from "./base-documents.ts";
import { PART, signRaw } from "./sign-raw.ts";
import type { TestPki } from "./test-authority.ts";
import { attribute, makeTimestamp } from "./test-cms.ts";

/** What honest programs do to a signed file; the first signature must stay intact, and pass when `passes`. */
export interface HonestChange {
  readonly name: string;
  readonly passes: boolean;
  readonly build: () => RawDocument;
}

const MARK = stream("0 0 80 20 re S", "/Type /XObject /Subtype /Form /BBox [0 0 80 20]");

export function honestChanges(pki: TestPki): readonly HonestChange[] {
  const { person, other, stampAuthority } = pki;
  const signed = (style: "table" | "stream" | "packed" | "hybrid" = "table") =>
    signRaw(baseDocument({}, { style }), person, { revision: { style: style === "hybrid" ? "table" : style } });
  const pass = (name: string, build: () => RawDocument): HonestChange => ({ name, passes: true, build });
  const intact = (name: string, build: () => RawDocument): HonestChange => ({ name, passes: false, build });
  const stamp = (document: RawDocument): RawDocument =>
    signRaw(document, stampAuthority, {
      field: "Stamp1",
      type: "DocTimeStamp",
      subFilter: "ETSI.RFC3161",
      value: (imprint) => makeTimestamp(imprint, stampAuthority, "2026-02-01T00:00:00Z"),
    });
  const withStore = (document: RawDocument): RawDocument => {
    const certificate = document.size;
    return revise(document, {
      [PART.catalog]: swap(body(document, PART.catalog), "<<", `<< /DSS << /Type /DSS /Certs [${certificate} 0 R] >>`),
      [certificate]: stream(Buffer.from(pki.root.certificate).toString("latin1")),
    });
  };
  return [
    pass("signed with a classic table", () => signed()),
    pass("signed with cross-reference streams", () => signed("stream")),
    pass("signed with object streams", () => signed("packed")),
    pass("a hybrid file signed", () => signed("hybrid")),
    // The stream that its trailer names need not be listed anywhere.
    pass("a second signature on a hybrid file", () => signRaw(signed("hybrid"), other, { field: "Second" })),
    pass("an invisible second signature", () => signRaw(signed(), other, { field: "Second" })),
    pass("a visible second signature", () =>
      signRaw(signed(), other, { field: "Second", rectangle: "200 150 280 170", appearance: MARK }),
    ),
    pass("a second signature with object streams on a table", () =>
      signRaw(signed(), other, { field: "Second", revision: { style: "packed" } }),
    ),
    pass("a second signature with a table on object streams", () =>
      signRaw(signed("packed"), other, { field: "Second" }),
    ),
    pass("the empty field signed", () =>
      signRaw(signed(), other, { existing: OBJECT.emptySignature, appearance: MARK }),
    ),
    pass("three signatures", () => signRaw(signRaw(signed(), other, { field: "Second" }), person, { field: "Third" })),
    pass("a document timestamp", () => stamp(signed())),
    intact("validation data and a document timestamp", () => stamp(withStore(signed()))),
    pass("information and metadata updated", () =>
      revise(signed(), {
        [PART.info]: "<< /Title (Contract) /ModDate (D:20260201000000Z) >>",
        [OBJECT.metadata]: stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>", "/Type /Metadata /Subtype /XML"),
      }),
    ),
    pass("a page told to be stepped through in its structure's order", () =>
      revise(signed(), { [PART.page]: swap(body(signed(), PART.page), "<<", "<< /Tabs /S") }),
    ),
    pass("a second signature with its number in the structure's table", () => {
      const tagged = baseDocument({
        [OBJECT.structure]: "<< /Type /StructTreeRoot /K [18 0 R] /ParentTree 35 0 R /ParentTreeNextKey 1 >>",
        35: "<< /Nums [0 [18 0 R]] >>",
      });
      return signRaw(signRaw(tagged, person), other, {
        field: "Second",
        fieldEntries: "/StructParent 1",
        objects: { 35: "<< /Nums [0 [18 0 R] 1 18 0 R] >>" },
      });
    }),
    pass("a second signature with its number in the last leaf of the structure's table", () => {
      const tagged = baseDocument({
        [OBJECT.structure]: "<< /Type /StructTreeRoot /K [18 0 R] /ParentTree 35 0 R /ParentTreeNextKey 8 >>",
        35: "<< /Kids [36 0 R 37 0 R] >>",
        36: "<< /Limits [0 0] /Nums [0 [18 0 R]] >>",
        37: "<< /Limits [5 7] /Nums [5 18 0 R 7 18 0 R] >>",
      });
      return signRaw(signRaw(tagged, person), other, {
        field: "Second",
        fieldEntries: "/StructParent 8",
        objects: { 37: "<< /Limits [5 8] /Nums [5 18 0 R 7 18 0 R 8 18 0 R] >>" },
      });
    }),
    pass("an unused object freed", () => revise(signed(), {}, { free: [OBJECT.unused] })),
    pass("the second signature on a certified file that permits it", () =>
      signRaw(signRaw(baseDocument(), person, { certify: 2 }), other, { field: "Second" }),
    ),
    pass("the empty field of a certified file signed", () =>
      signRaw(signRaw(baseDocument(), person, { certify: 2 }), other, {
        existing: OBJECT.emptySignature,
        appearance: MARK,
      }),
    ),
    pass("a document timestamp on a file certified without changes", () =>
      stamp(signRaw(baseDocument(), person, { certify: 1 })),
    ),
    pass("a file certified with annotations permitted, signed again", () =>
      signRaw(signRaw(baseDocument(), person, { certify: 3 }), other, { field: "Second" }),
    ),
    pass("a lock on one field and another one signed", () =>
      signRaw(
        signRaw(baseDocument(), person, {
          fieldEntries: "/Lock << /Type /SigFieldLock /Action /Include /Fields [(Total)] >>",
        }),
        other,
        { existing: OBJECT.emptySignature },
      ),
    ),
    pass("a signature timestamp", () =>
      signRaw(baseDocument(), person, {
        cms: {
          unsigned: (value) => [
            timestampAttribute(makeTimestamp(digest("SHA-256", value), stampAuthority, "2026-02-01T00:00:00Z")),
          ],
        },
      }),
    ),
    pass("an identical object written again", () => {
      const document = signed();
      return revise(document, { [PART.page]: body(document, PART.page) });
    }),
  ];
}

export const timestampAttribute = (token: Uint8Array): Uint8Array => attribute(OID.signatureTimeStampToken, token);

export const bytesOf = (document: RawDocument | string): Uint8Array =>
  bytesOfText(typeof document === "string" ? document : document.text);
