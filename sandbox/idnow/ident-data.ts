import { asObject } from "../web/json-body.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { offsetTime } from "./offset-time.ts";
import { hasKind } from "./order.ts";
import type { IdnowOrder } from "./order.ts";
import { practiceImages } from "./practice-media.ts";
import { mobileOf } from "./signing-steps.ts";
import { KIND } from "./status-codes.ts";

/** What was not given and is found out by looking at the practice document. */
const onTheDocument = {
  Street: "Heidestr. 17",
  ZipCode: "51147",
  City: "Köln",
  Birthdate: "1964-08-12",
  Birthplace: "Berlin",
  Nationality: "DE",
} as const;

const practiceCard = {
  CardNo: "PRACTICE0",
  PlaceOfIssue: "Stadt Köln",
  DateOfIssue: "2021-08-01",
  ValidUntil: "2099-10-31",
  CountryOfIssue: "DE",
  Type: "IDCard",
  extDocumentType: 1,
} as const;

const personFields = [
  "Street",
  "ZipCode",
  "City",
  "Country",
  "Birthdate",
  "Birthplace",
  "Birthname",
  "Nationality",
  "Title",
  "Artistname",
  "Gender",
] as const;

export interface IdentDataWishes {
  readonly initial: boolean;
  readonly method: boolean;
  readonly identifier: boolean;
}

/** The answer of getIdentData. `IdentData` is an object when it holds images, otherwise an array. */
export function identDataAnswer(room: IdnowRoom, order: IdnowOrder, wishes: IdentDataWishes): JsonObject {
  const { account } = room;
  const checked = checkedData(order);
  const images = account.imagesInData ? { Images: practiceImages(order.identifiedAt ?? order.createdAt) } : {};
  const list = [{ Type: 1, ...checked, ...images }, ...(wishes.initial ? [{ Type: 2, ...initialData(order) }] : [])];
  return {
    // The misspelling is the documents' own.
    Identitfied: offsetTime(order.identifiedAt ?? order.closedAt ?? order.createdAt),
    ...(wishes.method && order.method !== null ? { IdentifyMethod: order.method } : {}),
    ...(wishes.identifier ? { Identifier: "practice-agent" } : {}),
    ...(account.userIp ? { UserIp: "127.0.0.1" } : {}),
    ...(order.fraud ? { FraudAttempt: true } : {}),
    IdentData: account.imagesInData && !wishes.initial ? list[0] : list,
  };
}

/** The person as the identification found him: what was given, and the rest from the document. */
export function checkedData(order: IdnowOrder): JsonObject {
  const { person, identData, address } = order.request;
  const given = Object.fromEntries(
    personFields.flatMap((name) => {
      const value = identData[name] ?? address[name] ?? null;
      return value === null ? [] : [[name, value] as const];
    }),
  );
  const additional = Object.entries(asObject(identData["Additional"]) ?? {}).map(([key, item]) => {
    const value = asObject(item)?.["Value"];
    return [key, typeof value === "string" ? value : ""] as const;
  });
  return {
    Firstname: person.firstname,
    Surname: person.surname,
    ...onTheDocument,
    ...given,
    ...(hasKind(order, KIND.smsSent) ? { Mobile: mobileOf(order) } : {}),
    IDCard: order.method === "eID" ? { eidRestrictedIdentifier: "PRACTICE-DKK" } : practiceCard,
    ...(additional.length > 0 ? { Additional: Object.fromEntries(additional) } : {}),
  };
}

/** As sent; with nulls and a dummy date where nothing was, as in the documents' example. */
function initialData(order: IdnowOrder): JsonObject {
  const { identData, person } = order.request;
  return {
    Firstname: person.firstname,
    Surname: person.surname,
    ...identData,
    IDCard: identData["IDCard"] ?? { CardNo: null, PlaceOfIssue: null, ValidUntil: "1970-01-01" },
  };
}
