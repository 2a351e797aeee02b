import { describe, expect, test } from "vitest";
import { parseCertificate } from "../../../../electron/pki/certificate.ts";
import { encodePem } from "../../../../electron/pki/pem.ts";
import { Practice } from "../../../../electron/services/application/practice.ts";
import type { PracticeEnvironment } from "../../../../electron/services/practice-environment.ts";
import { createEnvironments } from "../../../../electron/services/signing/environments.ts";
import { readSettings } from "../../../../electron/storage/settings.ts";
import type { Settings } from "../../../../electron/storage/settings.ts";
import { makePki } from "../../../attacks/test-authority.ts";

const [own, practised] = await Promise.all([makePki(), makePki()]);
const TOKEN = { kind: "token", module: "m", label: "card", token: "1", certificate: "01", pin: "asked", facts: null };
const pemOf = ({ root }: typeof own): string => encodePem("CERTIFICATE", root.certificate);

/** What a signature with a card would be judged against, and how often the sandbox was started for it. */
async function judges(trustsPractice: boolean) {
  let starts = 0;
  const startPractice = async () => {
    starts += 1;
    return { trustAnchorsPem: pemOf(practised) } as PracticeEnvironment;
  };
  const settings = { ...readSettings("/nowhere"), certificate: TOKEN } as Settings;
  const environments = createEnvironments({
    practice: new Practice({ startPractice }, () => undefined),
    certificates: { settings: () => settings, now: Date.now, onKnown: () => undefined },
    ownAnchors: () => [parseCertificate(own.root.certificate)],
    trustsPractice: () => trustsPractice,
  });
  const environment = await environments.get("certificate", null);
  const anchors = environment.ok ? environment.value.trustAnchors : [];
  return { anchors: anchors.map(({ der }) => Buffer.from(der).toString("hex")), starts };
}

const hex = ({ root }: typeof own): string => Buffer.from(root.certificate).toString("hex");

describe("the result of one's own certificate is judged as opened documents are", () => {
  test("against the practice roots, too, as long as somebody practises", async () => {
    expect(await judges(true)).toEqual({ anchors: [hex(own), hex(practised)], starts: 1 });
  });

  test("without them where practice vouches for nobody, and the sandbox is not started for it", async () => {
    expect(await judges(false)).toEqual({ anchors: [hex(own)], starts: 0 });
  });
});
