import { parse } from "node:path";

const SIGNED_SUFFIX = /-signed(?:-(\d+))?$/u;
const MAXIMUM_TRIES = 10_000;

/**
 * The name of the result: "contract.pdf" becomes "contract-signed.pdf", and when that is taken or is itself the input,
 * "contract-signed-2.pdf" and so on. `isTaken` asks the folder and the batch.
 */
export function outputName(inputName: string, isTaken: (name: string) => boolean): string {
  const { name, ext } = parse(inputName);
  const extension = ext === "" ? ".pdf" : ext;
  const base = name.replace(SIGNED_SUFFIX, "");
  for (let count = 1; count <= MAXIMUM_TRIES; count += 1) {
    const candidate = `${base}-signed${count === 1 ? "" : `-${count}`}${extension}`;
    if (!isTaken(candidate)) {
      return candidate;
    }
  }
  throw new Error("no free output name in ten thousand tries");
}
