import type { CdpSession } from "../cdp/connection.ts";

const pages = new Set<CdpSession>();

/** Remembers a page for what concerns all of them, until it goes. */
export function rememberPage(cdp: CdpSession): void {
  pages.add(cdp);
  cdp.on("detached", () => pages.delete(cdp));
}

export function webContentsPages(): readonly CdpSession[] {
  return [...pages];
}
