import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { FormField, SecretChange } from "../../../shared/profiles.ts";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { keychain } from "../services/bare-ports.ts";
import { newFolder, practiceForTests } from "../services/open-application.ts";
import { makeAuthority } from "../services/profiles/made-certificates.ts";
import { filledIn, forms, secretFields, variantsOf } from "./planted-forms.ts";
import { lookAtAudit } from "./look-at-audit.ts";
import { keyBytesOf } from "./key-bytes.ts";
import { WatchedProgram, watchStreams } from "./watched-program.ts";

const practice = practiceForTests();

/** Different for every field and recognisable in it, with characters that each encoding writes in another way. */
const typed = (what: string): string => `pl4nt ${what} "ö+/%&<${randomBytes(6).toString("hex")}`;

test("what is typed into any secret field of any provider's form is in nothing that the program writes, tells or answers", async () => {
  const [data, folder] = [await newFolder(), await newFolder()];
  const search = new SecretSearch();
  watchStreams(search);
  const authority = await makeAuthority();
  onTestFinished(() => authority.remove());
  const program = new WatchedProgram(data, practice(), search, { keyStore: keychain() });
  const planted = new Set<string>();

  /** A PKCS#12 file with a key and a password of its own, imported as the window does it: a wrong password first. */
  const imported = async (what: string, purpose: "client" | "seal"): Promise<SecretChange> => {
    const password = typed(`${what} file`);
    const name = `key-${planted.size}-${randomBytes(3).toString("hex")}`;
    const { keyPem } = await authority.issue(name, "DNS:client.example");
    await writeFile(join(authority.folder, "password"), password);
    const made = ["-inkey", `${name}.key`, "-in", `${name}.pem`, "-out", `${name}.p12`, "-passout", "file:password"];
    await authority.openssl("pkcs12", "-export", ...made);
    search.plant(`${what}: password of the file`, password);
    search.plant(`${what}: wrong password of the file`, `${password} wrong`);
    search.plant(`${what}: private key`, keyBytesOf(keyPem));
    search.plant(`${what}: private key as PEM`, keyPem.split("\n")[1] ?? "");
    program.chosen = [join(authority.folder, `${name}.p12`)];
    const asked = await program.value("profiles.importCertificate", { purpose });
    if (asked?.kind !== "password") throw new Error("no password was asked for");
    await program.ask("profiles.unlockCertificate", { file: asked.file, password: `${password} wrong` });
    const opened = await program.value("profiles.unlockCertificate", { file: asked.file, password });
    if (opened.kind !== "imported") throw new Error("the file did not open");
    return { kind: "imported", id: opened.certificate.id };
  };
  const secretFor = (what: string, field: FormField): SecretChange => {
    const value =
      field.kind === "secret" && field.format === "aes-256"
        ? randomBytes(32).toString("hex")
        : field.kind === "secret" && field.format === "header-value"
          ? `pl4nt-header-"+/%&<${randomBytes(6).toString("hex")}`
          : typed(what);
    search.plant(what, value);
    if (field.kind === "secret" && field.format === "aes-256")
      search.plant(`${what}, as bytes`, Buffer.from(value, "hex"));
    return { kind: "text", value };
  };

  for (const form of forms()) {
    for (const [number, variant] of variantsOf(form).entries()) {
      const name = `Planted ${number}`;
      const certificates = new Map<string, SecretChange>();
      const plain = filledIn(form, variant, name, { certificate: authority.pem, secret: () => ({ kind: "none" }) });
      for (const field of form.sections.flatMap(({ fields }) => fields)) {
        if (field.kind === "client-certificate" && field.name in plain.secrets) {
          certificates.set(field.name, await imported(`${form.provider} ${field.name} ${number}`, field.purpose));
        }
      }
      const draft = filledIn(form, variant, name, {
        certificate: authority.pem,
        secret: (field) => certificates.get(field.name) ?? secretFor(`${form.provider} ${field.name} ${number}`, field),
      });
      // Tried before it is saved (nobody answers there), refused, saved, tried from the vault, changed, put into use.
      await program.ask("profiles.test", draft);
      expect(await program.value("profiles.save", { ...draft, name: "no/such name" })).not.toMatchObject({
        problems: [],
      });
      expect({ form: form.provider, variant, ...(await program.value("profiles.save", draft)) }).toEqual({
        form: form.provider,
        variant,
        problems: [],
        secrets: "stored",
      });
      await program.ask("profiles.test", { ...draft, isNew: false, secrets: {} });
      await program.value("profiles.use", { provider: form.provider, name });
      await program.value("profiles.save", { ...draft, isNew: false, secrets: {} });
      const [kept] = program.application.state.current.profiles.list.filter(
        (one) => one.name === name && one.provider === form.provider,
      );
      Object.keys(kept?.secrets ?? {}).forEach((field) => planted.add(`${form.provider} ${field}`));
    }
  }
  // No field is forgotten, also none that a form will have one day.
  expect([...planted].toSorted()).toEqual([...new Set(secretFields())].toSorted());

  expect(await program.value("vault.renewKey", {})).toMatchObject({ complete: true });
  await program.value("state.get", {});
  await program.export(join(folder, "diagnostics.txt"));
  program.lookAtDisk();
  await lookAtAudit(search, data);
  await program.value("profiles.remove", { provider: "bankid", name: "Planted 0" });
  await program.value("vault.removeAll", {});
  program.lookAtDisk();
  await program.application.close();
  program.lookAtDisk();

  expect(search.report()).toEqual([]);
  expect(search.names.length).toBeGreaterThan(15);
  // What is no secret is found, so the search looks where these would be.
  const control = new SecretSearch();
  control.plant("a header's name", "X-Planted-Key");
  control.lookAtFolder("data folder", data);
  expect(control.leaks.map(({ sink }) => sink)).toContain("data folder: profiles.json");
}, 180_000);
