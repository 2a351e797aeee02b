import { boundedSource } from "./bounded-source.ts";
import { type DocumentSecurity, openSecurity, type PdfEncryption } from "./encryption/document-security.ts";
import type { Unlocked } from "./encryption/unlock.ts";
import type { Header } from "./header.ts";
import { type LocatedEntry, ObjectStore } from "./object-store.ts";
import { isDict, isName, isRef, type PdfDict, type PdfObject, type PdfRef, type PdfStream } from "./objects.ts";
import { PageTree } from "./page-tree.ts";
import type { ByteSource, PdfFile, PdfPage, Revision, XrefEntry } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { entryLimit } from "./xref-entries.ts";

export interface PdfDocumentParts {
  readonly source: ByteSource;
  readonly header: Header;
  readonly offsetBase: number;
  readonly revisions: readonly Revision[];
  readonly repaired: boolean;
  readonly password?: string | undefined;
  /** Keys of this file that were found already; shared by all its revisions. */
  readonly keys?: Map<string, Unlocked | null>;
}

/** Entries that need not be searched again, for files with many revisions. */
const KEPT_ENTRIES = 100_000;

/** An opened file: a chain of revisions over a source. */
export class PdfDocument implements PdfFile {
  readonly source: ByteSource;
  readonly headerOffset: number;
  readonly offsetBase: number;
  readonly revisions: readonly Revision[];
  readonly trailer: PdfDict;
  readonly catalogRef: PdfRef;
  readonly encrypted: boolean;
  readonly security: DocumentSecurity | null;
  readonly repaired: boolean;
  private readonly parts: PdfDocumentParts;
  private readonly store: ObjectStore;
  private readonly newestFirst: readonly Revision[];
  private readonly located = new Map<number, LocatedEntry>();
  private knownCatalog: PdfDict | undefined;
  private knownSize: number | undefined;
  private pageTree: PageTree | undefined;

  constructor(parts: PdfDocumentParts) {
    const newest = parts.revisions.at(-1);
    if (newest === undefined) {
      throw new PdfProblem("xref-broken", "The file has no cross-reference.");
    }
    this.parts = parts.keys === undefined ? { ...parts, keys: new Map() } : parts;
    this.source = parts.source;
    this.headerOffset = parts.header.offset;
    this.offsetBase = parts.offsetBase;
    this.revisions = parts.revisions;
    this.newestFirst = parts.revisions.toReversed();
    this.repaired = parts.repaired;
    this.trailer = newest.trailer;
    const encrypt = this.trailer.entries.get("Encrypt");
    this.encrypted = encrypt !== undefined && encrypt !== null;
    this.security = this.encrypted ? this.openSecurity(this.parts) : null;
    this.store = new ObjectStore(parts.source, this.locate, { lenient: parts.repaired, security: this.security });
    const root = this.trailer.entries.get("Root");
    if (!isRef(root)) {
      throw new PdfProblem("trailer-broken", "The trailer does not name the catalog.", newest.xrefOffset);
    }
    this.catalogRef = root;
    if (!this.locked) {
      this.readCatalog();
    }
  }

  get encryption(): PdfEncryption | null {
    return this.security?.encryption ?? null;
  }

  private get locked(): boolean {
    return this.security?.encryption.authenticated === null;
  }

  /** In a locked file whose catalog cannot be read this throws `PdfProblem("encrypted")`, and so do pages. */
  get catalog(): PdfDict {
    return this.readCatalog();
  }

  get version(): string {
    const declared = this.locked ? undefined : this.get(this.catalog, "Version");
    const inCatalog = isName(declared) && /^\d\.\d$/.test(declared.name) ? declared.name : "0.0";
    const inHeader = this.parts.header.version;
    return inCatalog > inHeader ? inCatalog : inHeader;
  }

  get size(): number {
    if (this.knownSize === undefined) {
      const declared = this.trailer.entries.get("Size");
      this.knownSize = this.revisions.reduce(
        (highest, { entries }) => Math.max(highest, entryLimit(entries)),
        typeof declared === "number" ? declared : 0,
      );
    }
    return this.knownSize;
  }

  entry(num: number): XrefEntry | undefined {
    return this.locate(num)?.entry;
  }

  fetch(reference: PdfRef): PdfObject {
    return this.store.fetch(reference);
  }

  resolve(object: PdfObject | undefined): PdfObject {
    return this.store.resolve(object);
  }

  get(dictionary: PdfDict, key: string): PdfObject {
    return this.store.resolve(dictionary.entries.get(key));
  }

  rawStream(stream: PdfStream): Uint8Array {
    return this.store.rawStream(stream);
  }

  streamBytes(stream: PdfStream): Uint8Array {
    return this.store.streamBytes(stream);
  }

  pageCount(): number {
    return this.tree().count();
  }

  page(index: number): PdfPage {
    return this.tree().page(index);
  }

  pages(): Iterable<PdfPage> {
    return this.tree().pages();
  }

  pageIndexOf(page: PdfRef): number | undefined {
    return this.tree().indexOf(page);
  }

  atRevision(index: number): PdfFile {
    const last = this.revisions[index];
    if (last === undefined) {
      throw new RangeError(`There is no revision ${index}.`);
    }
    return new PdfDocument({
      ...this.parts,
      source: boundedSource(this.source, last.end),
      revisions: this.revisions.slice(0, index + 1),
    });
  }

  close(): void {
    this.source.close();
  }

  private readonly locate = (num: number): LocatedEntry | undefined => {
    const known = this.located.get(num);
    if (known !== undefined) {
      return known;
    }
    for (const { entries, end } of this.newestFirst) {
      const entry = entries.get(num);
      if (entry !== undefined) {
        if (this.located.size >= KEPT_ENTRIES) {
          this.located.clear();
        }
        const found = { entry, end };
        this.located.set(num, found);
        return found;
      }
    }
    return undefined;
  };

  private openSecurity({ source, repaired, password, keys }: PdfDocumentParts): DocumentSecurity {
    // The dictionary's own strings are not encrypted, nor are the numbers it may refer to (ISO 32000-2 7.6.2).
    const plain = new ObjectStore(source, this.locate, { lenient: repaired, security: null, streams: "refused" });
    return openSecurity(this.trailer, {
      plain: plain.resolve,
      resolve: (object) => this.resolve(object),
      password,
      known: keys ?? new Map<string, Unlocked | null>(),
    });
  }

  private readCatalog(): PdfDict {
    if (this.knownCatalog === undefined) {
      const catalog = this.fetch(this.catalogRef);
      if (!isDict(catalog)) {
        throw new PdfProblem("catalog-broken", "The catalog is missing.");
      }
      this.knownCatalog = catalog;
    }
    return this.knownCatalog;
  }

  private tree(): PageTree {
    this.pageTree ??= new PageTree(this.catalog.entries.get("Pages"), {
      fetch: (reference) => this.fetch(reference),
      resolve: (object) => this.resolve(object),
    });
    return this.pageTree;
  }
}
