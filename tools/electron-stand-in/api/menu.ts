import { EventEmitter } from "node:events";
import type { MenuItemConstructorOptions } from "electron";
import { guardInstances, notImplemented } from "../not-implemented.ts";
import { app } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { applicationMenu, rememberApplicationMenu } from "./menu-state.ts";

type Template = readonly (MenuItemConstructorOptions | MenuItem)[];

/** What the roles do that make sense without a menu bar. */
function runRole(role: string): void {
  const window = BrowserWindow.getFocusedWindow();
  switch (role.toLowerCase()) {
    case "quit":
      return app.quit();
    case "close":
      return window?.close();
    case "minimize":
      return window?.minimize();
    case "reload":
      return window?.webContents.reload();
    default:
      throw notImplemented(`MenuItem role "${role}"`);
  }
}

/** An item of a menu. There is no menu bar to show it in; `click()` is what tests and people's shortcuts call. */
export class MenuItem {
  readonly id: string | undefined;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly commandId: number;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  click: (...args: unknown[]) => void;
  menu: Menu | undefined = undefined;
  static #lastCommand = 0;

  constructor(options: MenuItemConstructorOptions) {
    const { submenu, click, role } = options;
    this.id = options.id;
    this.role = role;
    this.type = options.type ?? (submenu ? "submenu" : "normal");
    this.accelerator = typeof options.accelerator === "string" ? options.accelerator : undefined;
    this.commandId = ++MenuItem.#lastCommand;
    this.label = options.label ?? role ?? "";
    this.sublabel = options.sublabel ?? "";
    this.toolTip = options.toolTip ?? "";
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined);
    this.click = (event = {}, window = BrowserWindow.getFocusedWindow(), contents?: unknown): void => {
      if (this.type === "checkbox") this.checked = !this.checked;
      if (click) (click as (...args: unknown[]) => void)(this, window, event, contents);
      else if (role !== undefined) runRole(role);
    };
  }
}
guardInstances("MenuItem", MenuItem);

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  static buildFromTemplate(template: Template): Menu {
    if (!Array.isArray(template)) throw new TypeError("Invalid template for Menu: Menu template must be an array");
    const menu = new Menu();
    for (const entry of template as Template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    rememberApplicationMenu(menu);
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu() as Menu | null;
  }
}
guardInstances("Menu", Menu);
