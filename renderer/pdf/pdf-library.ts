// The order matters: the viewer finds the library through a global that the library sets when it is loaded.
import * as library from "pdfjs-dist";
import * as viewer from "pdfjs-dist/web/pdf_viewer.mjs";

export const { AnnotationMode, getDocument, PDFDataRangeTransport, PDFWorker } = library;
export const { EventBus, FindState, PDFFindController, PDFLinkService, PDFViewer } = viewer;
export type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
export type PdfViewer = viewer.PDFViewer;
export type PdfEventBus = viewer.EventBus;

const FOLDER = new URL("pdfjs/", document.baseURI);

/** pdf.js resolves these against the worker's address, so they must be absolute. */
export const assetUrls = {
  wasmUrl: new URL("wasm/", FOLDER).href,
  cMapUrl: new URL("cmaps/", FOLDER).href,
  iccUrl: new URL("iccs/", FOLDER).href,
  standardFontDataUrl: new URL("standard_fonts/", FOLDER).href,
} as const;

const WORKER_URL = new URL("pdf.worker.min.mjs", FOLDER).href;

export interface DocumentWorker {
  readonly worker: library.PDFWorker;
  /** Ends the thread, whatever it is doing. */
  readonly end: () => void;
}

/**
 * A worker for one document. SECURITY: a stranger's file may keep it busy for minutes or leave traces in it; neither is any
 * other document's concern.
 */
export function openPdfWorker(): DocumentWorker {
  const port = new Worker(trustedWorkerUrl() as string, { type: "module" });
  const worker = PDFWorker.create({ port });
  return {
    worker,
    end: () => {
      worker.destroy();
      port.terminate();
    },
  };
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): { toString(): string } };
}

/** A policy can be made once. */
let policy: ReturnType<TrustedTypes["createPolicy"]> | null = null;

/**
 * SECURITY: Trusted Types refuse a worker from a plain string; left to itself pdf.js would then parse strangers' files on the
 * window's own thread. The policy lets exactly one address through.
 */
function trustedWorkerUrl(): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return WORKER_URL;
  policy ??= trustedTypes.createPolicy("pdf-worker", {
    createScriptURL: (url) => {
      if (url !== WORKER_URL) throw new TypeError("only the worker of pdf.js may be loaded");
      return url;
    },
  });
  return policy.createScriptURL(WORKER_URL);
}
