import type { DocumentView } from "../../../shared/app-state.ts";
import { useReport } from "../../state/use-report.ts";
import { useWindow } from "../../state/window-context.tsx";
import type { SignedVersion } from "../../state/window-state.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./document-banner.module.css";

interface VersionBannerProps {
  readonly version: SignedVersion;
  readonly document: DocumentView;
}

/** Over the pages, as long as they are not what the document is now. */
export function VersionBanner({ version, document }: VersionBannerProps) {
  const { dispatch } = useWindow();
  const { report } = useReport(document);
  const signature = report?.signatures[version.number - 1];
  const name = signature?.signer ?? text("signature.unknown-signer");
  return (
    <div className={styles["banners"]}>
      <MessageBar
        tone="warn"
        role="status"
        buttons={
          <ActionButton size="small" onPress={() => dispatch({ kind: "version", version: null })}>
            {text("version.back")}
          </ActionButton>
        }
      >
        <p>
          <strong>{text("version.looking-at", { name })}</strong> {text("version.later-hidden")}
        </p>
        {signature?.indication === "TOTAL-PASSED" ? null : <p>{text("version.not-valid")}</p>}
      </MessageBar>
    </div>
  );
}
