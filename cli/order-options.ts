import { fieldProblem, plainValue, repeatedMobiles, SIGNER_FIELDS } from "../shared/signer-fields.ts";
import type { SignerField } from "../shared/signer-fields.ts";
import { orderDetailsSchema } from "../shared/order-details.ts";
import type { IdnowDetails, IdnowSigner, OrderDetails } from "../shared/order-details.ts";
import { words } from "../shared/messages/words.ts";
import { UsageError } from "./exit-status.ts";

/** What only an order to a provider of people's signatures needs, as the command line gives it. */
export interface OrderArguments {
  readonly signer: readonly string[];
  readonly signature?: IdnowDetails["signatureType"];
  readonly code?: IdnowDetails["codeEntry"];
  readonly checkbox: readonly string[];
  readonly robot?: NonNullable<IdnowDetails["robot"]>;
  /** False: the provider keeps its copy until it deletes it itself. */
  readonly deleteAtProvider: boolean;
}

/** The order's details; null for a provider that needs none. Throws `UsageError` for what is missing or wrong. */
export function orderDetails(provider: string, given: OrderArguments): OrderDetails | null {
  if (provider !== "idnow") {
    const stray = [
      ["--signer", given.signer.length > 0],
      ["--signature", given.signature !== undefined],
      ["--code", given.code !== undefined],
      ["--checkbox", given.checkbox.length > 0],
      ["--robot", given.robot !== undefined],
    ].find(([, present]) => present === true);
    if (stray !== undefined) {
      throw new UsageError(`${String(stray[0])} goes with --provider idnow`);
    }
    return null;
  }
  if (given.signer.length === 0) {
    throw new UsageError('--provider idnow needs --signer "Given name;Surname;e-mail;+49…" for each person who signs');
  }
  const signers = given.signer.map(signerOf);
  if (repeatedMobiles(signers.map(({ mobile }) => mobile)).length > 0) {
    throw new UsageError("--signer: two people cannot share a phone number, the code must reach each alone");
  }
  const details = {
    provider,
    signers,
    signatureType: given.signature ?? "QES",
    codeEntry: given.code ?? "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: given.checkbox,
    robot: given.robot ?? null,
  };
  const parsed = orderDetailsSchema.safeParse(details);
  if (!parsed.success) {
    throw new UsageError(`the order to IDnow: ${parsed.error.issues.map(({ path }) => path.join(".")).join(", ")}`);
  }
  return parsed.data;
}

function signerOf(text: string): IdnowSigner {
  const parts = text.split(";").map((part) => part.trim());
  if (parts.length !== SIGNER_FIELDS.length) {
    throw new UsageError(`--signer ${text}: expected "Given name;Surname;e-mail;+49…"`);
  }
  const [givenName = "", surname = "", email = "", mobile = ""] = parts;
  const signer = { givenName, surname, email, mobile: plainValue("mobile", mobile) };
  for (const field of SIGNER_FIELDS satisfies readonly SignerField[]) {
    const problem = fieldProblem(field, signer[field]);
    if (problem !== null) {
      throw new UsageError(
        `--signer ${text}: ${words(problem === "missing" ? `order.missing.${field}` : `order.wrong.${problem}`)}`,
      );
    }
  }
  return signer;
}
