import { fieldProblem, plainValue, repeatedMobiles, SIGNER_FIELDS } from "../shared/signer-fields.ts";
import type { BankIdChoices } from "../shared/app-state.ts";
import type { SignerField } from "../shared/signer-fields.ts";
import { fourthlineDetailsSchema, idnowDetailsSchema } from "../shared/order-details.ts";
import type {
  BankIdDetails,
  FourthlineDetails,
  IdnowDetails,
  IdnowSigner,
  OrderDetails,
} from "../shared/order-details.ts";
import { personalNumberProblem, plainPersonalNumber } from "../shared/personal-number.ts";
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
  /** Personal number. */
  readonly person?: string;
  readonly textLanguage?: BankIdDetails["language"];
  readonly textFormat?: BankIdDetails["format"];
  readonly autostart?: boolean;
  readonly evidencePage: boolean;
  /** Fourthline: the organisation's identifier of the person. */
  readonly client?: string;
  readonly acceptConditions: boolean;
  /** Fourthline: the identification may still be processed. */
  readonly pending: boolean;
  /** Fourthline: file with a picture of the person's face. */
  readonly selfie?: string;
}

/** Which provider an option is for, and whether it was given. */
const OWN_OPTIONS: readonly (readonly [
  option: string,
  provider: string,
  isGiven: (given: OrderArguments) => boolean,
])[] = [
  ["--signature", "idnow", ({ signature }) => signature !== undefined],
  ["--code", "idnow", ({ code }) => code !== undefined],
  ["--checkbox", "idnow", ({ checkbox }) => checkbox.length > 0],
  ["--robot", "idnow", ({ robot }) => robot !== undefined],
  ["--person", "bankid", ({ person }) => person !== undefined],
  ["--text-language", "bankid", ({ textLanguage }) => textLanguage !== undefined],
  ["--text-format", "bankid", ({ textFormat }) => textFormat !== undefined],
  ["--autostart", "bankid", ({ autostart }) => autostart === true],
  ["--pending", "fourthline", ({ pending }) => pending],
  ["--client", "fourthline", ({ client }) => client !== undefined],
  ["--accept-conditions", "fourthline", ({ acceptConditions }) => acceptConditions],
  ["--selfie", "fourthline", ({ selfie }) => selfie !== undefined],
  ["--no-evidence-page", "bankid", ({ evidencePage }) => !evidencePage],
];

/**
 * The order's details; null for a provider that needs none. Throws `UsageError` for what is missing or wrong.
 *
 * @param usual how the text is written that is signed with BankID, where nothing is said
 */
export function orderDetails(
  provider: string,
  given: OrderArguments,
  usual: Pick<BankIdChoices, "language" | "format"> = { language: "sv", format: "plain" },
): OrderDetails | null {
  if (provider !== "idnow" && provider !== "fourthline" && given.signer.length > 0) {
    throw new UsageError("--signer goes with --provider idnow or fourthline");
  }
  const stray = OWN_OPTIONS.find(([, own, isGiven]) => own !== provider && isGiven(given));
  if (stray !== undefined) {
    throw new UsageError(`${stray[0]} goes with --provider ${stray[1]}`);
  }
  switch (provider) {
    case "idnow":
      return idnowOrder(given);
    case "bankid":
      return bankidOrder(given, usual);
    case "fourthline":
      return fourthlineOrder(given);
    default:
      return null;
  }
}

function bankidOrder(given: OrderArguments, usual: Pick<BankIdChoices, "language" | "format">): BankIdDetails {
  const { person, textLanguage, textFormat, autostart } = given;
  const personalNumber = person === undefined ? null : plainPersonalNumber(person);
  const problem = personalNumber === null ? null : personalNumberProblem(personalNumber);
  if (problem !== null) {
    // The number itself is not repeated: terminals are recorded.
    throw new UsageError(`--person: ${words(`bankid.order.person.${problem}`)}`);
  }
  return {
    provider: "bankid",
    personalNumber,
    language: textLanguage ?? usual.language,
    format: textFormat ?? usual.format,
    start: autostart === true ? "autostart" : "qr",
  };
}

/** One person, whom Fourthline knows by a reference: what `--client` says, or the e-mail address. */
function fourthlineOrder(given: OrderArguments): FourthlineDetails {
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

function idnowOrder(given: OrderArguments): OrderDetails {
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
