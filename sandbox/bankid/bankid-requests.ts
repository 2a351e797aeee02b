import { z } from "zod";
import type { BankIdControl } from "./bankid-control.ts";
import { responseFlaws, signatureFlaws, signerFlaws } from "./flaws.ts";

const order = z.string();
const personalNumber = z.string();
const hint = z.string().min(1).max(100);
const short = z.string().min(1).max(200);

const account = z.strictObject({
  tenant: short.exactOptional(),
  user: short.exactOptional(),
  password: short.exactOptional(),
  version: z.enum(["v5.1", "v6.0"]).exactOptional(),
  encode: z.enum(["plain", "base64"]).exactOptional(),
  statuses: z.enum(["hints", "documented"]).exactOptional(),
  errorBody: z.enum(["json", "as-printed"]).exactOptional(),
  codeSeconds: z.number().int().min(0).max(3600).exactOptional(),
  timeFactor: z.number().positive().max(1000).exactOptional(),
  collectOnce: z.boolean().exactOptional(),
  limitsRate: z.boolean().exactOptional(),
  responseDigest: z.enum(["SHA-1", "SHA-256"]).exactOptional(),
  displayName: short.exactOptional(),
});

const flaws = z.strictObject({
  signature: z.enum(signatureFlaws).exactOptional(),
  response: z.enum(responseFlaws).exactOptional(),
  signer: z.enum(signerFlaws).exactOptional(),
});

/** BankID's operations of `POST /control`. */
export const bankidRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("bankid/orders") }),
  z.strictObject({ do: z.literal("bankid/persons") }),
  z.strictObject({ do: z.literal("bankid/set-person"), personalNumber }),
  z.strictObject({ do: z.literal("bankid/code"), order, second: z.number().int().min(0).exactOptional() }),
  z.strictObject({ do: z.literal("bankid/scan"), code: z.string() }),
  z.strictObject({ do: z.literal("bankid/open-link"), link: z.string() }),
  z.strictObject({ do: z.literal("bankid/choose"), order, personalNumber }),
  z.strictObject({ do: z.literal("bankid/read-document"), order }),
  z.strictObject({ do: z.literal("bankid/approve"), order }),
  z.strictObject({ do: z.literal("bankid/cancel"), order }),
  z.strictObject({ do: z.literal("bankid/hint"), order, hint: hint.nullable() }),
  z.strictObject({ do: z.literal("bankid/fail"), order, hint }),
  z.strictObject({ do: z.literal("bankid/account"), change: account }),
  z.strictObject({ do: z.literal("bankid/flaws"), change: flaws }),
  z.strictObject({
    do: z.literal("bankid/certificate-status"),
    personalNumber,
    status: z.enum(["good", "revoked", "unknown"]),
  }),
]);

type BankIdRequest = z.infer<typeof bankidRequest>;

/** Does it. The result is JSON; `null` where there is nothing to say. */
export async function performBankId(control: BankIdControl, request: BankIdRequest): Promise<unknown> {
  switch (request.do) {
    case "bankid/orders":
      return control.orders();
    case "bankid/persons":
      return control.persons();
    case "bankid/set-person":
      control.setPerson(request.personalNumber);
      return null;
    case "bankid/code":
      return control.code(request.order, request.second);
    case "bankid/scan":
      return control.scan(request.code);
    case "bankid/open-link":
      return control.openLink(request.link);
    case "bankid/choose":
      return control.choose(request.order, request.personalNumber);
    case "bankid/read-document":
      return control.readDocument(request.order);
    case "bankid/approve":
      return control.approve(request.order);
    case "bankid/cancel":
      return control.cancel(request.order);
    case "bankid/hint":
      return control.setHint(request.order, request.hint);
    case "bankid/fail":
      return control.fail(request.order, request.hint);
    case "bankid/account":
      control.setAccount(request.change);
      return null;
    case "bankid/flaws":
      control.setFlaws(request.change);
      return null;
    case "bankid/certificate-status":
      await control.setCertificateStatus(request.personalNumber, request.status);
      return null;
  }
}
