/** The application menu, kept apart so that `app` and `Menu` can both know it. */
let current: unknown = null;

export function applicationMenu(): unknown {
  return current;
}

export function rememberApplicationMenu(menu: unknown): void {
  current = menu;
}
