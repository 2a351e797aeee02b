import { z } from "zod";

/** One line of text without control characters. */
const line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .regex(/^\P{Cc}*$/u);

/** Somebody who is to sign with IDnow; the lengths are IDnow's (`putOrder`, Address, Email, Mobile). */
export const idnowSignerSchema = z.strictObject({
  givenName: line(50),
  surname: line(50),
  email: z.email().max(50),
  /** International form without blanks ("+491701234567"): each signer needs an own one. */
  mobile: z.string().regex(/^\+[1-9][0-9]{6,14}$/u),
});

/** What an order to IDnow needs to know beside the documents. */
export const idnowDetailsSchema = z.strictObject({
  provider: z.literal("idnow"),
  /** In the order in which they sign. */
  signers: z.array(idnowSignerSchema).min(1).max(8),
  signatureType: z.enum(["QES", "AES", "BES"]),
  /** Where the one-time code is typed: on the provider's page, or in our own dialog (the account must allow it). */
  codeEntry: z.enum(["page", "here"]),
  /** Show what IDnow found out about the person when it is over. */
  showIdentification: z.boolean(),
  /** Keep the identification, sealed, for the same person's next order; and use one that was kept. */
  keepIdentification: z.boolean(),
  /** Extra boxes to tick before signing. */
  checkboxes: z.array(line(300)).max(10),
  /** Test accounts only: a robot plays the person. */
  robot: z.enum(["positive", "negative", "fraud"]).nullable(),
});

export type IdnowSigner = z.output<typeof idnowSignerSchema>;
export type IdnowDetails = z.output<typeof idnowDetailsSchema>;

/** By provider; a provider that is not named here needs nothing of its own. */
export const orderDetailsSchema = z.discriminatedUnion("provider", [idnowDetailsSchema]);
export type OrderDetails = z.output<typeof orderDetailsSchema>;
