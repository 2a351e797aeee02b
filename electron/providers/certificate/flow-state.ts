import { z } from "zod";
import type { Sha256Hex } from "../../../shared/ids.ts";
import type { FlowState } from "../provider.ts";

const id = z.string().min(1).max(255);
const documents = z.array(id).min(1);
const chain = z.array(z.string()).min(1);
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .transform((text) => text as Sha256Hex);

const schema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("open"), documents }),
  z.object({ step: z.literal("need-digests"), documents, chain }),
  z.object({ step: z.literal("sign"), chain, digests: z.array(z.object({ id, sha256 })).min(1) }),
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
