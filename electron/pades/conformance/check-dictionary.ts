import { isName, isString } from "../../pdf/objects.ts";
import type { PdfDict } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { decodeTextString } from "../../pdf/text-string.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

/** ISO 32000-2 7.9.4 with the zone that EN 319 142-1 wants; the last apostrophe is of ISO 32000-1. */
const DATE = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z(?:00'00'?)?|[+-](\d{2})'(\d{2})'?)$/u;

/** Items 9 to 13: the entries of the signature dictionary. */
export function checkDictionary(file: PdfFile, dictionary: PdfDict): readonly ConformanceViolation[] {
  const violations: ConformanceViolation[] = [];
  if (!isName(file.get(dictionary, "Filter"), "Adobe.PPKLite")) {
    violations.push(violation("filter", "/Filter is not Adobe.PPKLite."));
  }
  if (!isName(file.get(dictionary, "SubFilter"), "ETSI.CAdES.detached")) {
    violations.push(violation("sub-filter", "/SubFilter is not ETSI.CAdES.detached."));
  }
  const time = file.get(dictionary, "M");
  if (!isString(time) || claimedTime(decodeTextString(time.bytes)) === null) {
    violations.push(violation("signing-time-entry", "/M is not a PDF date with a time zone."));
  }
  if (dictionary.entries.has("Cert")) {
    violations.push(violation("no-certificate-entry", "/Cert must not be present."));
  }
  if (dictionary.duplicates.length > 0) {
    violations.push(violation("readable", "The signature dictionary has an entry twice."));
  }
  return violations;
}

/** The moment a PDF date stands for; null when it is no date with a zone or names a day that does not exist. */
export function claimedTime(text: string): Date | null {
  const match = DATE.exec(text);
  if (match === null) {
    return null;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHours = 0, zoneMinutes = 0] = match
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists =
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    zoneHours < 24 &&
    zoneMinutes < 60;
  const east = text.includes("-") ? -1 : 1;
  return exists ? new Date(local.getTime() - east * (zoneHours * 60 + zoneMinutes) * 60_000) : null;
}
