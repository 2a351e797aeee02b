import { expect, test } from "vitest";

import { renderJson } from "../../../electron/verify/render-json.ts";
import { renderTable, renderText } from "../../../electron/verify/render-text.ts";
import type { FileReport } from "../../../shared/verification.ts";

const REPORT: FileReport = {
  signatures: [
    {
      reasons: [{ message: "The bytes left out are not exactly its value.", offset: 4711, code: "byte-range.gap" }],
      qualification: null,
      subIndication: "FORMAT_FAILURE",
      indication: "TOTAL-FAILED",
      changesAfter: "forbidden",
      coverage: "partial",
      intact: false,
      provenTime: null,
      claimedTime: "2026-01-01T12:00:00+01:00",
      signer: "Ada\u001B[31m Lovelace",
      level: null,
      subFilter: "ETSI.CAdES.detached",
      type: "signature",
      field: "Signature1",
    },
  ],
  reasons: [],
  verdict: "TOTAL-FAILED",
  file: "contract.pdf",
};

test("JSON is one line with the keys in the order that the command line promises", () => {
  const timeline = [{ revision: 1, begin: 0, end: 4711, events: [] }];
  const line = renderJson({ ...REPORT, timeline }, { timeline: false });
  expect(line).not.toContain("\n");
  const parsed = JSON.parse(line) as { readonly signatures: readonly object[] };
  expect(Object.keys(parsed)).toEqual(["file", "verdict", "reasons", "signatures"]);
  expect(Object.keys(parsed.signatures[0] ?? {}).join(" ")).toBe(
    "field type subFilter level signer claimedTime provenTime intact coverage changesAfter indication subIndication qualification reasons",
  );
  expect(line).toContain(
    '{"code":"byte-range.gap","message":"The bytes left out are not exactly its value.","offset":4711}',
  );
});

test("the timeline comes behind the promised keys when it is asked for", () => {
  const event = { kind: "created", verdict: "allowed", code: "timeline.created", message: "The document." } as const;
  const timeline = [{ revision: 1, begin: 0, end: 4711, events: [event] }];
  const parsed = JSON.parse(renderJson({ ...REPORT, timeline }, { timeline: true })) as object;
  expect(Object.keys(parsed)).toEqual(["file", "verdict", "reasons", "signatures", "timeline"]);
  expect(parsed).toMatchObject({ timeline });
});

test("the text names verdict, signer, times and every reason with its place", () => {
  const text = renderText(REPORT);
  expect(text).toContain("contract.pdf: TOTAL-FAILED");
  expect(text).toContain('1. signature in field "Signature1"');
  expect(text).toContain("TOTAL-FAILED (FORMAT_FAILURE)");
  expect(text).toContain("The bytes left out are not exactly its value. [byte-range.gap at byte 4711]");
  expect(text).toContain("not shown to be intact");
});

test("the text tells revision by revision what was done, and what was not allowed", () => {
  const events = [
    { kind: "signature", verdict: "allowed", code: "timeline.signed", message: "The document was signed." },
    { kind: "other", verdict: "forbidden", code: "changes.page", message: "Page 3 changed.", object: 12, offset: 4711 },
  ] as const;
  const report = { ...REPORT, timeline: [{ revision: 2, begin: 4000, end: 5000, events }] };
  expect(renderText(report, { timeline: true })).toContain(
    [
      "  revision 2, bytes 4000 to 5000",
      "     - The document was signed. [timeline.signed]",
      "     - NOT ALLOWED: Page 3 changed. [changes.page, object 12, byte 4711]",
    ].join("\n"),
  );
  expect(renderText(report)).not.toContain("revision 2");
});

test("control characters from a file do not reach the terminal", () => {
  expect(renderText(REPORT)).not.toContain("\u001B");
  expect(renderTable([{ ...REPORT, file: "a\u0007b.pdf" }])).not.toContain("\u0007");
});
