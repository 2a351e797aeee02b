import { basename, dirname } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { DocumentState, DocumentView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { documentId } from "../../../shared/ids.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { NOTHING_FOUND } from "../../pades/inspect-for-signing.ts";
import { DocumentPasswords } from "./document-passwords.ts";
import { checkUnchanged, readUnchanged } from "./fingerprint.ts";
import { inspectDocument, lockOf } from "./open-document.ts";
import type { InspectedDocument } from "./open-document.ts";
import { outputName } from "./output-name.ts";

export interface OpenDocument {
  readonly id: DocumentId;
  readonly source: InspectedDocument;
  readonly state: DocumentState;
  readonly outputName: string;
  readonly signedFrom: DocumentId | null;
  readonly result: DocumentId | null;
  readonly report: FileReport | null;
  readonly checking: DocumentView["checking"];
}

/** The opened documents. Ids are all that the window ever learns of them; paths stay here. */
export class DocumentRegistry {
  readonly #documents = new Map<DocumentId, OpenDocument>();
  readonly #passwords = new DocumentPasswords();
  readonly #randomUuid: () => string;
  readonly #onChange: () => void;

  constructor(randomUuid: () => string, onChange: () => void) {
    this.#randomUuid = randomUuid;
    this.#onChange = onChange;
  }

  async open(path: string, signedFrom: DocumentId | null = null): Promise<Result<DocumentId, Failure>> {
    const known = [...this.#documents.values()].find((document) => document.source.path === path);
    if (known !== undefined && (await checkUnchanged(path, known.source.fingerprint)) === null) {
      return success(known.id);
    }
    const original = signedFrom === null ? undefined : this.#documents.get(signedFrom);
    if (original !== undefined) {
      this.#passwords.share(original.source.path, path);
    }
    const source = await inspectDocument(path, this.#passwords.get(path));
    if (!source.ok) {
      return source;
    }
    const id = known?.id ?? documentId(this.#randomUuid());
    this.#documents.set(id, {
      id,
      source: source.value,
      state: { kind: "new" },
      outputName: outputName(source.value.name, (name) => name === source.value.name),
      signedFrom,
      result: null,
      report: null,
      checking: null,
    });
    this.#onChange();
    return success(id);
  }

  /** An entry for a document of a resumed run whose original is gone: it can be named, not shown. */
  placeholder(name: string, path: string): DocumentId {
    const id = documentId(this.#randomUuid());
    const failure: Failure = { code: "document.not-found", params: { name } };
    const inspection = { ...NOTHING_FOUND, refusal: failure };
    const fingerprint = { size: 0, modifiedNanoseconds: "", inode: "" };
    this.#documents.set(id, {
      id,
      source: { path, name, folder: basename(dirname(path)), fingerprint, pages: 0, inspection },
      state: { kind: "new" },
      outputName: name,
      signedFrom: null,
      result: null,
      report: null,
      checking: null,
    });
    this.#onChange();
    return id;
  }

  /** SECURITY: what the person typed is forgotten with the document. */
  close(ids: readonly DocumentId[]): void {
    for (const id of ids) {
      const document = this.#documents.get(id);
      if (document !== undefined) {
        this.#passwords.forget(document.source.path);
      }
      this.#documents.delete(id);
    }
    this.#onChange();
  }

  get(id: DocumentId): OpenDocument | undefined {
    return this.#documents.get(id);
  }

  update(id: DocumentId, part: Partial<Omit<OpenDocument, "id" | "source">>): void {
    const document = this.#documents.get(id);
    if (document === undefined) {
      return;
    }
    this.#documents.set(id, { ...document, ...part });
    this.#onChange();
  }

  /**
   * Opens an encrypted document, or one that its author restricted, with its password, and keeps that as long as the
   * document is open. `copies` are files made of it before, for a document whose original is gone.
   *
   * Failures: `document.wrong-password`, and those of opening.
   */
  async unlock(id: DocumentId, password: string, copies: readonly string[]): Promise<Result<null, Failure>> {
    const document = this.#documents.get(id);
    if (document === undefined) {
      return failed({ code: "document.not-found" });
    }
    const { path, name } = document.source;
    const wrong = { code: "document.wrong-password", params: { name } } as const;
    const source = await inspectDocument(path, password);
    if (source.ok && isStillClosed(source.value, document.source)) {
      return failed(wrong);
    }
    if (source.ok) {
      this.#passwords.keep(path, password);
      this.#documents.set(id, { ...document, source: source.value, report: null });
      this.#onChange();
      return success(null);
    }
    const copy = copies.find((one) => lockOf(one, undefined) === "locked");
    if (copy === undefined) {
      return source;
    }
    if (lockOf(copy, password) === "locked") {
      return failed(wrong);
    }
    this.#passwords.keep(path, password);
    return success(null);
  }

  isLocked(id: DocumentId): boolean {
    return this.#documents.get(id)?.source.inspection.refusal?.code === "document.encrypted";
  }

  /** SECURITY: for the services that read the document; nothing that it returns may be stored or shown. */
  password(path: string): string | undefined {
    return this.#passwords.get(path);
  }

  /** Bytes [begin, end) of the file that was opened; a file that changed meanwhile is refused. */
  async readRange(id: DocumentId, begin: number, end: number): Promise<Result<Uint8Array, Failure>> {
    const document = this.#documents.get(id);
    return document === undefined
      ? failed({ code: "document.not-found" })
      : readUnchanged(document.source.path, document.source.fingerprint, begin, end);
  }

  /** Of all that are open. Stays in main. */
  paths(): readonly string[] {
    return [...this.#documents.values()].map(({ source }) => source.path);
  }

  views(): readonly DocumentView[] {
    return [...this.#documents.values()].map((document) => ({
      id: document.id,
      name: document.source.name,
      folder: document.source.folder,
      size: document.source.fingerprint.size,
      pages: document.source.pages,
      state: document.state,
      inspection: document.source.inspection,
      outputName: document.outputName,
      signedFrom: document.signedFrom,
      result: document.result,
      report: document.report,
      checking: document.checking,
    }));
  }
}

/** A password that opens nothing, or takes no restriction away. */
function isStillClosed(now: InspectedDocument, before: InspectedDocument): boolean {
  const code = now.inspection.refusal?.code;
  return (
    code === "document.encrypted" ||
    (code === "document.signing-not-permitted" && before.inspection.refusal?.code === code)
  );
}
