import { useEffect, useRef, useState } from "react";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { usePageViewState } from "../../pdf/pages-context.tsx";
import { text } from "../../text/text.ts";
import styles from "./thumbnails.module.css";

const WIDTH = 104;
/** A page that is very tall must not make a giant canvas. */
const MAXIMUM_HEIGHT = 220;

/** Small pictures of the pages; each is drawn when it comes into view. */
export function Thumbnails({ viewer }: { readonly viewer: PageViewer }) {
  const { pages, page } = usePageViewState(viewer);
  return (
    <nav className={styles["drawer"]} aria-label={text("pages.thumbnails")}>
      <ol className={styles["list"]}>
        {Array.from({ length: pages }, (_, index) => (
          <Thumbnail key={index} viewer={viewer} page={index + 1} isCurrent={index + 1 === page} />
        ))}
      </ol>
    </nav>
  );
}

interface ThumbnailProps {
  readonly viewer: PageViewer;
  readonly page: number;
  readonly isCurrent: boolean;
}

function Thumbnail({ viewer, page, isCurrent }: ThumbnailProps) {
  const button = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [visible, setVisible] = useState(false);

  useEffect(() => {
    if (button.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) setVisible(true);
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!visible) return;
    let stop: (() => void) | null = null;
    let gone = false;
    const draw = async (): Promise<void> => {
      const proxy = await viewer.document.getPage(page);
      if (gone || canvas.current === null) return;
      const size = proxy.getViewport({ scale: 1 });
      const ratio = Math.min(WIDTH / size.width, MAXIMUM_HEIGHT / size.height);
      const viewport = proxy.getViewport({ scale: ratio * window.devicePixelRatio });
      canvas.current.width = Math.ceil(viewport.width);
      canvas.current.height = Math.ceil(viewport.height);
      canvas.current.style.width = `${size.width * ratio}px`;
      const task = proxy.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
    };
    // A cancelled drawing rejects, and so does a document that was closed meanwhile; neither needs anybody's attention.
    draw().catch(() => {});
    return () => {
      gone = true;
      stop?.();
    };
  }, [viewer, page, visible]);

  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);

  return (
    <li className={styles["item"]}>
      <button
        ref={button}
        type="button"
        className={styles["button"]}
        aria-label={text("pages.go-to-page", { page })}
        aria-current={isCurrent ? "page" : undefined}
        onClick={() => viewer.goTo(page)}
      >
        <canvas ref={canvas} className={styles["canvas"]} />
        <span>{page}</span>
      </button>
    </li>
  );
}
