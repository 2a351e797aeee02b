import { setTimeout as delay } from "node:timers/promises";
import type { Session } from "../api/session.ts";
import type { WebContents } from "../api/web-contents.ts";

/** Which web contents a frame belongs to. */
export interface FrameOwner {
  readonly contents: WebContents;
  readonly isMainFrame: boolean;
}

/** By frame id; a main frame's id is its target's id. */
const owners = new Map<string, FrameOwner>();

export function addFrame(frameId: string, owner: FrameOwner): void {
  owners.set(frameId, owner);
}

export function removeFrame(frameId: string): void {
  owners.delete(frameId);
}

export function removeFramesOf(contents: WebContents): void {
  for (const [frameId, owner] of owners) if (owner.contents === contents) owners.delete(frameId);
}

export function ownerOf(frameId: string): FrameOwner | undefined {
  return owners.get(frameId);
}

/** The web contents of a session that still have their page. */
export function openContentsOf(session: Session): readonly WebContents[] {
  const main = [...owners.values()].filter((owner) => owner.isMainFrame && owner.contents.session === session);
  return main.map(({ contents }) => contents);
}

/** The web contents whose page has this origin: the best guess for a worker's request, which names no frame. */
export function contentsOfOrigin(origin: string): WebContents | undefined {
  return [...owners.values()].find((owner) => owner.isMainFrame && owner.contents.wireOrigin === origin)?.contents;
}

/**
 * The owner of a frame that asks for a document. Chromium reports a new frame and its first request on two channels,
 * so the report may come a moment later.
 */
export async function awaitOwner(frameId: string): Promise<FrameOwner | undefined> {
  for (let waited = 0; waited < 500 && !owners.has(frameId); waited += 10) await delay(10);
  return owners.get(frameId);
}
