import { readFile, stat } from "node:fs/promises";
import { MAXIMUM_SELFIE_BYTES } from "../shared/interaction.ts";
import { UsageError } from "./exit-status.ts";

/** The picture that `--selfie` names; null: none. Whether it is a JPEG, the provider's flow says. */
export async function selfieFile(path: string | undefined): Promise<Uint8Array<ArrayBuffer> | null> {
  if (path === undefined) {
    return null;
  }
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) {
    throw new UsageError(`--selfie ${path}: there is no such file`);
  }
  if (facts.size > MAXIMUM_SELFIE_BYTES) {
    throw new UsageError(`--selfie ${path}: larger than ${MAXIMUM_SELFIE_BYTES / 1_048_576} MB`);
  }
  return new Uint8Array(await readFile(path));
}
