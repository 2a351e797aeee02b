import { BrowserWindow, dialog, Notification, shell } from "electron";
import type { Desktop, Dialogs } from "../services/ports.ts";
import { words } from "../../shared/messages/words.ts";
import { openExternal } from "./open-external.ts";
import type { PhoneWindow } from "./phone-window.ts";

/** The system's own dialogs, over the main window. */
export function systemDialogs(parent: () => BrowserWindow | null): Dialogs {
  const ask = async (options: Electron.OpenDialogOptions): Promise<readonly string[]> => {
    const window = parent();
    const answer =
      window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
    return answer.canceled ? [] : answer.filePaths;
  };
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
    chooseSavePath: async (name) => {
      const options = { title: words("native.dialog.save"), defaultPath: name };
      const window = parent();
      const answer =
        window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
      return answer.canceled || answer.filePath === "" ? null : answer.filePath;
    },
  };
}

export function systemDesktop(phone: PhoneWindow): Desktop {
  return {
    openFile: async (path) => (await shell.openPath(path)) === "",
    showInFolder: (path) => shell.showItemInFolder(path),
    openWebPage: async (address) => (URL.parse(address)?.protocol === "https:" ? openExternal(address) : false),
    notify: ({ key, params }) => {
      // Only when nobody looks: a window in front tells it itself.
      if (BrowserWindow.getFocusedWindow() === null && Notification.isSupported()) {
        new Notification({ title: "Sealdesk", body: words(key, params) }).show();
      }
    },
    openPracticePhone: (url) => phone.open(url),
    openProgram: openExternal,
  };
}
