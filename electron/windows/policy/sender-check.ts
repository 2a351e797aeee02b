import type { WebFrameMain } from "electron";

/** The parts of an IPC event that say who speaks. */
export interface Speaker {
  readonly senderFrame: Pick<WebFrameMain, "origin" | "parent"> | null;
}

/**
 * SECURITY: only the main frame of our own page is answered. A frame that is gone (null), has a parent, or comes from
 * elsewhere is refused (Electron checklist 17).
 */
export function isOwnPage(speaker: Speaker, ownOrigin: string): boolean {
  const frame = speaker.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === ownOrigin;
}
