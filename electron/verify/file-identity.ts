import { statSync } from "node:fs";

/** What changes whenever a file is written to or replaced. Throws the file system's own error. */
export function identityOf(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}
