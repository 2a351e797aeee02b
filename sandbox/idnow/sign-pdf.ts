import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindSigner } from "../../electron/pades/bind-signer.ts";
import { completeSignature } from "../../electron/pades/complete-signature.ts";
import { prepareSignature } from "../../electron/pades/prepare-signature.ts";
import { sha256 } from "../../electron/pki/algorithms.ts";
import { requestTimestamp } from "../../electron/pki/tsp-client.ts";
import { success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { Failure } from "../../shared/failure.ts";
import { practiceScheme } from "../pki/issue-certificate.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import { answerTimestamp } from "../pki/timestamp-authority.ts";
import type { SignaturePlace } from "./order-request.ts";
import type { SigningPerson } from "./persons.ts";

export interface SignPdfOrder {
  readonly document: Uint8Array;
  readonly place: SignaturePlace;
  readonly person: SigningPerson;
  readonly level: "B-B" | "B-T";
  readonly now: number;
}

export interface SignPdfRoom {
  readonly services: PracticeServices;
  /** A TrueType font file for the mark. */
  readonly font: () => Promise<Uint8Array>;
}

/**
 * Signs as the trust service does: one incremental update with the field, the mark and a CMS signature (PAdES baseline,
 * ETSI EN 319 142-1). Throws when the document cannot be signed there; putOrder has looked at that before.
 */
export async function signPdf(room: SignPdfRoom, order: SignPdfOrder): Promise<Uint8Array> {
  const { place, person } = order;
  const work = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
  const [source, staged] = [join(work, "source.pdf"), join(work, "signed.pdf")];
  try {
    await writeFile(source, order.document, { mode: 0o600 });
    const prepared = value(
      await prepareSignature({
        source,
        staged,
        placement:
          place.kind === "field"
            ? { kind: "field", field: place.name }
            : { kind: "rectangle", page: place.page, rectangle: place },
        appearance: { font: await room.font(), provider: "IDnow", practice: true, image: null },
        signerName: person.name,
        reason: null,
        location: null,
        contactInfo: null,
        claimedTime: new Date(order.now),
        utcOffsetMinutes: 0,
        timestamped: order.level === "B-T",
        chain: person.chain,
      }),
    );
    const bound = bindSigner(prepared, person.chain, practiceScheme);
    if (bound.toBeSigned === null) throw new Error("nothing to sign");
    const signature = person.key.signDigest(practiceScheme, Buffer.from(bound.toBeSigned, "hex"));
    const timestamp = order.level === "B-T" ? { timestamp: (made: Uint8Array) => stamp(room, made, order.now) } : {};
    value(await completeSignature({ prepared: bound, staged, value: signature, ...timestamp }));
    return new Uint8Array(await readFile(staged));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A timestamp of the practice authority, asked without the network. */
async function stamp(room: SignPdfRoom, signature: Uint8Array, now: number): Promise<Result<Uint8Array, Failure>> {
  const answer = await requestTimestamp(
    {
      request: ({ body }) => Promise.resolve(success({ status: 200, body: answerTimestamp(room.services, body, now) })),
    },
    { url: `${room.services.base}/tsa`, imprint: sha256(signature), digestAlgorithm: "SHA-256", anchors: "none" },
  );
  return answer.ok ? success(answer.value.token) : answer;
}

function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`the practice document cannot be signed: ${result.failure.code}`);
  return result.value;
}
