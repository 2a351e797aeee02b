import type { EnvironmentKind } from "../../../shared/profiles.ts";
import type { ProviderId } from "../../../shared/ids.ts";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { MessageBar } from "./message-bar.tsx";

interface EnvironmentNoteProps {
  readonly environment: EnvironmentKind;
  readonly provider: ProviderId;
  /** What is said of practice, which differs from place to place. */
  readonly practice: string;
}

/** Says that what is made here binds nobody; nothing when it does. */
export function EnvironmentNote({ environment, provider, practice }: EnvironmentNoteProps) {
  if (environment === "production") return null;
  if (environment === "sandbox") {
    return (
      <MessageBar tone="practice">
        <p>{practice}</p>
      </MessageBar>
    );
  }
  return (
    <MessageBar tone="warn">
      <p>
        {text("environment.test")}. {text("environment.test-meaning", { provider: providerName(provider) })}
      </p>
    </MessageBar>
  );
}
