import { EventEmitter } from "node:events";
import { guardInstances } from "../not-implemented.ts";

type Handler = (event: object, ...args: unknown[]) => unknown;

/** `ipcMain`, and the `ipc` of each web contents: listeners and at most one handler a channel. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== "function")
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  /** The handler of a channel; used by the transport. */
  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

guardInstances("ipcMain", IpcMain);

export const ipcMain: IpcMain = new IpcMain();
