import { basename, parse } from "node:path";
import type { ItemRecord } from "../../../storage/journal-record.ts";

const MAXIMUM_TRIES = 10_000;

const PACKAGE = /-bankid(?:-\d+)?\.zip$/u;

export const isPackagePath = (path: string): boolean => PACKAGE.test(path);

/** "contract.pdf" becomes "contract-bankid.zip", and when that is taken "contract-bankid-2.zip" and so on. */
export function evidencePackageName(inputName: string, isTaken: (name: string) => boolean): string {
  const base = parse(inputName).name.replace(/-bankid(?:-\d+)?$/u, "");
  for (let count = 1; count <= MAXIMUM_TRIES; count += 1) {
    const candidate = `${base}-bankid${count === 1 ? "" : `-${count}`}.zip`;
    if (!isTaken(candidate)) {
      return candidate;
    }
  }
  throw new Error("no free name in ten thousand tries");
}

/** Beside the result that the person named, with its name. */
export const packageName = (
  item: Pick<ItemRecord, "name" | "outputFixed" | "outputPath">,
  isTaken: (name: string) => boolean,
): string => evidencePackageName(item.outputFixed ? basename(item.outputPath) : item.name, isTaken);
