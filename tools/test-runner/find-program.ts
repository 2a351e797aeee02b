import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The full path of a program on the PATH. */
export function findProgram(name: string, searchPath: string = process.env["PATH"] ?? ""): string | undefined {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
