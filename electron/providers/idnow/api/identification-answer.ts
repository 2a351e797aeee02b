import type { HttpAnswer } from "../../../net/http-client.ts";
import { asObject, field, objectField, readObject, textField } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";
import { readFilesOf } from "./media-answers.ts";
import type { NamedFile } from "./media-answers.ts";
import { flag } from "./order-answers.ts";

/** `getIdentData`. Everything is optional, whatever the manual calls "always": IDnow says so itself of empty fields. */
export interface Identification {
  /** ISO 8601, as it came. */
  readonly identifiedAt: string | null;
  readonly method: string | null;
  readonly identifier: string | null;
  readonly userIp: string | null;
  readonly ocrStatus: number | null;
  readonly eIdUsed: boolean | null;
  readonly securityCheckFailed: boolean | null;
  readonly suspectedFraud: boolean;
  /** What was found out; null: nothing. */
  readonly checked: PersonData | null;
  /** What was ordered; null: not asked for. */
  readonly initial: PersonData | null;
  readonly images: readonly NamedFile[];
}

/** Facts by the manual's own names ("Surname", "IDCard.CardNo", "Additional.shoeSize"); never empty texts. */
export type PersonData = ReadonlyMap<string, string>;

const CHECKED = 1;
const INITIAL = 2;
/** A date that stands for none. */
const NO_DAY = "1970-01-01";
const GROUPS = ["IDCard", "DriverLicence", "Additional"] as const;

export function readIdentification(answer: HttpAnswer): Identification | null {
  const body = readObject(answer.body);
  if (body === null) {
    return null;
  }
  const persons = personsOf(field(body, "IdentData"));
  const ofType = (type: number): JsonRecord | undefined => persons.find((person) => field(person, "Type") === type);
  const checked = ofType(CHECKED) ?? persons.find((person) => field(person, "Type") !== INITIAL);
  const initial = ofType(INITIAL);
  return {
    // Misspelt on purpose in the interface.
    identifiedAt: textField(body, "Identitfied") ?? textField(body, "Identified"),
    method: textField(body, "IdentifyMethod"),
    identifier: shown(field(body, "Identifier")),
    userIp: textField(body, "UserIp"),
    ocrStatus: numberField(body, "OcrStatus"),
    eIdUsed: flag(body, "eIdUsed"),
    securityCheckFailed: flag(body, "SecurityCheckFailed"),
    suspectedFraud: flag(body, "FraudAttempt") === true,
    checked: checked === undefined ? null : factsOf(checked),
    initial: initial === undefined ? null : factsOf(initial),
    images: [body, ...persons].flatMap((holder) => readFilesOf(holder, "Images", "Image") ?? []),
  };
}

/** An object when pictures are in it, a list otherwise. */
function personsOf(data: unknown): readonly JsonRecord[] {
  const list: readonly unknown[] = Array.isArray(data) ? data : [data];
  return list.map(asObject).filter((person) => person !== null);
}

function factsOf(person: JsonRecord): PersonData {
  const facts = new Map<string, string>();
  const add = (name: string, value: unknown): void => {
    const text = shown(value);
    if (text !== null && text !== NO_DAY) {
      facts.set(name, text);
    }
  };
  for (const [name, value] of Object.entries(person)) {
    if (name !== "Type") {
      add(name, value);
    }
  }
  for (const group of GROUPS) {
    for (const [name, value] of Object.entries(objectField(person, group) ?? {})) {
      add(`${group}.${name}`, value);
    }
  }
  return facts;
}

function shown(value: unknown): string | null {
  if (typeof value === "string") {
    return value.trim() === "" ? null : value.trim();
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function numberField(object: JsonRecord, name: string): number | null {
  const value = field(object, name);
  return typeof value === "number" ? value : null;
}
