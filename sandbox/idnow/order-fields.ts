import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";

/** A field of putOrder as the documents' tables give it. */
export type FieldRule =
  | { readonly type: "text"; readonly maximum: number; readonly required?: true }
  | { readonly type: "phone"; readonly maximum: number }
  | { readonly type: "number" | "integer"; readonly required?: true }
  | { readonly type: "boolean" | "date" };

const text = (maximum: number): FieldRule => ({ type: "text", maximum });
const neededText = (maximum: number): FieldRule => ({ type: "text", maximum, required: true });
const long = 100_000;
const phone: FieldRule = { type: "phone", maximum: 50 };
const flag: FieldRule = { type: "boolean" };
const date: FieldRule = { type: "date" };
const amount: FieldRule = { type: "number" };

type Rules = Readonly<Record<string, FieldRule>>;

const place: Rules = {
  SignaturePosX: amount,
  SignaturePosY: amount,
  SignatureWidth: amount,
  SignatureHeight: amount,
  SignaturePage: { type: "integer" },
  SignatureFieldName: text(long),
};

export const rootRules: Rules = {
  Ref: text(100),
  Product: { type: "number", required: true },
  Add: { type: "number", required: true },
  Lang: text(2),
  getTargetLink: flag,
  getVideoHashes: flag,
  getDeepLink: flag,
  getAutoIdLink: flag,
  Phone: phone,
  Mobile: phone,
  Email: neededText(50),
  eSignTanSmsText: text(long),
  verificationSmsText: text(long),
  CustomerRouteTag: text(250),
  IdentDataSigned: text(long),
};

/** Objects below the root, by their path. */
export const objectRules: Readonly<Record<string, Rules>> = {
  eIDSettings: {
    VerifyMobileNumber: flag,
    EnableOCR: flag,
    CaptureImages: flag,
    NoVideoFallback: flag,
    DisableEID: flag,
  },
  RedirectURL: { Success: text(150), Abort: text(150) },
  WebhookURL: Object.fromEntries(
    ["AfterVideo", "AfterIdent", "OnFinal", "OnError", "OnVideoError", "OnStatusChange"].map((hook) => [
      hook,
      text(250),
    ]),
  ),
  EmailNotifications: {
    OnPositiveIdent: text(150),
    OnNegativeIdent: text(150),
    OnTimeOut: text(150),
    OnLeave: text(150),
  },
  Address: {
    Firstname: neededText(50),
    Surname: neededText(50),
    CompanyName: text(50),
    Street: text(50),
    ZipCode: text(5),
    City: text(100),
    Country: neededText(3),
  },
  IdentData: {
    Firstname: text(50),
    Surname: text(50),
    Street: text(100),
    ZipCode: text(5),
    City: text(100),
    Country: text(2),
    Birthdate: date,
    Birthplace: text(100),
    Birthname: text(75),
    Nationality: text(50),
    Title: text(50),
    Artistname: text(50),
    Gender: text(7),
    Email: text(50),
    Mobile: phone,
    CollectedBy: text(255),
  },
  "IdentData.IDCard": {
    CardNo: text(50),
    PlaceOfIssue: text(100),
    DateOfIssue: date,
    ValidUntil: date,
    CountryOfIssue: text(3),
  },
  "IdentData.DriverLicence": {
    LicenceNo: text(50),
    Classes: text(50),
    CountryOfIssue: text(3),
    DateOfIssue: date,
    ValidUntil: date,
  },
  MultiSignOptions: { FirstOrderID: text(14) },
};

export const signPdfRules: Rules = {
  Data: { type: "text", maximum: Number.MAX_SAFE_INTEGER, required: true },
  Filename: text(50),
  ...place,
  SignatureTag: text(long),
  SignatureOffsetPosX: { type: "integer" },
  SignatureOffsetPosY: { type: "integer" },
};

export const stampingRules: Rules = {
  Page: { type: "integer" },
  PosX: amount,
  PosY: amount,
  Width: amount,
  Height: amount,
  Tag: text(long),
  OffsetPosX: { type: "integer" },
  OffsetPosY: { type: "integer" },
  Content: text(500),
};

export const signHashRules: Rules = { Hash: neededText(100), Filename: text(50) };
export const signParameterRules: Rules = { Filename: neededText(50), ...place };

/** What is wrong with the fields of an object, or null. Fields without a rule are ignored; null counts as absent. */
export function fieldFault(object: JsonObject, rules: Rules, path: string): string | null {
  for (const [name, rule] of Object.entries(rules)) {
    const value = object[name] ?? null;
    const label = path === "" ? name : `${path}.${name}`;
    if (value === null) {
      if ("required" in rule) return `${label} is missing`;
      continue;
    }
    const fault = valueFault(value, rule);
    if (fault !== null) return `${label} ${fault}`;
  }
  return null;
}

function valueFault(value: unknown, rule: FieldRule): string | null {
  switch (rule.type) {
    case "text":
    case "phone":
      if (typeof value !== "string") return "is not a string";
      if ("required" in rule && value.trim() === "") return "is empty";
      if (value.trim().length > rule.maximum) return `is longer than ${rule.maximum} characters`;
      return rule.type === "phone" && !/^\+[1-9]\d{4,}$/.test(value)
        ? "is not a phone number in international form without blanks"
        : null;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "is not a number";
    case "integer":
      return Number.isInteger(value) ? null : "is not a whole number";
    case "boolean":
      return typeof value === "boolean" ? null : "is not a boolean";
    case "date":
      return typeof value === "string" && isDate(value) ? null : "is not a date of the form YYYY-MM-DD";
  }
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
}

/** The object at a path below the root; "wrong" when something else is there. */
export function objectAt(root: JsonObject, path: string): JsonObject | null | "wrong" {
  let current: unknown = root;
  for (const name of path.split(".")) {
    current = asObject(current)?.[name] ?? null;
    if (current === null) return null;
  }
  return asObject(current) ?? "wrong";
}
