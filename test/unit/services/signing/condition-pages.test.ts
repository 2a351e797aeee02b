import { expect, test } from "vitest";
import type { FlowInteraction } from "../../../../electron/providers/provider.ts";
import { ConditionPages } from "../../../../electron/services/signing/condition-pages.ts";

const shown = (id: string, url: string | null): FlowInteraction => ({
  kind: "conditions",
  id,
  message: "fourthline.consent",
  deadline: null,
  documents: [],
  conditions: [{ id: "terms", title: null, text: null, url }],
  consequence: "fourthline.consent-sends-sms",
  sentTo: null,
  problem: null,
});

function links() {
  const opened: string[] = [];
  const run = new ConditionPages(
    async (address) => {
      opened.push(address);
      return true;
    },
    (error) => {
      throw error;
    },
  );
  return { run, opened };
}

test("a page of the question that is shown now is opened", () => {
  const { run, opened } = links();
  run.show(shown("one", "https://example.org/terms"));
  run.open("one", "terms");
  expect(opened).toEqual(["https://example.org/terms"]);
});

test("nothing is opened for an older question, an unknown condition, or when nothing is asked", () => {
  const { run, opened } = links();
  run.open("one", "terms");
  run.show(shown("one", "https://example.org/old"));
  run.show(shown("two", "https://example.org/new"));
  run.open("one", "terms");
  run.open("two", "other");
  run.show(null);
  run.open("two", "terms");
  expect(opened).toEqual([]);
});

test.each(["http://example.org", "file:///etc/passwd", "javascript:alert(1)", "no address", null])(
  "%s is no page to open",
  (url) => {
    const { run, opened } = links();
    run.show(shown("one", url));
    run.open("one", "terms");
    expect(opened).toEqual([]);
  },
);
