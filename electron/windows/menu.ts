import { Menu } from "electron";
import type { MenuItemConstructorOptions } from "electron";
import type { MenuCommand } from "../../shared/ipc.ts";
import { words } from "../../shared/messages/words.ts";

/** The application menu. Items send commands to the window, which does the same for its own keys: one way for both. */
export function applicationMenu(send: (command: MenuCommand) => void, packaged: boolean): Menu {
  const item = (command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label: words(`menu.${command}`),
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    {
      label: words("menu.file"),
      submenu: [
        item("open", "CmdOrCtrl+O"),
        item("sign", "CmdOrCtrl+Enter"),
        { type: "separator" },
        item("close-document", "CmdOrCtrl+W"),
        { type: "separator" },
        item("settings", "CmdOrCtrl+,"),
        ...(process.platform === "darwin" ? [] : [{ role: "quit" } as const]),
      ],
    },
    { role: "editMenu" },
    {
      label: words("menu.view"),
      submenu: [
        item("find", "CmdOrCtrl+F"),
        item("thumbnails", "F4"),
        { type: "separator" },
        item("zoom-in", "CmdOrCtrl+Plus"),
        item("zoom-out", "CmdOrCtrl+-"),
        item("zoom-fit", "CmdOrCtrl+0"),
        item("rotate", "CmdOrCtrl+R"),
        { type: "separator" },
        item("history", "CmdOrCtrl+Shift+H"),
        // SECURITY: no developer tools and no reload in what people install (Electron checklist 4).
        ...(packaged ? [] : [{ type: "separator" } as const, { role: "toggleDevTools" } as const]),
      ],
    },
    { role: "windowMenu" },
    { role: "help", label: words("menu.help"), submenu: [item("diagnostics")] },
  ];
  return Menu.buildFromTemplate(template);
}
