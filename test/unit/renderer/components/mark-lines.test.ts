import { expect, test } from "vitest";
import { appearanceLines } from "../../../../electron/pades/appearance/appearance-lines.ts";
import { markLines } from "../../../../renderer/components/sign-panel/mark-lines.ts";

const time = new Date("2026-11-20T08:15:04Z");

test.each([
  ["with a reason, in practice", "I agree", true],
  ["without a reason", "", false],
])("the preview says line by line what will be drawn, %s", (_case, reason, practice) => {
  const drawn = appearanceLines({
    signerName: "Anna Peeters",
    claimedTime: time,
    utcOffsetMinutes: 60,
    reason: reason === "" ? null : reason,
    provider: "itsme",
    practice,
  });
  const preview = markLines({
    name: "Anna Peeters",
    time: "2026-11-20 09:15:04 +01:00",
    provider: "itsme",
    reason,
    practice,
  });
  expect(preview).toEqual(drawn.map(({ role, text }) => ({ role, text })));
});
