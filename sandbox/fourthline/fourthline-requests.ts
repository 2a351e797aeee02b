import { z } from "zod";
import type { FourthlineControl } from "./fourthline-control.ts";

const signature = z.string();
const milliseconds = z
  .number()
  .min(0)
  .max(365 * 24 * 3_600_000);
/** "Status code: integer 0 to 6000." */
const code = z.number().int().min(0).max(6000);

const pass = z.strictObject({ result: z.literal("pass") });
const refusal = z.strictObject({ result: z.literal("kyc_required"), code });
const failure = z.strictObject({
  result: z.literal("error"),
  code,
  recoversAfterMilliseconds: milliseconds.nullable(),
});
const step = z.discriminatedUnion("result", [pass, refusal, failure]).exactOptional();
const stepWithSelfie = z
  .discriminatedUnion("result", [
    pass,
    refusal,
    z.strictObject({ result: z.literal("selfie_required"), code }),
    failure,
  ])
  .exactOptional();

const settings = z.strictObject({
  timeFactor: z.number().positive().max(1000).exactOptional(),
  workMilliseconds: milliseconds.exactOptional(),
  atCreation: step,
  afterNumber: stepWithSelfie,
  afterSelfie: step,
  afterApproval: step,
  afterConfirmation: step,
  verification: z.enum(["match", "mismatch"]).exactOptional(),
  verificationMilliseconds: milliseconds.nullable().exactOptional(),
  identityCase: z.enum(["usable", "none", "high-risk"]).exactOptional(),
  trustService: z.enum(["namirial", "infocert"]).exactOptional(),
  passcodeLength: z.number().int().min(4).max(8).exactOptional(),
  passcodeAttempts: z.number().int().min(1).max(100).exactOptional(),
  maximumDocuments: z.number().int().min(1).max(100).exactOptional(),
  maximumDocumentBytes: z.number().int().min(1).max(100_000_000).exactOptional(),
});

const flaws = z.strictObject({
  pdf: z.enum(["ours", "re-saved", "changed-byte", "other-file", "broken-value", "unsigned"]).exactOptional(),
  documents: z.enum(["right", "swapped"]).exactOptional(),
  signer: z.enum(["person", "somebody-else"]).exactOptional(),
  timestamp: z.enum(["ours", "none"]).exactOptional(),
  countersignature: z.enum(["ours", "none"]).exactOptional(),
  answer: z.enum(["pdf", "multipart", "json", "message", "truncated"]).exactOptional(),
});

const name = z.string().min(1).max(100);
const person = z.strictObject({
  givenNames: name,
  surname: name,
  country: z.string().regex(/^[A-Z]{2}$/),
  documentType: z.enum(["PAS", "IDC"]),
  documentNumber: z.string().regex(/^[A-Z0-9]{1,30}$/),
});

/** Fourthline's operations of `POST /control`. */
export const fourthlineRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("fourthline/signatures") }),
  z.strictObject({ do: z.literal("fourthline/settings"), change: settings }),
  z.strictObject({ do: z.literal("fourthline/flaws"), change: flaws }),
  z.strictObject({
    do: z.literal("fourthline/person"),
    reference: name,
    confirmed: person,
    extracted: person.exactOptional(),
  }),
  z.strictObject({
    do: z.literal("fourthline/move"),
    signature,
    to: z.enum([
      "pending",
      "selfie_required",
      "kyc_required",
      "user_consent_required",
      "pending_verification",
      "signed",
      "invalid_signature",
    ]),
    code: code.exactOptional(),
  }),
  z.strictObject({
    do: z.literal("fourthline/fail"),
    signature,
    code,
    recoversAfterMilliseconds: milliseconds.nullable(),
  }),
  z.strictObject({ do: z.literal("fourthline/recover"), signature }),
  z.strictObject({
    do: z.literal("fourthline/finish-verification"),
    signature,
    outcome: z.enum(["match", "mismatch"]),
  }),
  z.strictObject({ do: z.literal("fourthline/messages") }),
  z.strictObject({ do: z.literal("fourthline/expire-tokens") }),
  z.strictObject({
    do: z.literal("fourthline/certificate-status"),
    signature,
    status: z.enum(["good", "revoked", "unknown"]),
  }),
]);

type FourthlineRequest = z.infer<typeof fourthlineRequest>;

/** Does it. The result is JSON; `null` where there is nothing to say. */
export async function performFourthline(control: FourthlineControl, request: FourthlineRequest): Promise<unknown> {
  switch (request.do) {
    case "fourthline/signatures":
      return control.signatures();
    case "fourthline/settings":
      control.setSettings(request.change);
      return null;
    case "fourthline/flaws":
      control.setFlaws(request.change);
      return null;
    case "fourthline/person":
      control.setPerson(request.reference, request.confirmed, request.extracted);
      return null;
    case "fourthline/move":
      return control.move(request.signature, request.to, request.code);
    case "fourthline/fail":
      return control.fail(request.signature, request.code, request.recoversAfterMilliseconds);
    case "fourthline/recover":
      return control.recover(request.signature);
    case "fourthline/finish-verification":
      return control.finishVerification(request.signature, request.outcome);
    case "fourthline/messages":
      return control.messages();
    case "fourthline/expire-tokens":
      control.expireTokens();
      return null;
    case "fourthline/certificate-status":
      await control.setCertificateStatus(request.signature, request.status);
      return null;
  }
}
