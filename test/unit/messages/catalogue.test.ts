import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FAILURE_CODES } from "../../../shared/failure.ts";
import { english, failureTexts, messages } from "../../../shared/messages/en.ts";
import { failureWords } from "../../../shared/messages/words.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function sources(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(root, folder), { recursive: true });
  const files = names.filter((name) => /\.tsx?$/u.test(name));
  return await Promise.all(files.map((name) => readFile(path.join(root, folder, name), "utf8")));
}

describe("failures", () => {
  test("every failure code has texts, and every text belongs to a code", () => {
    expect(Object.keys(failureTexts).toSorted()).toEqual([...FAILURE_CODES].toSorted());
  });

  test.each([...FAILURE_CODES])("%s says what happened, why, and what to do", (code) => {
    for (const part of ["what", "why", "next"] as const) {
      const sentence = failureTexts[code][part];
      expect(sentence).toMatch(/^[A-Z“]|^itsme|^\{\{/u);
      expect(sentence).toMatch(/\.$/u);
      expect(english[`${code}.${part}`]).toBe(sentence);
    }
  });

  test("each ending has its own sentence", () => {
    const sentences = FAILURE_CODES.map((code) => failureTexts[code].what);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe("messages", () => {
  test("a plural has both of its forms", () => {
    const keys = Object.keys(messages);
    const bases = keys.filter((key) => key.endsWith("_one")).map((key) => key.slice(0, -"_one".length));
    expect(keys.filter((key) => key.endsWith("_other")).map((key) => key.slice(0, -"_other".length))).toEqual(bases);
  });

  test("no message key is also the key of a failure's text", () => {
    const keys = Object.keys(messages);
    const failures = FAILURE_CODES.flatMap((code) => ["what", "why", "next"].map((part) => `${code}.${part}`));
    expect(Object.keys(english)).toHaveLength(keys.length + failures.length);
  });

  test("every interaction that itsme sends has its sentence", async () => {
    const [source = ""] = (await sources("electron/providers/itsme")).filter((text) =>
      text.includes("pollInteraction("),
    );
    expect(source).toContain("itsme.identify");
    for (const key of [
      "itsme.identify",
      "itsme.identify-waiting",
      "itsme.identify-closed",
      "itsme.sign",
      "itsme.sign-waiting",
      "itsme.sign-closed",
      "itsme.reconnecting",
      "itsme.next-approval",
      "itsme.single-approvals",
    ]) {
      expect(english).toHaveProperty([key]);
    }
  });
});

describe("IDnow", () => {
  test("every sentence that its flow asks for is there, and none is left over", async () => {
    const code = (await sources("electron/providers/idnow/flow")).join("\n");
    const named = [...code.matchAll(/"(idnow\.[a-z-]+)"/gu)].map(([, key]) => key ?? "");
    const made = ["large", "disturbed", "sms-disturbed", "paused-credentials", "paused-fetch"].map(
      (key) => `idnow.${key}`,
    );
    const codes: readonly string[] = FAILURE_CODES;
    const asked = new Set([...named, ...made].filter((key) => !codes.includes(key)));
    const there = Object.keys(english).filter((key) => /^idnow\.[a-z-]+$/u.test(key));
    expect([...asked].toSorted()).toEqual(there.toSorted());
  });

  test("a status fills the sentences of a failure, its kind where the sub-code is unknown", () => {
    const words = (idnowStatus: string) => failureWords({ code: "idnow.negative", params: { idnowStatus } })[1];
    expect(words("17.61")).toContain("IDnow says: a wrong code was entered too often.");
    expect(words("17.4711")).toContain("IDnow says: the identification did not succeed.");
  });
});

test("every sentence that Fourthline's flow asks for is there, and none is left over", async () => {
  const code = (await sources("electron/providers/fourthline/flow")).join("\n");
  const named = [...code.matchAll(/"(fourthline\.[a-z-]+)"/gu)].map(([, key]) => key ?? "");
  const made = ["paused-credentials", "paused-fetch", "paused-verification"].map((key) => `fourthline.${key}`);
  const codes: readonly string[] = FAILURE_CODES;
  const asked = new Set([...named, ...made].filter((key) => !codes.includes(key)));
  const there = Object.keys(english).filter((key) => /^fourthline\.[a-z-]+$/u.test(key));
  expect([...asked].toSorted()).toEqual(there.toSorted());
});

test("no words for people stand in the window's own code", async () => {
  const withMarkup = (await sources("renderer")).filter((source) => source.includes("</"));
  const words = withMarkup.flatMap((source) => source.match(/>\s*[A-Z][a-z]+ [a-z]+[^<>{}=;()]*</gu) ?? []);
  expect(words).toEqual([]);
});
