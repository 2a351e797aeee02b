import { guardObject, notImplemented } from "../not-implemented.ts";

/** Electron's `crashReporter`, for an app that keeps its reports: nothing may be sent anywhere. */
export const crashReporter = guardObject("crashReporter", {
  start(options: { readonly uploadToServer?: boolean }): void {
    if (options.uploadToServer !== false) throw notImplemented("crashReporter.start with uploadToServer");
  },
});
