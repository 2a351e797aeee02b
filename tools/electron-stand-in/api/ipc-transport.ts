import type { CdpSession } from "../cdp/connection.ts";
import type { BindingCalled, Evaluated } from "../cdp/protocol.ts";
import { offerBlob } from "../network/blobs.ts";
import { makeCodec } from "../wire/codec.ts";
import { ipcMain } from "./ipc-main.ts";
import type { WebContents } from "./web-contents.ts";

const codec = makeCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
  decode: (text) => new Uint8Array(Buffer.from(text, "base64")),
});

/** Name of Chromium's binding in the isolated world. */
export const BINDING = "standInSend";

/** Carries IPC between main and the preload's isolated world of one web contents. */
export class IpcTransport {
  readonly #contents: WebContents;
  readonly #cdp: CdpSession;
  readonly #secret: string;
  /** The isolated world of the current document, or undefined between documents. */
  #contextId: number | undefined;
  /** Messages are handled in the order in which the page sent them, also when one waits for a file's path. */
  #arrival: Promise<void> = Promise.resolve();

  constructor(contents: WebContents, cdp: CdpSession, secret: string) {
    this.#contents = contents;
    this.#cdp = cdp;
    this.#secret = secret;
  }

  enterDocument(contextId: number): void {
    this.#contextId = contextId;
  }
  leaveDocument(): void {
    this.#contextId = undefined;
  }

  /** Sends a message to `ipcRenderer.on`. Throws what structured clone refuses. Lost when there is no document. */
  send(channel: string, args: readonly unknown[]): void {
    const attachments: Uint8Array[] = [];
    const text = codec.encode([channel, args], attachments);
    if (this.#contextId !== undefined) this.#deliver(this.#contextId, 0, true, text, attachments);
  }

  /** Takes a message of the page. */
  receive(call: BindingCalled): void {
    this.#arrival = this.#arrival
      .then(() => this.#dispatch(call))
      .catch((error: unknown) => console.error("electron stand-in: an IPC message was lost:", error));
  }

  async #dispatch(call: BindingCalled): Promise<void> {
    const space = call.payload.indexOf(" ");
    const id = Number(call.payload.slice(0, space));
    const text = await this.#withFilePaths(call.payload.slice(space + 1), call.executionContextId);
    const [channel, args] = codec.decode(text) as [string, unknown[]];
    const contents = this.#contents;
    // A message of a document that has gone has no frame any more; Electron says null then, and so do we.
    const senderFrame = call.executionContextId === this.#contextId ? contents.mainFrame : null;
    const event = {
      type: "frame",
      sender: contents,
      senderFrame,
      processId: contents.mainFrame.processId,
      frameId: contents.mainFrame.routingId,
      ports: [],
      reply: (...message: [string, ...unknown[]]): void => contents.send(...message),
    };
    if (id > 0) {
      void this.#answer(id, channel, event, args, call.executionContextId);
      return;
    }
    contents.emit("ipc-message", event, channel, ...args);
    contents.ipc.emit(channel, event, ...args);
    ipcMain.emit(channel, event, ...args);
  }

  async #answer(
    id: number,
    channel: string,
    event: object,
    args: readonly unknown[],
    contextId: number,
  ): Promise<void> {
    const attachments: Uint8Array[] = [];
    try {
      const handler = this.#contents.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const text = codec.encode(await handler(event, ...args), attachments);
      this.#deliver(contextId, id, true, text, attachments);
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.#deliver(contextId, id, false, codec.encode(String(error)), []);
    }
  }

  /** Replaces the placeholders of `webUtils.getPathForFile` by what Chromium says of the file. */
  async #withFilePaths(text: string, contextId: number): Promise<string> {
    const placeholder = new RegExp(`\\\\u0000file-${this.#secret}-(\\d+)\\\\u0000`, "g");
    const indexes = new Set([...text.matchAll(placeholder)].map((match) => Number(match[1])));
    const paths = new Map<number, string>();
    for (const index of indexes) {
      const expression = `standInFiles[${index}]`;
      const { result } = await this.#cdp.send<Evaluated>("Runtime.evaluate", { expression, contextId });
      const info = this.#cdp.send<{ path: string }>("DOM.getFileInfo", { objectId: result.objectId });
      // A File made by a script has no path; Electron answers the empty string.
      paths.set(
        index,
        await info.then(
          ({ path }) => path,
          () => "",
        ),
      );
    }
    return text.replace(placeholder, (_match, index: string) =>
      JSON.stringify(paths.get(Number(index)) ?? "").slice(1, -1),
    );
  }

  #deliver(contextId: number, id: number, ok: boolean, text: string, attachments: readonly Uint8Array[]): void {
    const values = [id, ok, text, attachments.map((bytes) => offerBlob(bytes))];
    this.#cdp
      .send("Runtime.callFunctionOn", {
        functionDeclaration: "function(id, ok, text, references) { standInReceive(id, ok, text, references); }",
        executionContextId: contextId,
        arguments: values.map((value) => ({ value })),
      })
      .catch(() => {
        // The document has gone in the meantime, and with it whoever waited.
      });
  }
}
