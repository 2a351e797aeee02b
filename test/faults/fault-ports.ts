import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { ApplicationPorts } from "../../electron/services/ports.ts";
import type { KeyStore } from "../../electron/storage/vault/key-store.ts";
import type { JumpingClock } from "./fast-clock.ts";
import type { FileKeychain, ProgramOrder } from "./fault.ts";
import { shownFile } from "./times-asked.ts";

export interface CountedKeychain extends KeyStore {
  readonly uses: () => number;
}

/** A keychain for several starts, which somebody may lock. */
export function fileKeychain({ path, locksAt }: FileKeychain): CountedKeychain {
  let uses = 0;
  const use = (): void => {
    uses += 1;
    if (locksAt !== null && uses >= locksAt) throw new Error("the keychain is locked");
  };
  return {
    uses: () => uses,
    async read() {
      use();
      try {
        return new Uint8Array(readFileSync(path));
      } catch {
        return null;
      }
    },
    async write(key) {
      use();
      writeFileSync(path, key);
    },
  };
}

/** A world without windows around the program. Every dialog is closed without a choice. `show`: a page is about to be opened. */
export function faultPorts(
  order: Pick<ProgramOrder, "data" | "fonts" | "practice" | "verifyWorker">,
  clock: JumpingClock,
  keychain: KeyStore | null,
  show: (label: string) => void,
): ApplicationPorts {
  const { data, fonts, practice, verifyWorker } = order;
  return {
    version: "0.0.0",
    platform: "linux",
    clock,
    randomUuid: randomUUID,
    paths: { data, fonts, sample: async () => `${data}/sample.pdf` },
    dialogs: {
      chooseDocuments: async () => [],
      chooseFolder: async () => null,
      chooseSavePath: async () => null,
      choosePicture: async () => null,
      chooseCertificate: async () => null,
      chooseClientCertificate: async () => [`${data}/chosen.pem`],
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
        show("shown: page");
        return { focus: () => undefined, close: () => undefined };
      },
    },
    verifyWorker: pathToFileURL(verifyWorker),
    ...(keychain === null ? {} : { keyStore: keychain }),
    tokenModules: () => [],
    startPractice: async () => ({ ...practice, close: async () => undefined }),
  };
}
