import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ApplicationPorts } from "../../electron/services/ports.ts";
import { jumpingClock } from "./fast-clock.ts";
import type { ProgramOrder } from "./fault.ts";
import { shownFile } from "./times-asked.ts";

/** A world without windows around the program. Every dialog is closed without a choice. */
export function faultPorts(order: ProgramOrder): ApplicationPorts {
  const { data, fonts, practice, time, verifyWorker } = order;
  return {
    version: "0.0.0",
    platform: "linux",
    clock: jumpingClock(time),
    randomUuid: randomUUID,
    paths: { data, fonts, sample: async () => join(data, "sample.pdf") },
    dialogs: {
      chooseDocuments: async () => [],
      chooseFolder: async () => null,
      chooseSavePath: async () => null,
      choosePicture: async () => null,
      chooseCertificate: async () => null,
      chooseClientCertificate: async () => [],
      chooseAuthorities: async () => [],
    },
    desktop: {
      openFile: async () => true,
      showInFolder: () => undefined,
      openWebPage: async () => true,
      notify: () => undefined,
      openPracticePhone: async () => undefined,
      openProgram: async () => true,
    },
    pages: {
      open: ({ url }) => {
        appendFileSync(shownFile(data), `${url}\n`);
        return { focus: () => undefined, close: () => undefined };
      },
    },
    verifyWorker: pathToFileURL(verifyWorker),
    tokenModules: () => [],
    startPractice: async () => ({ ...practice, close: async () => undefined }),
  };
}
