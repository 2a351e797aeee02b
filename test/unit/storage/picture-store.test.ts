import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPictures } from "../../../electron/storage/picture-store.ts";

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "sealdesk-pictures-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "pictures");
}

const picture = Buffer.from("pretend picture");
const digest = createHash("sha256").update(picture).digest("hex");

test("a picture is found under its digest, stored once", () => {
  const folder = folderForTest();
  const store = openPictures(folder);
  expect([store.put(picture), store.put(picture)]).toEqual([digest, digest]);
  expect(readdirSync(folder)).toEqual([digest]);
  expect(Buffer.from(openPictures(folder).get(store.put(picture))!)).toEqual(picture);
});

test("one that was changed behind our back is not the picture any more, and can be put again", () => {
  const folder = folderForTest();
  const store = openPictures(folder);
  const id = store.put(picture);
  writeFileSync(join(folder, id), "another picture");
  expect(store.get(id)).toBeNull();
  store.put(picture);
  expect(store.get(id)).not.toBeNull();
});

test("tidying keeps what is used and what is new, and touches nothing else", () => {
  const folder = folderForTest();
  const store = openPictures(folder);
  const [used, old, young] = [store.put(picture), store.put(Buffer.from("old")), store.put(Buffer.from("young"))];
  writeFileSync(join(folder, "notes.txt"), "not ours");
  const now = Date.now();
  const twoDaysAgo = (now - 2 * 24 * 60 * 60 * 1000) / 1000;
  for (const name of [used, old, "notes.txt"]) {
    utimesSync(join(folder, name), twoDaysAgo, twoDaysAgo);
  }
  store.keepOnly(new Set([used]), now);
  expect(readdirSync(folder).toSorted()).toEqual([used, young, "notes.txt"].toSorted());
});
