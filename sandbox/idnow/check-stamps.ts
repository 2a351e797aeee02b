import { memorySource } from "../../electron/pdf/memory-source.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { AccountOptions } from "./account-options.ts";
import type { Checked } from "./checked.ts";
import { defaultPlace } from "./fixed-place.ts";
import { fieldFault, stampingRules } from "./order-fields.ts";
import type { Stamp } from "./order-request.ts";

/** `Stamping` of a document that can be read. */
export function checkStamps(
  value: unknown,
  document: Uint8Array,
  path: string,
  account: Pick<AccountOptions, "trustService">,
): Checked<readonly Stamp[]> {
  if (value === undefined || value === null) return { ok: true, value: [] };
  if (!Array.isArray(value)) return no(`${path} is not an array`);
  if (value.length > 0 && account.trustService !== "namirial") return no(`${path} is for Namirial accounts only`);
  const pages = pageCount(document);
  const stamps: Stamp[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    const object = asObject(entry);
    if (object === null) return no(`${path}[${index}] is not an object`);
    const fault = fieldFault(object, stampingRules, `${path}[${index}]`);
    if (fault !== null) return no(fault);
    const stamp = stampOf(object);
    if (stamp.page < 1 || stamp.page > pages) return no(`${path}[${index}]: there is no page ${stamp.page}`);
    stamps.push(stamp);
  }
  return { ok: true, value: stamps };
}

function stampOf(object: JsonObject): Stamp {
  const number = (name: string, otherwise: number): number =>
    typeof object[name] === "number" ? object[name] : otherwise;
  const text = (name: string): string => (typeof object[name] === "string" ? object[name] : "");
  return {
    page: number("Page", defaultPlace.page),
    x: number("PosX", defaultPlace.x),
    y: number("PosY", defaultPlace.y),
    width: number("Width", defaultPlace.width),
    height: number("Height", defaultPlace.height),
    tag: text("Tag") === "" ? null : text("Tag"),
    offsetX: number("OffsetPosX", 0),
    offsetY: number("OffsetPosY", 0),
    content: text("Content"),
  };
}

function pageCount(document: Uint8Array): number {
  const file = openPdf(memorySource(document));
  try {
    return file.pageCount();
  } finally {
    file.close();
  }
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
