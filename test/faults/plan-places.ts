import type { Fault, FaultedProvider, FolderChange, Place } from "./fault.ts";
import type { FaultKind, FaultTry, StartPlan } from "./fault-try.ts";

const DAY = 24 * 3_600_000;
export const CLOCK_JUMPS: readonly (readonly [string, number])[] = [
  ["clock a day ahead", DAY],
  ["clock a day back", -DAY],
  ["clock ten years ahead", 3652 * DAY],
];

const FOLDER_CHANGES: readonly (readonly [string, FolderChange])[] = [
  ["folder gone until the next start", "gone"],
  ["folder gone for a moment", "gone for a moment"],
  ["folder mounted read-only", "read-only"],
  ["small disk full to the last byte", "full"],
];

/** The places of a run, each with how often it came before. */
export function placesOf(labels: readonly string[]): readonly Place[] {
  const counts = new Map<string, number>();
  return labels.map((label) => {
    const nth = (counts.get(label) ?? 0) + 1;
    counts.set(label, nth);
    return { label, nth };
  });
}

export const wordsOf = ({ label, nth }: Place): string => `${label}${nth === 1 ? "" : ` (${nth})`}`;

const isFile = ({ label }: Place): boolean => label.startsWith("file: ");
const isSync = ({ label }: Place): boolean => /^file: (?:sync|datasync|fsyncSync)$/u.test(label);
/** Of the same sort, as far as clocks and folders are concerned. */
const isFirst = ({ nth }: Place): boolean => nth === 1;

/** Refusals by the system at this place; nothing that is only shown can be refused. */
export function refusalsAt(at: Place): readonly (readonly [string, Fault])[] {
  if (at.label.startsWith("shown: ") || at.label === "started") return [];
  return [
    ["disk full from here on", { kind: "refuse", at, code: "ENOSPC", lasts: true }],
    [isSync(at) ? "fsync error once" : "disk error once", { kind: "refuse", at, code: "EIO", lasts: false }],
    // One of each sort will do: the answer is the same wherever the system says no for good.
    ...(isFile(at) && isFirst(at)
      ? ([
          ["no permission from here on", { kind: "refuse", at, code: "EACCES", lasts: true }],
          ["read-only from here on", { kind: "refuse", at, code: "EROFS", lasts: true }],
        ] as const)
      : []),
  ];
}

const STATE = "database: UPDATE signing_transaction SET state";

/** An answer of a provider that has just come may not be written down any more. */
const takesAnswer = (fault: Fault): boolean =>
  (fault.kind === "folder" && fault.becomes === "full") ||
  (fault.kind === "refuse" && fault.lasts && fault.at.label.startsWith(STATE)) ||
  (fault.kind === "kill" && fault.when === "before" && fault.at.label.startsWith(STATE));

/** What happens at every place where the program changes the disk or shows something to be approved. */
export function planPlaces(
  provider: FaultedProvider,
  labels: readonly string[],
  { mayMount }: { readonly mayMount: boolean },
): readonly FaultTry[] {
  return placesOf(labels).flatMap((at) => {
    const tryOf = (kind: FaultKind, words: string, fault: Fault): FaultTry => {
      const starts: readonly StartPlan[] = [{ fault }];
      // BankID gives its answer once: whoever closes the program before it is written down has lost it, and is asked what to do.
      const mayWait = provider === "bankid" && takesAnswer(fault);
      return { kind, provider, fault: words, step: wordsOf(at), starts, ...(mayWait ? { ends: ["waits"] } : {}) };
    };
    return [
      tryOf("killed", "killed before", { kind: "kill", at, when: "before" }),
      tryOf("killed", "killed after", { kind: "kill", at, when: "after" }),
      ...refusalsAt(at).map(([words, fault]) => tryOf("disk", words, fault)),
      ...(isFirst(at)
        ? [
            ...FOLDER_CHANGES.filter(([, becomes]) => mayMount || becomes.startsWith("gone")).map(([words, becomes]) =>
              tryOf("folder", words, { kind: "folder", at, becomes }),
            ),
            ...CLOCK_JUMPS.map(([words, jump]) => tryOf("clock", words, { kind: "clock", at, jump })),
          ]
        : []),
    ];
  });
}
