import type { FailureTexts } from "./failure-texts.ts";

/** What the program finds when it looks at its own protections at start. Documents can be opened and verified all the same. */
export const selfCheckFailures = {
  "self-check.debugging": {
    what: "Nothing can be signed: another program can drive this one.",
    why: "It was started with {{what}}, which is meant for developers and lets others look in or takes a wall away.",
    next: "Close Sealdesk and start it from its usual icon. If it happens again, ask whoever installed it to look at how it is started.",
  },
  "self-check.switches": {
    what: "Nothing can be signed: Sealdesk was started in a way that takes its protections away.",
    why: "The start has {{what}}.",
    next: "Close Sealdesk and start it from its usual icon. If it happens again, ask whoever installed it to look at how it is started.",
  },
  "self-check.environment-debugging": {
    what: "Nothing can be signed: the environment changes how this program runs.",
    why: "{{what}} is set, which is meant for developers and can reveal what the program sends.",
    next: "Remove the variable, or ask your administrator, and start Sealdesk again.",
  },
  "self-check.environment": {
    what: "Nothing can be signed: the environment weakens this program's connections.",
    why: "{{what}} is set, with which nobody can be sure whom the program speaks to, or who listens.",
    next: "Remove the variable, or ask your administrator, and start Sealdesk again.",
  },
  "self-check.window": {
    what: "Nothing can be signed: a window of this program is not walled off as it should be.",
    why: "Not as expected: {{what}}.",
    next: "Start Sealdesk again. If it happens again, install it anew and tell support what the details say.",
  },
  "self-check.page": {
    what: "Nothing can be signed: the window shows something that is not Sealdesk's own page.",
    why: "Found instead: {{what}}.",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.content-policy": {
    what: "Nothing can be signed: the window's own page has come without its rules.",
    why: "The content policy of the {{what}} is missing or another one.",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.network": {
    what: "Nothing can be signed: the window is not cut off from the network.",
    why: "A request that should have been stopped was not.",
    next: "Start Sealdesk again. If it happens again, install it anew and tell support what the details say.",
  },
  "self-check.files": {
    what: "Nothing can be signed: the window can read files of this computer.",
    why: "An address that begins with {{what}} was answered.",
    next: "Start Sealdesk again. If it happens again, install it anew and tell support what the details say.",
  },
  "self-check.preload": {
    what: "Nothing can be signed: something else runs inside a window of this program.",
    why: "A script that is not Sealdesk's was put before its pages ({{what}}).",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.archive": {
    what: "Nothing can be signed: the program does not run from the archive it was installed with.",
    why: "Its code lies in plain files, which others can change.",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.fuses": {
    what: "Nothing can be signed: this program can be turned into something else.",
    why: "Switches inside the program's file are not as they were made: {{what}}.",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.fuses-unreadable": {
    what: "Nothing can be signed: the program's file cannot be checked.",
    why: "The switches inside it were not found, or are of a kind that this version does not know.",
    next: "Close Sealdesk and install it anew from where your organisation gets it.",
  },
  "self-check.unfinished": {
    what: "Nothing can be signed: the program could not check its own protections.",
    why: "The check came to no end ({{what}}).",
    next: "Start Sealdesk again. If it happens again, save the diagnostics and send them to support.",
  },
} as const satisfies FailureTexts;
