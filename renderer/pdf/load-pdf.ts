import type { DocumentView } from "../../shared/app-state.ts";
import type { Bridge } from "../../shared/bridge.ts";
import type { Failure } from "../../shared/failure.ts";
import { assetUrls, getDocument, pdfWorker } from "./pdf-library.ts";
import type { PDFDocumentLoadingTask } from "./pdf-library.ts";
import { BridgeRangeTransport, RANGE_CHUNK_SIZE } from "./range-transport.ts";

/** Starts reading a document. `destroy()` the task when it is no longer shown. */
export function loadPdf(
  bridge: Bridge,
  document: DocumentView,
  onFailure: (failure: Failure) => void,
): PDFDocumentLoadingTask {
  return getDocument({
    range: new BridgeRangeTransport(bridge, document, onFailure),
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
}
