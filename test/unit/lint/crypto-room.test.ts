import { cryptoInOneRoom } from "../../../build/lint/crypto-room.ts";
import { checkRule } from "./check-rule.ts";

checkRule(
  "crypto-in-one-room",
  cryptoInOneRoom,
  [
    ["electron/pki/algorithms.ts", 'import { sign, verify, createPrivateKey } from "node:crypto";'],
    ["electron/pades/digest.ts", 'import { createHash, randomBytes } from "node:crypto";'],
    ["electron/pades/digest.ts", 'import type { KeyObject } from "node:crypto";'],
    ["electron/pades/digest.ts", 'import { createHash, type KeyObject } from "node:crypto";'],
    ["renderer/id.ts", "const id = crypto.randomUUID();"],
    ["test/unit/pki/cms.test.ts", 'import { generateKeyPairSync } from "node:crypto";'],
  ],
  [
    ["electron/pades/sign.ts", 'import { sign } from "node:crypto";'],
    ["electron/verify/judge.ts", 'import { verify as check } from "node:crypto";'],
    ["electron/services/keys.ts", 'import { createPrivateKey } from "crypto";'],
    ["electron/pki/certificate.ts", 'import { X509Certificate } from "node:crypto";'],
    ["electron/services/keys.ts", 'import * as crypto from "node:crypto";'],
    ["electron/services/keys.ts", 'import crypto from "node:crypto";'],
    ["electron/services/keys.ts", 'const { sign } = await import("node:crypto");'],
    ["electron/services/keys.ts", "void crypto.subtle;"],
    ["sandbox/pki/authority.ts", 'import { generateKeyPairSync } from "node:crypto";'],
  ],
);
