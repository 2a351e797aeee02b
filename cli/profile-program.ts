import { Option } from "commander";
import type { Command } from "commander";
import { ENVIRONMENT_KINDS } from "../shared/profiles.ts";
import type { ProfileAddArguments } from "./profile-add.ts";
import type { ProfileNameArguments, ProfileSurroundings, ProfileTestArguments } from "./profile-command.ts";

const PROVIDERS = ["itsme", "idnow", "bankid", "fourthline"];
const providerOption = (): Option =>
  new Option("--provider <name>", "whose profile, when several have one of this name").choices(PROVIDERS);
const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** The options by which secrets come in. SECURITY: none of them takes the secret itself. */
export function withSecretOptions(command: Command, forWhat: string): Command {
  return command
    .option(
      "--secret-env <field=variable>",
      `a secret ${forWhat}: the environment variable it is in (repeatable)`,
      collect,
      [],
    )
    .option("--secret-file <field=file>", "the same from a file: a password, a certificate with its key", collect, [])
    .option("--secret-password-env <field=variable>", "variable with the password of that certificate", collect, []);
}

/** `sealdesk profile …`. `done` is told the exit status. */
export function addProfileCommands(
  program: Command,
  surroundings: ProfileSurroundings,
  done: (status: number) => void,
): void {
  const profile = program.command("profile").description("providers as your organisation has set them up");

  profile
    .command("list")
    .description("the profiles that there are, and which are in use")
    .option("--json", "one JSON object a line for each profile", false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const { profileList } = await import("./profile-command.ts");
      done(profileList(json, surroundings));
    });
  profile
    .command("show")
    .description("what a profile says; of secrets only whether they are there")
    .argument("<name>", "name of the profile")
    .addOption(providerOption())
    .action(async (name: string, options: ProfileNameArguments) => {
      const { profileShow } = await import("./profile-command.ts");
      done(profileShow(name, options, surroundings));
    });
  withSecretOptions(
    profile
      .command("test")
      .description("look at the connection step by step; orders nothing; exit status 0 when nothing failed")
      .argument("<name>", "name of the profile")
      .addOption(providerOption())
      .option("--json", "one JSON object a line for each step", false),
    "for this command only",
  ).action(async (name: string, options: ProfileTestArguments) => {
    const { profileTest } = await import("./profile-command.ts");
    done(await profileTest(name, options, surroundings));
  });
  withSecretOptions(
    profile
      .command("add")
      .description("set a provider up from a file; secrets come from variables, files or the terminal")
      .addOption(new Option("--provider <name>", "whose profile; without it, as the file says").choices(PROVIDERS))
      .option("--name <name>", "name of the profile; without it, as the file says")
      .addOption(
        new Option("--environment <kind>", "where it leads; without it, as the file says").choices([
          ...ENVIRONMENT_KINDS,
        ]),
      )
      .requiredOption("--from <json>", "file with the settings, as sealdesk profile export writes it")
      .option("--replace", "change a profile that is there; secrets that are not given stay", false)
      .option("--without-secrets", "keep none; they are given with each command, or later in the settings", false),
    "to keep",
  ).action(async (options: ProfileAddArguments) => {
    const { profileAdd } = await import("./profile-add.ts");
    done(await profileAdd(options, surroundings));
  });
  profile
    .command("remove")
    .description("delete a profile and its secrets")
    .argument("<name>", "name of the profile")
    .addOption(providerOption())
    .action(async (name: string, options: ProfileNameArguments) => {
      const { profileRemove } = await import("./profile-command.ts");
      done(await profileRemove(name, options, surroundings));
    });
  profile
    .command("export")
    .description("print a profile as JSON, without its secrets")
    .argument("<name>", "name of the profile")
    .addOption(providerOption())
    .action(async (name: string, options: ProfileNameArguments) => {
      const { profileExport } = await import("./profile-command.ts");
      done(profileExport(name, options, surroundings));
    });
}
