import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { AccountOptions } from "./account-options.ts";
import { additionalFault, purposeOf, textsFault } from "./check-order-texts.ts";
import { checkDocuments, checkHashes, checkSignParameters } from "./check-sign-parts.ts";
import type { Checked } from "./checked.ts";
import { fieldFault, objectAt, objectRules, rootRules } from "./order-fields.ts";
import { ADD } from "./order-request.ts";
import type { OrderRequest } from "./order-request.ts";
import { eSignProduct } from "./order.ts";

const products = new Set([0, 8, 12, 15, 16, 17, 19]);
const knownAdd = [4, 8, 16, 128, 256, 4096, 8192, 131_072, 4_194_304, 8_388_608].reduce((sum, flag) => sum | flag, 0);

/** Checks a putOrder as the documents' tables demand. The fault is the `Error` of the answer. */
export function checkOrder(body: JsonObject, account: AccountOptions): Checked<OrderRequest> {
  const fault = fieldFaults(body) ?? additionalFault(body) ?? textsFault(body) ?? valuesFault(body, account);
  if (fault !== null) return { ok: false, fault };
  const documents = checkDocuments(body["eSignPDF"], account);
  if (!documents.ok) return documents;
  const hashes = checkHashes(body["eSignHash"]);
  if (!hashes.ok) return hashes;
  const multi = asObject(body["MultiSignOptions"]);
  const parameters = checkSignParameters(multi?.["SignParameters"]);
  if (!parameters.ok) return parameters;
  const firstOrderId = textOf(multi?.["FirstOrderID"]);
  const add = Number(body["Add"]);
  const product = Number(body["Product"]);
  const eSign = product === eSignProduct;
  const toSign = documents.value.length + hashes.value.length;
  if (!eSign && (toSign > 0 || firstOrderId !== null)) return no("documents to sign need Product 15");
  if (firstOrderId !== null && toSign > 0) return no("MultiSignOptions and own documents exclude each other");
  if (eSign && toSign === 0 && firstOrderId === null && (add & ADD.createAccount) === 0) {
    return no("Product 15 needs eSignPDF, eSignHash or MultiSignOptions");
  }
  const address = asObject(body["Address"]) ?? {};
  const identData = asObject(body["IdentData"]) ?? {};
  const redirect = asObject(body["RedirectURL"]) ?? {};
  const hooks = Object.entries(asObject(body["WebhookURL"]) ?? {}).filter(isTextEntry);
  return {
    ok: true,
    value: {
      ref: textOf(body["Ref"]) ?? "",
      product,
      add,
      person: {
        firstname: textOf(identData["Firstname"]) ?? textOf(address["Firstname"]) ?? "",
        surname: textOf(identData["Surname"]) ?? textOf(address["Surname"]) ?? "",
        country: textOf(identData["Country"]) ?? textOf(address["Country"]) ?? "",
      },
      mobile: textOf(body["Mobile"]) ?? textOf(identData["Mobile"]),
      email: textOf(body["Email"]) ?? "",
      redirect: { success: textOf(redirect["Success"]), abort: textOf(redirect["Abort"]) },
      hooks: Object.fromEntries(hooks),
      documents: documents.value,
      hashes: hashes.value,
      checkboxes: checkboxesOf(body),
      firstOrderId,
      signParameters: parameters.value,
      signTanText: textOf(body["eSignTanSmsText"]) ?? "Your TAN for signing: [TAN]",
      phoneTanText: textOf(body["verificationSmsText"]) ?? "Your TAN for the phone check: [TAN]",
      purpose: purposeOf(body["Purpose"]),
      wants: {
        targetLink: body["getTargetLink"] === true,
        deepLink: body["getDeepLink"] === true,
        autoIdLink: body["getAutoIdLink"] === true,
        videoHashes: body["getVideoHashes"] === true,
      },
      identData,
      address,
      identDataSigned: textOf(body["IdentDataSigned"]),
    },
  };
}

function fieldFaults(body: JsonObject): string | null {
  const root = fieldFault(body, rootRules, "");
  if (root !== null) return root;
  for (const [path, rules] of Object.entries(objectRules)) {
    const object = objectAt(body, path);
    if (object === "wrong") return `${path} is not an object`;
    if (object === null) {
      if (path === "Address") return "Address is missing";
      continue;
    }
    const fault = fieldFault(object, rules, path);
    if (fault !== null) return fault;
  }
  return null;
}

function valuesFault(body: JsonObject, account: AccountOptions): string | null {
  const product = Number(body["Product"]);
  const add = Number(body["Add"]);
  if (!products.has(product)) return `Product ${product} is unknown`;
  if (!Number.isInteger(add) || add < 0 || (add & ~knownAdd) !== 0) return `Add ${add} is unknown`;
  const accountFlags = [4, 8, 16].filter((flag) => (add & flag) !== 0).length;
  if (accountFlags > 1) return "Add 4, 8 and 16 exclude each other";
  if (product === 16 && !account.autoId) return "autoID is not enabled for this account";
  const address = asObject(body["Address"]) ?? {};
  if (product === 8 && !["Street", "ZipCode", "City"].every((name) => textOf(address[name]) !== null)) {
    return "the whole Address is needed for Product 8";
  }
  const gender = textOf(asObject(body["IdentData"])?.["Gender"]);
  if (gender !== null && !["female", "male", "diverse"].includes(gender)) return "IdentData.Gender is unknown";
  const hooks = asObject(body["WebhookURL"]) ?? {};
  if (textOf(hooks["AfterVideo"]) !== null && textOf(hooks["AfterIdent"]) !== null) {
    return "WebhookURL.AfterVideo and WebhookURL.AfterIdent exclude each other";
  }
  return product !== eSignProduct && textOf(body["eSignTanSmsText"]) !== null
    ? "eSignTanSmsText is for eSign orders only"
    : null;
}

function checkboxesOf(body: JsonObject): readonly string[] {
  const boxes: unknown = asObject(body["eSignOptions"])?.["AdditionalCheckboxes"];
  return Array.isArray(boxes) ? boxes.filter((box) => typeof box === "string") : [];
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}

/** The text without blanks around it (the documents' own example has one at the end); null when there is none. */
export function textOf(value: unknown): string | null {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? null : text;
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
