import { sha256Hex } from "../../../shared/ids.ts";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { digestRanges } from "../../pdf/range-digest.ts";

/** SHA-256 of a file's first bytes, read in constant memory. Rejects as `digestRanges` does, also when it is shorter. */
export async function digestOfStart(path: string, size: number): Promise<Sha256Hex> {
  const digest = await digestRanges(path, [{ offset: 0, length: size }]);
  return sha256Hex(Buffer.from(digest).toString("hex"));
}
