import { createHash } from "node:crypto";

import { writeEvidenceFiles } from "../../electron/evidence/bankid/evidence-files.ts";
import { writeManifest } from "../../electron/evidence/bankid/manifest.ts";
import { visibleText } from "../../electron/evidence/bankid/visible-text.ts";
import type { BankIdEvidence } from "../../electron/evidence/bankid/verify-bankid-evidence.ts";
import {
  type BankIdPeople,
  type DocumentOrder,
  type Holder,
  makeBankIdPeople,
  makeEvidence,
  type ResponseOrder,
} from "../unit/evidence/bankid/made-evidence.ts";
import { body, bytesOfText, type RawDocument, type RevisionOptions, revise, stream, swap } from "./raw-document.ts";
import { OBJECT } from "./base-documents.ts";
import { PART } from "./sign-raw.ts";
import { makePki, type TestPki } from "./test-authority.ts";

/** Between the making of the evidence and its certificates' end. */
export const EVIDENCE_CHECKED_AT = new Date("2026-11-25T00:00:00Z");

export interface EvidencePki {
  readonly pki: TestPki;
  readonly people: BankIdPeople;
}

export const makeEvidencePki = async (): Promise<EvidencePki> => ({
  pki: await makePki(),
  people: await makeBankIdPeople(),
});

export interface SignedTexts {
  readonly visibleText: string;
  readonly hiddenData: string;
}

/** What is said of a file. */
export interface FileFacts {
  readonly name?: string;
  readonly pages?: number | null;
  readonly sha256?: string;
  readonly size?: number;
}

/** The texts that a person signs for some files, as this program writes them. */
export function textsAbout(documents: readonly string[], facts: FileFacts = {}): SignedTexts {
  const entries = documents.map((text) => ({
    name: "contract.pdf",
    pages: 2,
    sha256: createHash("sha256").update(bytesOfText(text)).digest("hex"),
    size: text.length,
    ...facts,
  }));
  return {
    visibleText: visibleText(entries, "sv", "plain"),
    hiddenData: writeManifest({
      v: 1,
      purpose: "sign-documents",
      order: "0f8fad5b-d9cb-469f-a165-70867728950e",
      time: "2026-11-20T11:59:00.000Z",
      documents: entries,
    }),
  };
}

export interface EvidenceOrder {
  readonly signer?: Holder;
  readonly document?: DocumentOrder;
  readonly response?: ResponseOrder;
}

/** The four files, by name, of somebody who signed these texts. */
export function filesOf(people: BankIdPeople, texts: SignedTexts, order: EvidenceOrder = {}): Map<string, Uint8Array> {
  const evidence = makeEvidence(people, {
    ...order,
    document: { visible: texts.visibleText, hidden: texts.hiddenData, ...order.document },
  });
  return filesFor(evidence, texts);
}

export const filesFor = (evidence: BankIdEvidence, texts: SignedTexts): Map<string, Uint8Array> =>
  new Map(
    writeEvidenceFiles({ evidence, ...texts, visibleFormat: null }).map(({ name, bytes }) => [name, bytes] as const),
  );

export interface AttachOptions {
  /** Appends a page with this text. */
  readonly page?: string;
  /** More entries of that page. */
  readonly pageEntries?: string;
  /** Names as they are attached, by those of the files. */
  readonly rename?: (name: string) => string;
  /** The dictionary of a file specification, rewritten. */
  readonly specification?: (text: string, name: string) => string;
  /** The embedded stream, rewritten. */
  readonly embedded?: (text: string, name: string) => string;
  /** The references in /AF, and the dictionary with the name tree, rewritten. */
  readonly associated?: (items: string) => string;
  readonly named?: (tree: string) => string;
  /** Objects written in the same revision; what was made for the evidence can be read and changed. */
  readonly objects?: (
    made: Readonly<Record<number, string>>,
    document: RawDocument,
  ) => Readonly<Record<number, string>>;
  readonly revision?: RevisionOptions;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Appends one revision that attaches evidence to a document made of `baseDocument`, as a writer does. */
export function attach(
  document: RawDocument,
  files: ReadonlyMap<string, Uint8Array>,
  options: AttachOptions = {},
): RawDocument {
  const { rename = (name) => name, specification = (text) => text, embedded = (text) => text } = options;
  const made: Record<number, string> = {};
  const items = [...files].map(([name, bytes], index) => {
    const [own, content] = [document.size + index * 2, document.size + index * 2 + 1];
    const title = rename(name);
    made[own] = specification(
      `<< /Type /Filespec /F (${title}) /UF (${title}) /AFRelationship /Data /EF << /F ${content} 0 R /UF ${content} 0 R >> >>`,
      name,
    );
    made[content] = embedded(stream(latin1(bytes), "/Type /EmbeddedFile /Subtype /application#2Fjson"), name);
    return { title, own };
  });
  const associated = items.map(({ own }) => `${own} 0 R`).join(" ");
  made[PART.catalog] = withAssociated(body(document, PART.catalog), (options.associated ?? same)(associated));
  made[OBJECT.names] = (options.named ?? same)(withNames(body(document, OBJECT.names), items));
  if (options.page !== undefined) {
    const page = document.size + files.size * 2;
    made[page] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 ${page + 2} 0 R >> >> /Contents ${page + 1} 0 R ${options.pageEntries ?? ""} /Annots [] >>`;
    made[page + 1] = stream(`BT /F1 12 Tf 20 100 Td (${options.page}) Tj ET`);
    made[page + 2] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    made[PART.pages] = withPage(body(document, PART.pages), page);
  }
  return revise(document, { ...made, ...options.objects?.(made, document) }, options.revision ?? {});
}

const same = (text: string): string => text;

/** The name tree with more names, all in their order (ISO 32000-2 7.9.6). */
function withNames(tree: string, items: readonly { readonly title: string; readonly own: number }[]): string {
  const all = [...tree.matchAll(/\(([^)]*)\) (\d+) 0 R/gu)].map(([, title = "", own = ""]) => ({ title, own }));
  const sorted = [...all, ...items].toSorted((a, b) => (a.title < b.title ? -1 : 1));
  return `<< /EmbeddedFiles << /Names [${sorted.map(({ title, own }) => `(${title}) ${own} 0 R`).join(" ")}] >> >>`;
}

const withAssociated = (catalog: string, items: string): string =>
  catalog.includes("/AF [")
    ? catalog.replace(/\/AF \[([^\]]*)\]/u, (_, before: string) => `/AF [${before} ${items}]`)
    : swap(catalog, "<<", `<< /AF [${items}]`);

/** The page tree with a page behind the others. */
export function withPage(pages: string, page: number): string {
  const count = Number(/\/Count (\d+)/u.exec(pages)?.[1]);
  return swap(swap(pages, /\]/u, ` ${page} 0 R]`), /\/Count \d+/u, `/Count ${count + 1}`);
}
