import type { PDFDocumentProxy, PDFPageProxy } from "./pdf-library.ts";

export interface PageRequests {
  /** Resolves when no page is on its way any more. From here on nobody gets one. */
  readonly end: () => Promise<void>;
}

/**
 * Watches the pages that are asked for. pdf.js's viewer asks without a way to take it back, and complains about every page
 * that does not come; so a document is taken away only when all of them have come, and then they go to nobody.
 */
export function watchPageRequests(pdf: PDFDocumentProxy): PageRequests {
  const pending = new Set<Promise<unknown>>();
  const getPage = pdf.getPage.bind(pdf);
  let ending = false;
  pdf.getPage = (page) =>
    new Promise<PDFPageProxy>((resolve, reject) => {
      if (ending) return;
      const settle = async (): Promise<void> => {
        try {
          const proxy = await getPage(page);
          if (!ending) resolve(proxy);
        } catch (error) {
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- handed on as it came
          if (!ending) reject(error);
        }
      };
      const settled = settle();
      pending.add(settled);
      void settled.finally(() => pending.delete(settled));
    });
  return {
    end: async () => {
      ending = true;
      await Promise.all(pending);
    },
  };
}
