import type { DocumentView } from "../../shared/app-state.ts";
import type { Bridge } from "../../shared/bridge.ts";
import type { Failure } from "../../shared/failure.ts";
import { assetUrls, getDocument, openPdfWorker } from "./pdf-library.ts";
import type { PDFDocumentProxy } from "./pdf-library.ts";
import { watchPageRequests } from "./page-requests.ts";
import type { PageRequests } from "./page-requests.ts";
import { BridgeRangeTransport, RANGE_CHUNK_SIZE } from "./range-transport.ts";

/** A document that takes longer to be put away is taken away. */
const ORDERLY_END_MILLISECONDS = 2_000;

export interface LoadingPdf {
  /** Rejects when pdf.js cannot read the file; stays pending when main refuses the bytes (see `onFailure`). */
  readonly promise: Promise<PDFDocumentProxy>;
  /** Frees the document, also one that is still being read. */
  readonly close: () => Promise<void>;
}

/** pdf.js wants a password, or another one than it was given. */
export function isPasswordMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "PasswordException";
}

/** Starts reading a document; the password is for this load only and opens encrypted ones. */
export function loadPdf(
  bridge: Bridge,
  document: DocumentView,
  password: string | undefined,
  onFailure: (failure: Failure) => void,
): LoadingPdf {
  const refused = Promise.withResolvers<void>();
  const own = openPdfWorker();
  const task = getDocument({
    range: new BridgeRangeTransport(bridge, document, (failure) => {
      refused.resolve();
      onFailure(failure);
    }),
    ...(password === undefined ? {} : { password }),
    rangeChunkSize: RANGE_CHUNK_SIZE,
    disableAutoFetch: true,
    disableStream: true,
    worker: own.worker,
    ...assetUrls,
    cMapPacked: true,
    // SECURITY: forms of the XFA kind bring scripts and their own layout; what is signed is what the pages show.
    enableXfa: false,
    stopAtErrors: false,
  });
  // pdf.js's worker throws when its document is taken away in the middle of opening, so closing waits for the end of that.
  let requests: PageRequests | null = null;
  const promise = task.promise.then((pdf) => {
    requests = watchPageRequests(pdf);
    return pdf;
  });
  const opened = Promise.allSettled([promise]);
  return {
    promise,
    close: async () => {
      const endInOrder = async (): Promise<void> => {
        // Pages of a file that main refuses to read never come.
        await Promise.race([opened.then(() => requests?.end()), refused.promise]);
        await task.destroy();
      };
      await Promise.race([endInOrder().catch(() => undefined), pause(ORDERLY_END_MILLISECONDS)]);
      own.end();
    },
  };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));
