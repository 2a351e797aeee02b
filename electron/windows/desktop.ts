import { BrowserWindow, dialog, Notification, shell } from "electron";
import type { Desktop, Dialogs } from "../services/ports.ts";
import { words } from "../../shared/messages/words.ts";
import { openExternal } from "./open-external.ts";
import type { PhoneWindow } from "./phone-window.ts";
import { atMost, oneAtATime } from "./policy/restraint.ts";

/** Files and pages that other programs are asked to show: more than a person asks for. */
const SHOWN_AT_MOST = 20;
const SHOWN_WITHIN_MILLISECONDS = 10_000;

/** The system's own dialogs, over the main window. */
export function systemDialogs(parent: () => BrowserWindow | null): Dialogs {
  // What is asked while a dialog is open is answered as if its dialog had been closed.
  const alone = oneAtATime();
  const ask = (options: Electron.OpenDialogOptions): Promise<readonly string[]> =>
    alone(async () => {
      const window = parent();
      const answer =
        window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
      return answer.canceled ? [] : answer.filePaths;
    }, []);
  return {
    chooseDocuments: () =>
      ask({
        title: words("native.dialog.open"),
        properties: ["openFile", "multiSelections"],
        filters: [{ name: words("native.dialog.pdf"), extensions: ["pdf"] }],
      }),
    choosePicture: async () => {
      const [file] = await ask({
        title: words("native.dialog.picture"),
        properties: ["openFile"],
        filters: [{ name: words("native.dialog.pictures"), extensions: ["png", "jpg", "jpeg"] }],
      });
      return file ?? null;
    },
    chooseCertificate: async () => {
      const [file] = await ask({
        title: words("native.dialog.certificate"),
        properties: ["openFile"],
        filters: [{ name: words("native.dialog.pkcs12"), extensions: ["p12", "pfx"] }],
      });
      return file ?? null;
    },
    chooseClientCertificate: () =>
      ask({
        title: words("native.dialog.client-certificate"),
        properties: ["openFile", "multiSelections"],
        filters: [
          {
            name: words("native.dialog.certificates-and-keys"),
            extensions: ["p12", "pfx", "pem", "crt", "cer", "key"],
          },
        ],
      }),
    chooseAuthorities: () =>
      ask({
        title: words("native.dialog.authorities"),
        properties: ["openFile", "multiSelections"],
        filters: [{ name: words("native.dialog.authority-files"), extensions: ["pem", "crt", "cer", "der"] }],
      }),
    chooseFolder: async () => {
      const [folder] = await ask({
        title: words("native.dialog.folder"),
        properties: ["openDirectory", "createDirectory"],
      });
      return folder ?? null;
    },
    chooseSavePath: (name) =>
      alone(async () => {
        const options = { title: words("native.dialog.save"), defaultPath: name };
        const window = parent();
        const answer =
          window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
        return answer.canceled || answer.filePath === "" ? null : answer.filePath;
      }, null),
  };
}

export function systemDesktop(phone: PhoneWindow): Desktop {
  const mayShow = atMost(SHOWN_AT_MOST, SHOWN_WITHIN_MILLISECONDS, Date.now);
  return {
    openFile: async (path) => mayShow() && (await shell.openPath(path)) === "",
    showInFolder: (path) => {
      if (mayShow()) {
        shell.showItemInFolder(path);
      }
    },
    openWebPage: async (address) => URL.parse(address)?.protocol === "https:" && mayShow() && openExternal(address),
    notify: ({ key, params }) => {
      // Only when nobody looks: a window in front tells it itself.
      if (BrowserWindow.getFocusedWindow() === null && Notification.isSupported()) {
        new Notification({ title: "Sealdesk", body: words(key, params) }).show();
      }
    },
    openPracticePhone: (url) => phone.open(url),
    openProgram: async (address) => mayShow() && openExternal(address),
  };
}
