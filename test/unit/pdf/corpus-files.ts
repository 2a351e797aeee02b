import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../../shared/corpus/", import.meta.url);

export const hasCorpus = existsSync(folder);

/** Paths of the PDFs in one folder of the corpus, relative to the corpus. */
export function corpusFiles(...groups: readonly string[]): readonly string[] {
  return groups.flatMap((group) =>
    !hasCorpus
      ? []
      : readdirSync(new URL(`${group}/`, folder))
          .filter((file) => file.endsWith(".pdf"))
          .toSorted()
          .map((file) => `${group}/${file}`),
  );
}

export const corpusPath = (file: string): string => fileURLToPath(new URL(file, folder));

export const hasTool = (tool: string): boolean => spawnSync(tool, ["--version"]).error === undefined;
