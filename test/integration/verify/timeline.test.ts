import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { TimelineEntry } from "../../../shared/verification.ts";
import { baseDocument, BODIES, OBJECT } from "../../attacks/base-documents.ts";
import { CHECKED_AT } from "../../attacks/judge-attack.ts";
import { bytesOfText, type RawDocument, revise, stream, swap } from "../../attacks/raw-document.ts";
import { PART, signRaw } from "../../attacks/sign-raw.ts";
import { makePki } from "../../attacks/test-authority.ts";

const pki = await makePki();
const folder = mkdtempSync(join(tmpdir(), "sealdesk-timeline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function timelineOf(document: RawDocument): Promise<readonly TimelineEntry[]> {
  const path = join(folder, "file.pdf");
  writeFileSync(path, bytesOfText(document.text));
  const { timeline } = await verifyFile(path, { trustAnchors: [pki.rootCertificate], at: CHECKED_AT });
  return timeline ?? [];
}

const briefly = (timeline: readonly TimelineEntry[]): readonly (readonly string[])[] =>
  timeline.map(({ events }) => events.map(({ kind, verdict }) => `${kind} ${verdict}`));

test("says who created, changed, signed and filled in, revision by revision", async () => {
  const changed = revise(baseDocument(), { [PART.info]: "<< /Title (Draft) >>" });
  const signed = signRaw(changed, pki.person, { certify: 2 });
  const filled = revise(signed, {
    [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "/V /Off /AS /Off", "/V /Yes /AS /Yes"),
  });
  const timeline = await timelineOf(signRaw(filled, pki.other, { existing: OBJECT.emptySignature }));
  expect(briefly(timeline)).toEqual([
    ["created allowed"],
    ["other allowed"],
    ["signature allowed"],
    ["form-filling allowed"],
    ["signature allowed"],
  ]);
  expect(timeline[3]?.events[0]).toMatchObject({ field: "Agree", page: 1, object: OBJECT.checkBox });
  expect(timeline[4]?.events[0]?.message).toContain('"Place"');
});

test("divides the file among its revisions, without a gap", async () => {
  const signed = signRaw(baseDocument(), pki.person);
  const twice = signRaw(signed, pki.other, { field: "Second" });
  const timeline = await timelineOf(twice);
  expect(timeline.map(({ begin }) => begin)).toEqual([0, ...timeline.slice(0, -1).map(({ end }) => end)]);
  expect(timeline.at(-1)?.end).toBe(bytesOfText(twice.text).length);
});

test("names the revision that changed the page, and where, though a later one takes the change back", async () => {
  const signed = signRaw(baseDocument(), pki.person);
  const evil = revise(signed, { [PART.content]: stream("BT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET") });
  const timeline = await timelineOf(revise(evil, { [PART.content]: BODIES[PART.content] ?? "" }));
  const [event] = timeline[2]?.events ?? [];
  expect(event).toMatchObject({ kind: "other", verdict: "forbidden", object: PART.content });
  expect(evil.text.slice(event?.offset)).toMatch(/^4 0 obj/u);
  expect(timeline[3]?.events[0]?.verdict).toBe("forbidden");
});

test("calls a change forbidden that an earlier certification does not permit", async () => {
  const signed = signRaw(baseDocument(), pki.person, { certify: 1 });
  const filled = revise(signed, {
    [OBJECT.checkBox]: swap(BODIES[OBJECT.checkBox] ?? "", "/V /Off /AS /Off", "/V /Yes /AS /Yes"),
  });
  expect(briefly(await timelineOf(filled)).at(-1)).toEqual(["form-filling forbidden"]);
});
