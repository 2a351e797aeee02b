import type { DocumentView } from "../../shared/app-state.ts";
import type { Bridge } from "../../shared/bridge.ts";
import type { Failure } from "../../shared/failure.ts";
import { assetUrls, getDocument, pdfWorker } from "./pdf-library.ts";
import type { PDFDocumentProxy } from "./pdf-library.ts";
import { BridgeRangeTransport, RANGE_CHUNK_SIZE } from "./range-transport.ts";

export interface LoadingPdf {
  /** Rejects when pdf.js cannot read the file; stays pending when main refuses the bytes (see `onFailure`). */
  readonly promise: Promise<PDFDocumentProxy>;
  /** Frees the document, also one that is still being read. */
  readonly close: () => Promise<void>;
}

/** Starts reading a document. */
export function loadPdf(bridge: Bridge, document: DocumentView, onFailure: (failure: Failure) => void): LoadingPdf {
  const refused = Promise.withResolvers<void>();
  const task = getDocument({
    range: new BridgeRangeTransport(bridge, document, (failure) => {
      refused.resolve();
      onFailure(failure);
    }),
    rangeChunkSize: RANGE_CHUNK_SIZE,
    disableAutoFetch: true,
    disableStream: true,
    worker: pdfWorker(),
    ...assetUrls,
    cMapPacked: true,
    // SECURITY: forms of the XFA kind bring scripts and their own layout; what is signed is what the pages show.
    enableXfa: false,
    stopAtErrors: false,
  });
  // pdf.js's worker throws when its document is taken away in the middle of opening, so closing waits for the end of that.
  const opened = Promise.allSettled([task.promise]);
  return {
    promise: task.promise,
    close: async () => {
      await Promise.race([opened, refused.promise]);
      await task.destroy();
    },
  };
}
