import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ApplicationPorts, Dialogs } from "../../../electron/services/ports.ts";
import type { KeyStore } from "../../../electron/storage/vault/key-store.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { testClock } from "./signing-world.ts";

const FONTS = join(import.meta.dirname, "../../../node_modules/@expo-google-fonts/noto-sans/400Regular");

/** Every dialog is closed without a choice. */
export const CLOSED_DIALOGS: Dialogs = {
  chooseDocuments: async () => [],
  chooseFolder: async () => null,
  chooseSavePath: async () => null,
  choosePicture: async () => null,
  chooseCertificate: async () => null,
  chooseClientCertificate: async () => [],
  chooseAuthorities: async () => [],
};

/** A keychain that works. */
export function keychain(): KeyStore {
  const kept = new Map<string, Uint8Array>();
  return {
    read: async (item) => {
      const key = kept.get(item);
      return key === undefined ? null : new Uint8Array(key);
    },
    write: async (key, item) => {
      kept.set(item, new Uint8Array(key));
    },
    remove: async (item) => {
      kept.delete(item);
    },
  };
}

/** A world without windows around the program, with the practice providers in it. */
export function barePorts(data: string, practice: ConnectedPractice): ApplicationPorts {
  return {
    version: "0.0.0",
    platform: "linux",
    clock: testClock,
    randomUuid: randomUUID,
    paths: { data, fonts: FONTS, sample: async () => join(data, "sample.pdf") },
    dialogs: CLOSED_DIALOGS,
    desktop: {
      openFile: async () => true,
      showInFolder: () => undefined,
      openWebPage: async () => true,
      notify: () => undefined,
      openPracticePhone: async () => undefined,
      openProgram: async () => true,
    },
    pages: { open: () => ({ focus: () => undefined, close: () => undefined }) },
    verifyWorker: new URL("../../../electron/services/verifying/verify-worker.ts", import.meta.url),
    tokenModules: () => [],
    startPractice: async () => ({ ...practice, close: async () => undefined }),
  };
}
