import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");
const MOST_BYTES = 120_000;

/** Small files of the corpus beside the checkout, read where they are; none when it is not there. */
export function corpusSeeds(folder: string, names: RegExp, most = 40): readonly Uint8Array[] {
  const path = join(CORPUS, folder);
  const all = existsSync(path) ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [];
  return all
    .filter((name) => names.test(name))
    .toSorted()
    .map((name) => join(path, name))
    .filter((file) => statSync(file).size <= MOST_BYTES)
    .slice(0, most)
    .map((file) => new Uint8Array(readFileSync(file)));
}
