import { fieldProblem, plainValue, repeatedMobiles, SIGNER_FIELDS } from "../shared/signer-fields.ts";
import type { SignerField } from "../shared/signer-fields.ts";
import { fourthlineDetailsSchema, idnowDetailsSchema } from "../shared/order-details.ts";
import type { FourthlineDetails, IdnowDetails, IdnowSigner, OrderDetails } from "../shared/order-details.ts";
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
  /** Fourthline: the organisation's identifier of the person. */
  readonly client?: string;
  readonly acceptConditions: boolean;
  /** Fourthline: the identification may still be processed. */
  readonly pending: boolean;
  /** Fourthline: file with a picture of the person's face. */
  readonly selfie?: string;
}

/** The order's details; null for a provider that needs none. Throws `UsageError` for what is missing or wrong. */
export function orderDetails(provider: string, given: OrderArguments): OrderDetails | null {
  if (provider !== "fourthline") {
    refuseStray("fourthline", fourthlineOptions(given));
  }
  switch (provider) {
    case "fourthline":
      return fourthlineDetails(given);
    case "idnow":
      return idnowDetails(given);
    default:
      refuseStray("idnow or fourthline", [["--signer", given.signer.length > 0]]);
      refuseStray("idnow", idnowOptions(given));
      return null;
  }
}

type Stray = readonly (readonly [option: string, present: boolean])[];

const idnowOptions = (given: OrderArguments): Stray => [
  ["--signature", given.signature !== undefined],
  ["--code", given.code !== undefined],
  ["--checkbox", given.checkbox.length > 0],
  ["--robot", given.robot !== undefined],
];

const fourthlineOptions = (given: OrderArguments): Stray => [
  ["--pending", given.pending],
  ["--client", given.client !== undefined],
  ["--accept-conditions", given.acceptConditions],
  ["--selfie", given.selfie !== undefined],
];

function refuseStray(provider: string, options: Stray): void {
  const stray = options.find(([, present]) => present);
  if (stray !== undefined) {
    throw new UsageError(`${stray[0]} goes with --provider ${provider}`);
  }
}

/** One person, whom Fourthline knows by a reference: what `--client` says, or the e-mail address. */
function fourthlineDetails(given: OrderArguments): FourthlineDetails {
  // The passcode is always typed here, so there is nothing to choose.
  const { code, ...others } = given;
  refuseStray("idnow", idnowOptions(code === "here" ? others : given));
  const [only, ...more] = given.signer;
  if (only === undefined || more.length > 0) {
    throw new UsageError('--provider fourthline needs one --signer "Given name;Surname;e-mail;+31…"');
  }
  const { givenName, surname, mobile, email } = signerOf(only);
  const details = {
    provider: "fourthline",
    signer: { givenName, surname, mobile },
    flow: given.pending ? "pending" : "completed",
    reference: given.client ?? email,
  };
  const parsed = fourthlineDetailsSchema.safeParse(details);
  if (!parsed.success) {
    throw new UsageError("--client: one line of text, at most 100 characters");
  }
  return parsed.data;
}

function idnowDetails(given: OrderArguments): IdnowDetails {
  if (given.signer.length === 0) {
    throw new UsageError('--provider idnow needs --signer "Given name;Surname;e-mail;+49…" for each person who signs');
  }
  const signers = given.signer.map(signerOf);
  if (repeatedMobiles(signers.map(({ mobile }) => mobile)).length > 0) {
    throw new UsageError("--signer: two people cannot share a phone number, the code must reach each alone");
  }
  const details = {
    provider: "idnow",
    signers,
    signatureType: given.signature ?? "QES",
    codeEntry: given.code ?? "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: given.checkbox,
    robot: given.robot ?? null,
  };
  const parsed = idnowDetailsSchema.safeParse(details);
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
