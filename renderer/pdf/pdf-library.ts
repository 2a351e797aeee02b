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

let worker: library.PDFWorker | null = null;

/**
 * The one worker of the window.
 *
 * SECURITY: Trusted Types refuse a worker from a plain string; left to itself pdf.js would then parse strangers' files on the
 * window's own thread. The policy lets exactly one address through.
 */
export function pdfWorker(): library.PDFWorker {
  worker ??= PDFWorker.create({ port: new Worker(trustedWorkerUrl() as string, { type: "module" }) });
  return worker;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): { toString(): string } };
}

function trustedWorkerUrl(): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return WORKER_URL;
  const policy = trustedTypes.createPolicy("pdf-worker", {
    createScriptURL: (url) => {
      if (url !== WORKER_URL) throw new TypeError("only the worker of pdf.js may be loaded");
      return url;
    },
  });
  return policy.createScriptURL(WORKER_URL);
}
