import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createHttpClient } from "../../../electron/net/http-client.ts";
import type { ProxyResolver } from "../../../electron/net/proxy-route.ts";
import { profileHttpOptions } from "../../../electron/services/profiles/profile-network.ts";
import { secretLender } from "../../../electron/services/profiles/secret-lender.ts";
import { setupOf } from "../../../electron/services/profiles/setups.ts";
import { timestampServices } from "../../../electron/services/signing/timestamp-services.ts";
import { openValidationNetwork } from "../../../electron/services/validation-network.ts";
import { memoryVault } from "../../../electron/storage/vault/memory-vault.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { newFolder, openApplication, practiceForTests, startSigning } from "./open-application.ts";

/** The system's settings: for every address a proxy that does not answer, so that nothing leaves this computer. */
const asked: string[] = [];
const resolveProxy: ProxyResolver = async (url) => {
  asked.push(new URL(url).host);
  return [{ kind: "http", host: "127.0.0.1", port: 1, credentials: null }];
};
beforeEach(() => {
  asked.length = 0;
});

const practice = practiceForTests();

describe("the system's proxies are asked for", () => {
  const reach = { environment: "test", pageOrigins: ["https://pages.test"], redirectUrl: "https://office.test/back" };
  const settings = (): Readonly<Partial<Record<ProviderId, object>>> => ({
    itsme: { ...reach, baseUrl: "https://provider.test", partnerCode: "A", serviceCode: "B" },
    idnow: { ...reach, baseUrl: "https://provider.test/api/2.10/", user: "a", password: "id" },
    bankid: {
      environment: "test",
      connection: { kind: "phenixid", baseUrl: "https://provider.test", tenant: "t" },
      roots: [practice().bankid.rootPem],
    },
    fourthline: {
      environment: "test",
      baseUrl: "https://provider.test",
      clientId: "c",
      clientSecret: "id",
      workflowNames: { completed: "w" },
    },
  });

  test.each(["itsme", "idnow", "bankid", "fourthline"] as const)("every call to %s", async (provider) => {
    const opened = setupOf(provider)!.open(settings()[provider]);
    const lender = secretLender(Promise.resolve(memoryVault()));
    const client = createHttpClient(profileHttpOptions(opened, lender, { resolveProxy }));
    const sent = await client.request({ method: "GET", url: opened.address });
    await client.close();
    expect([asked, sent.ok ? null : sent.failure.code]).toEqual([["provider.test"], "network.proxy-unreachable"]);
  });

  test("timestamps and what proves that certificates were not revoked", async () => {
    const own = timestampServices({
      url: "http://tsa.test/",
      trustAnchors: [],
      timestampAnchors: "none",
      network: { resolveProxy },
    });
    const stamped = await own.timestamp?.(new Uint8Array(8), AbortSignal.timeout(10_000));
    expect([asked, stamped?.ok === false ? stamped.failure.code : null]).toEqual([
      ["tsa.test"],
      "network.proxy-unreachable",
    ]);
    const online = openValidationNetwork({ resolveProxy, fetchIssuers: false, now: Date.now });
    await online.network.transport.request({
      method: "GET",
      url: "http://crl.test/list",
      headers: {},
      timeoutMilliseconds: 5_000,
      maximumBytes: 1_000,
    });
    await online.close();
    expect(asked).toEqual(["tsa.test", "crl.test"]);
  });

  test("the window's signing, its connection test and its list of providers", async () => {
    const [data, folder] = [await newFolder(), await newFolder()];
    const application = openApplication(data, practice(), { resolveProxy });
    const draft = {
      provider: "itsme",
      name: "Real",
      isNew: true,
      values: { ...reach, baseUrl: "https://provider.test", partnerCode: "A", serviceCode: "B" },
      secrets: {},
    } as const;
    const tested = await application.handlers["profiles.test"](draft);
    expect(tested).toMatchObject({
      ok: true,
      value: { report: expect.arrayContaining([expect.objectContaining({ id: "proxy", state: "failed" })]) },
    });
    expect(asked).toEqual(["provider.test"]);
    asked.length = 0;
    expect(await application.handlers["profiles.save"](draft)).toMatchObject({ value: { problems: [] } });
    await expect.poll(() => asked).toContain("provider.test");
    await writeFile(join(folder, "a.pdf"), makePdf());
    const { opened } = await application.openFiles([join(folder, "a.pdf")]);
    asked.length = 0;
    await startSigning(application, { documents: [...opened], level: "B-B" });
    await expect.poll(() => asked, { timeout: 20_000 }).toContain("provider.test");
  });
});
