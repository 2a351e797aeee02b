import { z } from "zod";
import {
  MAXIMUM_CHECKBOXES,
  MAXIMUM_CHECKBOX_LENGTH,
  MAXIMUM_REFERENCE_LENGTH,
  MAXIMUM_SIGNERS,
  fieldProblem,
  lineProblem,
} from "./signer-fields.ts";
import type { SignerField } from "./signer-fields.ts";
import { BANKID_FORMATS, BANKID_LANGUAGES } from "./bankid-text.ts";
import { personalNumberProblem } from "./personal-number.ts";

const signerField = (field: SignerField) =>
  z
    .string()
    .trim()
    .refine((value) => fieldProblem(field, value) === null);

/** Somebody who is to sign with IDnow; the lengths are IDnow's (`putOrder`, Address, Email, Mobile). */
export const idnowSignerSchema = z.strictObject({
  givenName: signerField("givenName"),
  surname: signerField("surname"),
  email: signerField("email"),
  /** International form without blanks ("+491701234567"): each signer needs an own one. */
  mobile: signerField("mobile"),
});

/** What an order to IDnow needs to know beside the documents. */
export const idnowDetailsSchema = z.strictObject({
  provider: z.literal("idnow"),
  /** In the order in which they sign. */
  signers: z.array(idnowSignerSchema).min(1).max(MAXIMUM_SIGNERS),
  signatureType: z.enum(["QES", "AES", "BES"]),
  /** Where the one-time code is typed: on the provider's page, or in our own dialog (the account must allow it). */
  codeEntry: z.enum(["page", "here"]),
  /** Show what IDnow found out about the person when it is over. */
  showIdentification: z.boolean(),
  /** Keep the identification, sealed, for the same person's next order; and use one that was kept. */
  keepIdentification: z.boolean(),
  /** Extra boxes to tick before signing. */
  checkboxes: z
    .array(
      z
        .string()
        .trim()
        .refine((value) => lineProblem(value, MAXIMUM_CHECKBOX_LENGTH) === null),
    )
    .max(MAXIMUM_CHECKBOXES),
  /** Test accounts only: a robot plays the person. */
  robot: z.enum(["positive", "negative", "fraud"]).nullable(),
});

export type IdnowSigner = z.output<typeof idnowSignerSchema>;
export type IdnowDetails = z.output<typeof idnowDetailsSchema>;

/** What an order to BankID needs to know beside the documents. */
export const bankidDetailsSchema = z.strictObject({
  provider: z.literal("bankid"),
  /** Twelve digits: only this person may sign; null: whoever does. */
  personalNumber: z
    .string()
    .refine((value) => personalNumberProblem(value) === null)
    .nullable(),
  /** Of the text that is signed. */
  language: z.enum(BANKID_LANGUAGES),
  /** Of the text that is signed. */
  format: z.enum(BANKID_FORMATS),
  /** How it begins: with the code for a phone, or with the app on this computer. The person may change that meanwhile. */
  start: z.enum(["qr", "autostart"]),
});
export type BankIdDetails = z.output<typeof bankidDetailsSchema>;

/** Who signs with Fourthline, and under which name Fourthline knows the person. */
export const fourthlineDetailsSchema = z.strictObject({
  provider: z.literal("fourthline"),
  signer: z.strictObject({
    givenName: signerField("givenName"),
    surname: signerField("surname"),
    /** International form without blanks; null: the person is asked when it is needed, and so says the journal. */
    mobile: signerField("mobile").nullable(),
  }),
  /** Whether the identification has ended ("completed") or may still be processed when the person signs ("pending"). */
  flow: z.enum(["completed", "pending"]),
  /** The organisation's own identifier of the person, as in the identification at Fourthline. */
  reference: z
    .string()
    .trim()
    .refine((value) => lineProblem(value, MAXIMUM_REFERENCE_LENGTH) === null),
});
export type FourthlineDetails = z.output<typeof fourthlineDetailsSchema>;

/** By provider; a provider that is not named here needs nothing of its own. */
export const orderDetailsSchema = z.discriminatedUnion("provider", [
  idnowDetailsSchema,
  bankidDetailsSchema,
  fourthlineDetailsSchema,
]);
export type OrderDetails = z.output<typeof orderDetailsSchema>;
