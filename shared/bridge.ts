import type { Answer, CommandArgument, CommandName, CommandOutput, EventName, EventPayload } from "./ipc.ts";

/**
 * What the preload exposes as `window.sealdesk`. Channel names are checked against a fixed list in the preload; no
 * event object and no raw ipcRenderer crosses (Electron security checklist 20).
 */
export interface Bridge {
  invoke<Name extends CommandName>(name: Name, argument: CommandArgument<Name>): Promise<Answer<CommandOutput<Name>>>;
  /** Returns the function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
  /** Opens files that were dropped or picked; the preload asks the system for their paths and sends them to main. */
  openFiles(files: readonly unknown[]): Promise<Answer<CommandOutput<"documents.openDropped">>>;
}
