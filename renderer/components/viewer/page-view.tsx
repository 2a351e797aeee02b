import { useEffect, useRef, useState } from "react";
import "pdfjs-dist/web/pdf_viewer.css";
import type { DocumentView } from "../../../shared/app-state.ts";
import type { Failure } from "../../../shared/failure.ts";
import { bridge } from "../../bridge.ts";
import { isPasswordMissing, loadPdf } from "../../pdf/load-pdf.ts";
import { pagePassword } from "../../pdf/page-passwords.ts";
import { PageViewer } from "../../pdf/page-viewer.ts";
import { usePages } from "../../pdf/pages-context.tsx";
import type { SignedVersion } from "../../state/window-state.ts";
import { text } from "../../text/text.ts";
import { FailureMessage } from "../failure/failure-message.tsx";
import { PlacementLayer } from "../placement/placement-layer.tsx";
import { LockedPages } from "../unlock/locked-pages.tsx";
import styles from "./page-view.module.css";

type Loading = "loading" | "shown" | "locked" | { readonly failure: Failure | null };

interface PageViewProps {
  readonly document: DocumentView;
  /** Null: the document as it is now. */
  readonly version: SignedVersion | null;
}

/** The pages of one version of a document. Mounted anew for each. */
export function PageView({ document, version }: PageViewProps) {
  const { viewer, setViewer } = usePages();
  const container = useRef<HTMLDivElement>(null);
  const pages = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState<Loading>("loading");
  // Only the first look of the document counts: later slices replace the object without changing the file.
  // An earlier version is the beginning of the file: updates are appended (ISO 32000-2 7.5.6).
  const first = useRef(version === null ? document : { ...document, size: version.end });

  useEffect(() => {
    let gone = false;
    let pageViewer: PageViewer | null = null;
    const fail = (failure: Failure | null): void => {
      if (!gone) setLoading({ failure });
    };
    const password = pagePassword(first.current.id);
    const task = loadPdf(bridge, first.current, password, fail);
    const show = async (): Promise<void> => {
      try {
        const pdf = await task.promise;
        if (gone || container.current === null || pages.current === null) return;
        pageViewer = new PageViewer(container.current, pages.current, pdf);
        setViewer(pageViewer);
        setLoading("shown");
      } catch (error) {
        if (isPasswordMissing(error) && password === undefined && !gone) setLoading("locked");
        else fail(null);
      }
    };
    void show();
    return () => {
      gone = true;
      setViewer(null);
      pageViewer?.destroy();
      void task.close();
    };
  }, [setViewer]);

  if (loading === "locked") return <LockedPages document={document} onlyPages />;
  return (
    <div className={styles["frame"]}>
      <div
        ref={container}
        className={styles["container"]}
        // Pages scroll with the keyboard too.
        tabIndex={0}
        role="region"
        aria-label={text(version === null ? "pages.region" : "pages.region-signed", { name: document.name })}
      >
        <div ref={pages} className="pdfViewer" />
        {viewer !== null && loading === "shown" && version === null ? (
          <PlacementLayer key={document.id} document={document} viewer={viewer} container={container} />
        ) : null}
      </div>
      {loading === "loading" ? (
        <p className={styles["note"]} role="status">
          {text("pages.loading")}
        </p>
      ) : null}
      {typeof loading === "object" ? (
        <div className={styles["note"]} role="alert">
          <p className={styles["noteTitle"]}>{text("pages.cannot-show")}</p>
          {loading.failure === null ? (
            <p>{text("pages.cannot-show-why")}</p>
          ) : (
            <FailureMessage failure={loading.failure} />
          )}
        </div>
      ) : null}
    </div>
  );
}
