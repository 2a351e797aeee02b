import { usePages } from "../../pdf/pages-context.tsx";
import { useWindow } from "../../state/window-context.tsx";
import { isLocked } from "../../state/locked.ts";
import { text } from "../../text/text.ts";
import { LockedPages } from "../unlock/locked-pages.tsx";
import { DocumentBanner } from "../viewer/document-banner.tsx";
import { FindBar } from "../viewer/find-bar.tsx";
import { PageToolbar } from "../viewer/page-toolbar.tsx";
import { PageView } from "../viewer/page-view.tsx";
import { ReadingBanner } from "../viewer/reading-banner.tsx";
import { VersionBanner } from "../viewer/version-banner.tsx";
import { Thumbnails } from "../viewer/thumbnails.tsx";
import styles from "./pages-pane.module.css";

/** The centre pane: toolbar, banner and pages of the shown document. */
export function PagesPane() {
  const { view, current } = useWindow();
  const { viewer } = usePages();
  const version = view.version?.document === current?.id ? view.version : null;
  return (
    <section className={styles["pane"]} aria-label={text("pane.pages")} data-pane="pages">
      {current === null ? (
        <p className={styles["note"]}>{text("empty.no-document")}</p>
      ) : (
        <>
          {viewer === null ? <div className={styles["toolbarSpace"]} /> : <PageToolbar viewer={viewer} />}
          {viewer !== null && view.find ? <FindBar viewer={viewer} /> : null}
          {view.reading === null ? null : <ReadingBanner key={view.reading} />}
          {version === null ? (
            <DocumentBanner document={current} />
          ) : (
            <VersionBanner version={version} document={current} />
          )}
          <div className={styles["body"]}>
            {viewer !== null && view.thumbnails ? (
              <Thumbnails key={`${current.id} ${version?.end ?? "now"}`} viewer={viewer} />
            ) : null}
            {isLocked(current) ? (
              <LockedPages document={current} />
            ) : (
              <PageView
                key={`${current.id}-${view.unlockings} ${version?.end ?? "now"}`}
                document={current}
                version={version}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
}
