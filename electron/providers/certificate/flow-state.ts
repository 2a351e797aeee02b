import { z } from "zod";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";
import type { FlowState } from "../provider.ts";

const id = z.string().min(1).max(255);
const documents = z.array(id).min(1);
const chain = z.array(z.string()).min(1);
const digestName = z.enum(["SHA-256", "SHA-384", "SHA-512"]);
const hex = z.string().regex(/^(?:[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/u);

const scheme: z.ZodType<SignatureScheme> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("rsa-pkcs1"), digest: digestName }),
  z.object({
    kind: z.literal("rsa-pss"),
    digest: digestName,
    mgfDigest: digestName,
    saltLength: z.number().int().min(0).max(512),
  }),
  z.object({ kind: z.literal("ecdsa"), digest: digestName, format: z.literal("der") }),
  z.object({ kind: z.literal("ed25519") }),
]);

const toSign = z.object({ id, scheme, digest: hex, message: z.string().min(1) });
/** As this program stored it while SHA-256 was all it knew: the key says the scheme. */
const earlierToSign = z.object({ id, sha256: z.string().regex(/^[0-9a-f]{64}$/u) });

const schema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("open"), documents }),
  z.object({ step: z.literal("need-digests"), documents, chain }),
  z.object({ step: z.literal("sign"), chain, digests: z.array(z.union([toSign, earlierToSign])).min(1) }),
  z.object({ step: z.literal("delivered") }),
  z.object({
    step: z.literal("ended"),
    failure: z
      .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
      .nullable(),
  }),
]);

/** The states of a run with a local certificate: neither key nor password, only certificates and digests. */
export type CertificateState = z.output<typeof schema>;

export function readState(state: FlowState): CertificateState | null {
  const parsed = schema.safeParse(state);
  return parsed.success ? parsed.data : null;
}
