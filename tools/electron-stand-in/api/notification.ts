import { EventEmitter } from "node:events";
import { guardInstances } from "../not-implemented.ts";
import { records } from "../runtime/records.ts";
import { desktopTool, runTool } from "./desktop-tool.ts";

interface Options {
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
}

/** Electron's `Notification`: notify-send when there is a display and the program, else only recorded. */
export class Notification extends EventEmitter {
  title: string;
  body: string;
  silent: boolean;

  constructor(options: Options = {}) {
    super();
    this.title = options.title ?? "";
    this.body = options.body ?? "";
    this.silent = options.silent ?? false;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    records.notifications.push({ title: this.title, body: this.body });
    const sender = desktopTool("notify-send");
    // "--": a title may begin with a dash.
    if (sender !== undefined) void runTool(sender, ["--", this.title, this.body]);
    setImmediate(() => this.emit("show", {}));
  }
  close(): void {
    setImmediate(() => this.emit("close", {}));
  }
}
guardInstances("Notification", Notification);
