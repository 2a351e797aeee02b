import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { ApplicationPorts } from "../../electron/services/ports.ts";
import { KeychainAway } from "../../electron/storage/vault/key-store.ts";
import type { KeyStore } from "../../electron/storage/vault/key-store.ts";
import type { JumpingClock } from "./fast-clock.ts";
import type { FileKeychain, ProgramOrder } from "./fault.ts";
import { noteShown } from "./times-asked.ts";

export interface CountedKeychain extends KeyStore {
  readonly uses: () => number;
}

/** A keychain for several starts, which somebody may lock. */
export function fileKeychain({ path, locksAt }: FileKeychain): CountedKeychain {
  let uses = 0;
  const use = (): void => {
    uses += 1;
    if (locksAt !== null && uses >= locksAt) throw new KeychainAway("locked");
  };
  const keys = (): Readonly<Record<string, string>> =>
    existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, string>) : {};
  return {
    uses: () => uses,
    async read(item) {
      use();
      const key = keys()[item];
      return key === undefined ? null : new Uint8Array(Buffer.from(key, "hex"));
    },
    async write(key, item) {
      use();
      writeFileSync(path, JSON.stringify({ ...keys(), [item]: Buffer.from(key).toString("hex") }));
    },
    async remove(item) {
      use();
      writeFileSync(path, JSON.stringify({ ...keys(), [item]: undefined }));
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
        noteShown(data, url);
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
