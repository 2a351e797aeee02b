import type { CommandName, EventName } from "./ipc.ts";

/** The bare names, so that the preload needs no zod. Kept equal to the contract by type and by a test. */
export const COMMAND_NAMES = [
  "state.get",
  "documents.choose",
  "documents.openDropped",
  "documents.openSample",
  "documents.close",
  "documents.unlock",
  "documents.readRange",
  "documents.verify",
  "documents.openExternally",
  "documents.showInFolder",
  "signing.review",
  "signing.start",
  "signing.answer",
  "signing.cancel",
  "signing.retry",
  "signing.dismiss",
  "settings.change",
  "settings.chooseOutputFolder",
  "marks.preview",
  "marks.choosePicture",
  "marks.addPicture",
  "marks.picture",
  "marks.save",
  "marks.remove",
  "marks.setDefault",
  "certificate.chooseFile",
  "certificate.usePractice",
  "certificate.listTokens",
  "certificate.useToken",
  "practice.openPhone",
] as const satisfies readonly CommandName[];

export const EVENT_NAMES = ["state.changed", "menu.invoked"] as const satisfies readonly EventName[];
