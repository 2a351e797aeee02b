import type { PrintToPDFOptions } from "electron";
import type { CdpSession } from "../cdp/connection.ts";
import { guardObject, notImplemented } from "../not-implemented.ts";

const PAPER_INCHES: Readonly<Record<string, readonly [number, number]>> = {
  A3: [11.7, 16.5],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  Letter: [8.5, 11],
  Legal: [8.5, 14],
};

/** `webContents.printToPDF`. Sizes and margins are in inches, as in Electron. */
export async function printPdf(cdp: CdpSession, options: PrintToPDFOptions): Promise<Buffer> {
  const size = options.pageSize ?? "Letter";
  const paper = typeof size === "string" ? PAPER_INCHES[size] : ([size.width, size.height] as const);
  if (paper === undefined) throw notImplemented(`printToPDF pageSize ${JSON.stringify(size)}`);
  const margins = options.margins;
  const { data } = await cdp.send<{ data: string }>("Page.printToPDF", {
    landscape: options.landscape ?? false,
    printBackground: options.printBackground ?? false,
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    scale: options.scale ?? 1,
    paperWidth: paper[0],
    paperHeight: paper[1],
    ...(margins
      ? { marginTop: margins.top, marginBottom: margins.bottom, marginLeft: margins.left, marginRight: margins.right }
      : {}),
    ...(options.headerTemplate === undefined ? {} : { headerTemplate: options.headerTemplate }),
    ...(options.footerTemplate === undefined ? {} : { footerTemplate: options.footerTemplate }),
    ...(options.pageRanges === undefined ? {} : { pageRanges: options.pageRanges }),
  });
  return Buffer.from(data, "base64");
}

/** `webContents.capturePage`: the visible part of the page as a NativeImage that can be saved. */
export async function captureImage(cdp: CdpSession): Promise<object> {
  const { data } = await cdp.send<{ data: string }>("Page.captureScreenshot", { format: "png" });
  const png = Buffer.from(data, "base64");
  return guardObject("nativeImage", {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${data}`,
    isEmpty: () => png.length === 0,
    // PNG 11.2.2: width and height stand at bytes 16 and 20.
    getSize: () => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }),
  });
}
