import { isIP } from "node:net";
import { z } from "zod";
import type { OrderRequest } from "./order.ts";
import { requirementSchema } from "./requirement.ts";
import { hiddenLimit, identificationLimit, isSignableData, isSignableText, visibleLimit } from "./signable-text.ts";

const text = (minimum: number, maximum: number) => z.string().min(minimum).max(maximum);
const visible = (limit: number) => z.string().refine((value) => isSignableText(value, limit), "userVisibleData");

const shared = {
  endUserIp: z.string().refine((value) => isIP(value) !== 0, "endUserIp"),
  userNonVisibleData: z
    .string()
    .refine((value) => isSignableData(value, hiddenLimit), "userNonVisibleData")
    .exactOptional(),
  userVisibleDataFormat: z.enum(["simpleMarkdownV1", "plaintext"]).exactOptional(),
  returnUrl: text(1, 512).exactOptional(),
  returnRisk: z.boolean().exactOptional(),
  web: z
    .strictObject({
      referringDomain: text(3, 253).exactOptional(),
      userAgent: text(1, 256).exactOptional(),
      deviceIdentifier: text(1, 64).exactOptional(),
    })
    .exactOptional(),
  app: z
    .strictObject({
      appIdentifier: text(1, 256).exactOptional(),
      deviceOS: text(1, 256).exactOptional(),
      deviceModelName: text(1, 256).exactOptional(),
      deviceIdentifier: text(1, 64).exactOptional(),
    })
    .exactOptional(),
  requirement: requirementSchema.exactOptional(),
};

const signSchema = z.strictObject({ ...shared, userVisibleData: visible(visibleLimit) });
const authSchema = z.strictObject({ ...shared, userVisibleData: visible(identificationLimit).exactOptional() });
const referenceSchema = z.strictObject({ orderRef: z.string() });

/** What `sign` or `auth` ask for. A string is what is wrong with it. */
export function readOrder(what: "Signing" | "Identification", body: unknown): OrderRequest | string {
  const parsed = (what === "Signing" ? signSchema : authSchema).safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { endUserIp, requirement, returnRisk, userNonVisibleData, userVisibleData, userVisibleDataFormat } =
    parsed.data;
  return {
    api: "rp",
    function: what,
    visible: userVisibleData ?? null,
    format: userVisibleDataFormat === "simpleMarkdownV1" ? userVisibleDataFormat : null,
    hidden: userNonVisibleData ?? null,
    requirement: requirement ?? {},
    endUserIp,
    returnRisk: returnRisk ?? false,
  };
}

/** Null: there is no `orderRef`. */
export function readReference(body: unknown): string | null {
  const parsed = referenceSchema.safeParse(body);
  return parsed.success ? parsed.data.orderRef : null;
}
