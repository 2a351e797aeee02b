import { z } from "zod";
import { base64, country, day, email, phone, someText, text } from "./field-types.ts";

const MAXIMUM_PICTURE_BYTES = 10 * 1_048_576;

/** Manual 3.1.4: the postal address; names and country are mandatory. */
export const addressSchema = z.strictObject({
  Firstname: someText(50),
  Surname: someText(50),
  CompanyName: text(50).optional(),
  Street: text(50).optional(),
  ZipCode: text(5).optional(),
  City: text(100).optional(),
  Country: country(3),
});

const jpeg = base64(MAXIMUM_PICTURE_BYTES);

const idCardSchema = z.strictObject({
  CardNo: text(50).optional(),
  PlaceOfIssue: text(100).optional(),
  DateOfIssue: day.optional(),
  CountryOfIssue: country(3).optional(),
  ValidUntil: day.optional(),
  Images: z.strictObject({ Front: jpeg.optional(), Back: jpeg.optional() }).optional(),
});

const driverLicenceSchema = z.strictObject({
  LicenceNo: text(50).optional(),
  Classes: text(50).optional(),
  CountryOfIssue: country(3).optional(),
  DateOfIssue: day.optional(),
  ValidUntil: day.optional(),
});

const additionalSchema = z.strictObject({
  /** 1 string, 2 date, 3 boolean, 4 country. */
  Type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], { error: "1, 2, 3 or 4" }),
  Label: someText(100),
  Value: text(150).optional(),
});

/** Video takes ten of them, the shop two (checked with the product). */
const additionalFields = z
  .record(someText(50), additionalSchema)
  .refine((fields) => Object.keys(fields).length <= 10, "at most 10 fields");

/** What is given is checked during the identification, what is missing is collected. */
export const identDataSchema = z.strictObject({
  Firstname: text(50).optional(),
  Surname: text(50).optional(),
  Street: text(100).optional(),
  ZipCode: text(5).optional(),
  City: text(100).optional(),
  Country: country(2).optional(),
  Birthdate: day.optional(),
  Birthplace: text(100).optional(),
  /** Only found out when it is there and not null. */
  Birthname: text(75).optional(),
  Nationality: text(50).optional(),
  Title: text(50).optional(),
  Artistname: text(50).optional(),
  Gender: z.enum(["female", "male", "diverse"], { error: "female, male or diverse" }).optional(),
  Email: email(50).optional(),
  Mobile: phone(50).optional(),
  /** PoS eSign only. */
  CollectedBy: text(255).optional(),
  IDCard: idCardSchema.optional(),
  DriverLicence: driverLicenceSchema.optional(),
  Additional: additionalFields.optional(),
});
