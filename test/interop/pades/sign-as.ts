import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindSigner } from "../../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../../electron/pades/complete-signature.ts";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import { prepareSignature } from "../../../electron/pades/prepare-signature.ts";
import type { CompleteRequest, PrepareRequest } from "../../../electron/pades/signature-request.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Placement } from "../../../shared/placement.ts";
import type { Result } from "../../../shared/result.ts";
import { success } from "../../../shared/result.ts";
import type { TestPerson } from "./test-people.ts";

const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans/package.json"));

/** The font that the program itself embeds. */
export const markFont = async (): Promise<Uint8Array> =>
  new Uint8Array(await readFile(join(fonts, "400Regular", "NotoSans_400Regular.ttf")));

export interface SignOptions {
  readonly placement: Placement;
  readonly reason?: string | null;
  readonly timestamp?: CompleteRequest["timestamp"];
  readonly overrides?: Partial<PrepareRequest>;
}

/** Both phases with a local key, as a provider that takes digests would do it. */
export async function signAs(
  person: TestPerson,
  source: string,
  staged: string,
  options: SignOptions,
): Promise<Result<PreparedSignature, Failure>> {
  const prepared = await prepareSignature({
    source,
    staged,
    placement: options.placement,
    appearance: { font: await markFont(), provider: "itsme", practice: true, image: null },
    signerName: person.name,
    reason: options.reason ?? null,
    location: null,
    contactInfo: null,
    claimedTime: new Date(),
    utcOffsetMinutes: 60,
    ...options.overrides,
  });
  if (!prepared.ok) {
    return prepared;
  }
  // Through JSON, as the journal keeps it.
  const bound = bindSigner(JSON.parse(JSON.stringify(prepared.value)) as PreparedSignature, person.chain);
  const completed = await completeSignature({
    prepared: bound,
    staged,
    value: await person.sign(Buffer.from(bound.toBeSigned!, "hex")),
    ...(options.timestamp === undefined ? {} : { timestamp: options.timestamp }),
  });
  return completed.ok ? success(bound) : completed;
}
