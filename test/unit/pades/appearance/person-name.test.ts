import { describe, expect, test } from "vitest";
import { personName } from "../../../../electron/pades/appearance/person-name.ts";

describe("the name in a mark", () => {
  test("is the common name", () => {
    expect(personName({ commonName: "Test Stephane", serialNumber: "89112433518" })).toBe("Test Stephane");
  });

  test("never holds the national number that an issuer put into the common name", () => {
    expect(personName({ commonName: "SMITH,JOHN,38001085718", serialNumber: "PNOEE-38001085718" })).toBe("SMITH,JOHN");
    expect(personName({ commonName: "Anna Larsson 19850709-9805", serialNumber: "198507099805" })).toBe("Anna Larsson");
    expect(personName({ commonName: "Test Stephane (89.11.24-335.18)", serialNumber: null })).toBe("Test Stephane");
  });

  test("keeps words in brackets and digits that are part of a name", () => {
    expect(personName({ commonName: "Stephane Test (Signature)", serialNumber: "89112433518" })).toBe(
      "Stephane Test (Signature)",
    );
    expect(personName({ commonName: "Practice Person 12", serialNumber: "12" })).toBe("Practice Person 12");
  });

  test("is empty when there is no common name", () => {
    expect(personName({ commonName: null, serialNumber: "89112433518" })).toBe("");
  });
});
