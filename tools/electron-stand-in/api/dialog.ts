import type { FileFilter, MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from "electron";
import { guardObject } from "../not-implemented.ts";
import { desktopTool, runTool } from "./desktop-tool.ts";

/** Electron passes the window first or leaves it out; the options come last. */
function optionsOf(args: readonly unknown[]): object {
  return args.at(-1) ?? {};
}

function filterArguments(filters: readonly FileFilter[] | undefined): readonly string[] {
  return (filters ?? []).map(({ name, extensions }) => {
    const patterns = extensions.map((extension) => (extension === "*" ? "*" : `*.${extension}`));
    return `--file-filter=${name} | ${patterns.join(" ")}`;
  });
}

function pickerArguments(options: OpenDialogOptions | SaveDialogOptions): readonly string[] {
  return [
    "--file-selection",
    "--separator=\n",
    ...(options.title === undefined ? [] : [`--title=${options.title}`]),
    ...(options.defaultPath === undefined ? [] : [`--filename=${options.defaultPath}`]),
    ...filterArguments(options.filters),
  ];
}

async function pick(args: readonly string[]): Promise<readonly string[]> {
  const zenity = desktopTool("zenity");
  if (zenity === undefined) return [];
  const { status, output } = await runTool(zenity, args);
  return status === 0 ? output.split("\n").filter((line) => line !== "") : [];
}

async function ask(options: MessageBoxOptions): Promise<number> {
  const buttons = options.buttons ?? ["OK"];
  const cancelled = options.cancelId ?? 0;
  const zenity = desktopTool("zenity");
  if (zenity === undefined) return cancelled;
  const text = [options.message, options.detail ?? ""].join("\n\n").trim();
  const title = `--title=${options.title ?? ""}`;
  const { status, output } = await runTool(
    zenity,
    // "--switch" shows our buttons and nothing else; the one pressed is printed.
    [
      "--question",
      "--switch",
      "--no-markup",
      title,
      `--text=${text}`,
      ...buttons.map((label) => `--extra-button=${label}`),
    ],
  );
  const pressed = buttons.indexOf(output.trim());
  return status === -1 || pressed === -1 ? cancelled : pressed;
}

/** Electron's `dialog`: zenity's windows when there is a display and zenity, else everything is cancelled. */
export const dialog = guardObject("dialog", {
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const options: OpenDialogOptions = optionsOf(args);
    const has = (property: "openDirectory" | "multiSelections"): boolean =>
      options.properties?.includes(property) ?? false;
    const filePaths = await pick([
      ...pickerArguments(options),
      ...(has("openDirectory") ? ["--directory"] : []),
      ...(has("multiSelections") ? ["--multiple"] : []),
    ]);
    return { canceled: filePaths.length === 0, filePaths: [...filePaths] };
  },
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    const [filePath] = await pick([...pickerArguments(optionsOf(args)), "--save", "--confirm-overwrite"]);
    return { canceled: filePath === undefined, filePath: filePath ?? "" };
  },
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    const options = optionsOf(args) as MessageBoxOptions;
    return { response: await ask(options), checkboxChecked: options.checkboxChecked ?? false };
  },
  showErrorBox(title: string, content: string): void {
    console.error(`${title}: ${content}`);
  },
});
