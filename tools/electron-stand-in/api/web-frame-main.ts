import { guardObject } from "../not-implemented.ts";
import type { WebContents } from "./web-contents.ts";

/** The main frame of a web contents. It is one object for the whole life of the contents, so `===` works. */
export interface WebFrameMain {
  readonly url: string;
  readonly origin: string;
  readonly name: string;
  readonly parent: null;
  readonly top: WebFrameMain;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly detached: boolean;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  executeJavaScript(code: string): Promise<unknown>;
}

export function makeMainFrame(contents: WebContents): WebFrameMain {
  const frame: WebFrameMain = guardObject("webFrameMain", {
    get url(): string {
      return contents.getURL();
    },
    get origin(): string {
      return originOf(contents.getURL());
    },
    name: "",
    parent: null,
    get top(): WebFrameMain {
      return frame;
    },
    processId: contents.id,
    routingId: 1,
    frameTreeNodeId: contents.id,
    get detached(): boolean {
      return contents.isDestroyed();
    },
    isDestroyed: () => contents.isDestroyed(),
    send: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
    executeJavaScript: (code: string) => contents.executeJavaScript(code),
  });
  return frame;
}

/** As Chromium says it of standard schemes: `app://bundle`, not the "null" of WHATWG URL. */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return "null";
  return parsed.origin === "null" && parsed.host !== "" ? `${parsed.protocol}//${parsed.host}` : parsed.origin;
}
