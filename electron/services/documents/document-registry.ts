import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { DocumentState, DocumentView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { documentId } from "../../../shared/ids.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { NOTHING_FOUND } from "../../pades/inspect-for-signing.ts";
import { checkUnchanged, inspectDocument } from "./open-document.ts";
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
    const source = await inspectDocument(path);
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

  close(ids: readonly DocumentId[]): void {
    for (const id of ids) {
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

  /** Bytes [begin, end) of the file that was opened; a file that changed meanwhile is refused. */
  async readRange(id: DocumentId, begin: number, end: number): Promise<Result<Uint8Array, Failure>> {
    const document = this.#documents.get(id);
    if (document === undefined) {
      return failed({ code: "document.not-found" });
    }
    const { path, fingerprint, name } = document.source;
    const changed = await checkUnchanged(path, fingerprint);
    if (changed !== null) {
      return failed(changed);
    }
    try {
      const handle = await open(path, "r");
      try {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, fingerprint.size) - begin));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, begin);
        return success(bytes.subarray(0, bytesRead));
      } finally {
        await handle.close();
      }
    } catch {
      return failed({ code: "document.not-readable", params: { name } });
    }
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
