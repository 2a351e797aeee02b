import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { Bridge } from "../shared/bridge.ts";
import { COMMAND_NAMES, EVENT_NAMES } from "../shared/ipc-channels.ts";

const commands: ReadonlySet<string> = new Set(COMMAND_NAMES);
const events: ReadonlySet<string> = new Set(EVENT_NAMES);

function known(names: ReadonlySet<string>, name: string): string {
  if (!names.has(name)) {
    throw new TypeError(`unknown channel ${name}`);
  }
  return name;
}

// SECURITY: the whole of what the page can reach. No raw ipcRenderer, no event object, no free channel name, and
// `documents.openDropped` only with paths that the system itself gives for files the person dropped or picked.
const bridge: Bridge = {
  invoke: (name, argument) => {
    if (name === "documents.openDropped") {
      throw new TypeError("files are opened by openFiles");
    }
    return ipcRenderer.invoke(known(commands, name), argument);
  },
  on: (name, listener) => {
    const channel = known(events, name);
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.removeListener(channel, forward);
    };
  },
  openFiles: (files) =>
    ipcRenderer.invoke("documents.openDropped", {
      paths: files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== ""),
    }),
};

contextBridge.exposeInMainWorld("sealdesk", bridge);
