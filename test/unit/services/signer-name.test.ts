import { describe, expect, test } from "vitest";
import { isNamed, missingSigners } from "../../../electron/services/signing/returned/signer-name.ts";

describe("the name in a certificate against the person who was ordered to sign", () => {
  test.for<readonly [string, string, string]>([
    ["Ada Lovelace", "Ada", "Lovelace"],
    ["LOVELACE ADA", "ada", "lovelace"],
    ["Jürgen Weiß", "Juergen", "Weiss"],
    ["JUERGEN WEISS", "Jürgen", "Weiß"],
    ["Jurgen Weiss", "Jürgen", "Weiß"],
    ["Ada Maria Byron-Lovelace", "Ada", "Byron Lovelace"],
    ["Søren Kierkegaard", "Soeren", "Kierkegaard"],
    ["Łukasz Đorđević", "Lukasz", "Dordevic"],
    ["Ångström, Anders Jonas", "Anders", "Aangstroem"],
    ["Dr. Ada Lovelace", "Ada Augusta", "Lovelace"],
  ])("%s may be %s %s", ([name, givenName, surname]) => {
    expect(isNamed(name, { givenName, surname })).toBe(true);
  });

  test.for<readonly [string, string, string]>([
    ["Ada Lovelace", "Eva", "Lovelace"],
    ["Ada Lovelace", "Ada", "Byron Lovelace"],
    ["Ada Love", "Ada", "Lovelace"],
    ["Ada Lovelace", "", "Lovelace"],
    ["Ada Lovelace", "Ada", " - "],
    ["", "Ada", "Lovelace"],
    ["PN: 4711", "Ada", "Lovelace"],
    ["Adalovelace", "Ada", "Lovelace"],
  ])("%s is not “%s %s”", ([name, givenName, surname]) => {
    expect(isNamed(name, { givenName, surname })).toBe(false);
  });

  test("one certificate cannot stand for two people of the same name", () => {
    const ada = { givenName: "Ada", surname: "Lovelace" };
    expect(missingSigners([ada, ada], ["Ada Lovelace", null])).toEqual([ada]);
    expect(missingSigners([ada, ada], ["Ada Lovelace", "ADA LOVELACE"])).toEqual([]);
  });
});
