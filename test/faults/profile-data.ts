import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createApplication } from "../../electron/services/application/application.ts";
import type { CommandArgument } from "../../shared/ipc.ts";
import { jumpingClock } from "./fast-clock.ts";
import { faultPorts, fileKeychain } from "./fault-ports.ts";
import type { FaultRoom } from "./fault-room.ts";
import type { FaultedProvider, PracticeFacts } from "./fault.ts";

type Draft = Pick<CommandArgument<"profiles.save">, "values" | "secrets">;

const keyFile = (folder: string): string => join(folder, "keychain.bin");

/** The data of a program in which each provider was set up through its form once, and copies of it. */
export class ProfileData {
  readonly #folder: string;
  #made: Promise<void> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Puts a copy into `data`, and the keychain's content into the returned file. */
  async copyTo(room: FaultRoom, data: string, root: string): Promise<string> {
    this.#made ??= this.#make(room);
    await this.#made;
    await cp(join(this.#folder, "data"), data, { recursive: true });
    await cp(keyFile(this.#folder), keyFile(root));
    return keyFile(root);
  }

  async #make({ practice, built, time }: FaultRoom): Promise<void> {
    const data = join(this.#folder, "data");
    await mkdir(data, { recursive: true });
    const file = join(data, "chosen.pem");
    const keychain = fileKeychain({ path: keyFile(this.#folder), locksAt: null });
    const order = { data, fonts: built.fonts, practice, verifyWorker: built.verifyWorker };
    const program = createApplication(faultPorts(order, jumpingClock(time), keychain, () => undefined));
    for (const provider of ["itsme", "idnow", "bankid", "fourthline"] as const) {
      const saved = await program.handlers["profiles.save"]({
        provider,
        name: "Office",
        isNew: true,
        ...(await draftOf(provider, practice, async (purpose, pem) => {
          await writeFile(file, pem);
          const imported = await program.handlers["profiles.importCertificate"]({ purpose });
          if (!imported.ok || imported.value?.kind !== "imported") throw new Error(`no ${purpose} certificate`);
          return imported.value.certificate.id;
        })),
      });
      if (!saved.ok || saved.value.problems.length > 0 || saved.value.secrets !== "stored") {
        throw new Error(`${provider} cannot be set up: ${JSON.stringify(saved)}`);
      }
    }
    await program.close();
    await rm(file);
  }
}

async function draftOf(
  provider: Exclude<FaultedProvider, "certificate">,
  { bankid, clientCertificatePem, clientKeyPem, fourthline, idnow, itsme, seal }: PracticeFacts,
  importPem: (purpose: "client" | "seal", pem: string) => Promise<string>,
): Promise<Draft> {
  switch (provider) {
    case "itsme":
      return {
        values: {
          environment: "sandbox",
          baseUrl: itsme.baseUrl,
          partnerCode: itsme.partnerCode,
          serviceCode: itsme.serviceCode,
          redirectUrl: itsme.redirectUrl,
          pageOrigins: [...itsme.pageOrigins],
          extraCa: [...(itsme.extraCa ?? [])],
        },
        secrets: {
          clientCertificate: {
            kind: "imported",
            id: await importPem("client", `${clientCertificatePem}\n${clientKeyPem}`),
          },
        },
      };
    case "idnow":
      return {
        values: {
          environment: "sandbox",
          baseUrl: idnow.baseUrl,
          user: idnow.user,
          pageOrigins: [...idnow.pageOrigins],
          redirectUrl: idnow.redirectUrls.success,
          extraCa: [...idnow.extraCa],
          trustService: "namirial",
          signatureTypes: ["QES"],
          customerSideSigning: true,
        },
        secrets: { password: { kind: "text", value: idnow.password } },
      };
    case "bankid":
      return {
        values: {
          environment: "sandbox",
          "connection.kind": "phenixid",
          "connection.baseUrl": bankid.phenixId.baseUrl,
          "connection.tenant": bankid.phenixId.tenant,
          "connection.basic.user": bankid.phenixId.user,
          roots: [bankid.rootPem],
          language: "sv",
          extraCa: [...bankid.extraCa],
        },
        secrets: {
          "connection.basic.password": { kind: "text", value: bankid.phenixId.password },
          seal: { kind: "imported", id: await importPem("seal", `${seal.chainPem}\n${seal.keyPem}`) },
        },
      };
    case "fourthline":
      return {
        values: {
          environment: "sandbox",
          baseUrl: fourthline.baseUrl,
          clientId: fourthline.clientId,
          "workflowNames.completed": fourthline.workflowNames.completed,
          "workflowNames.pending": fourthline.workflowNames.pending,
          extraCa: [...fourthline.extraCa],
          table: JSON.stringify(fourthline.table),
        },
        secrets: { clientSecret: { kind: "text", value: fourthline.clientSecret } },
      };
  }
}
