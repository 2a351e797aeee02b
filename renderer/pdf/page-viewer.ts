import type { PageGeometry } from "../placement/page-geometry.ts";
import type { Viewport } from "../placement/screen-geometry.ts";
import { namePages, silentLocalization } from "./page-names.ts";
import { AnnotationMode, EventBus, FindState, PDFFindController, PDFLinkService, PDFViewer } from "./pdf-library.ts";
import { watchStructureTrees } from "./structure-tree.ts";
import type { PDFDocumentProxy, PDFPageProxy, PdfEventBus, PdfViewer } from "./pdf-library.ts";

/** What toolbar, find bar and thumbnails show of the page view. */
export interface PageViewState {
  readonly pages: number;
  readonly page: number;
  /** 1 is actual size. */
  readonly scale: number;
  /** "page-width", "page-fit", or "" for a chosen number. */
  readonly fit: "page-width" | "page-fit" | "";
  /** Turned by the reader, clockwise degrees, on top of each page's own rotation. */
  readonly rotation: number;
  readonly matches: {
    readonly state: "none" | "searching" | "found" | "not-found";
    readonly current: number;
    readonly total: number;
  };
  /** Grows whenever pages may have moved or changed size. */
  readonly layout: number;
}

const START: PageViewState = {
  pages: 0,
  page: 1,
  scale: 1,
  fit: "page-width",
  rotation: 0,
  matches: { state: "none", current: 0, total: 0 },
  layout: 0,
};

const LAYOUT_EVENTS = [
  "pagesinit",
  "pagesloaded",
  "scalechanging",
  "rotationchanging",
  "pagerendered",
  "resize",
] as const;

export interface PageOffset {
  readonly left: number;
  readonly top: number;
}

interface DrawnPage {
  readonly div: HTMLElement;
  readonly viewport: Viewport;
  readonly pdfPage: PDFPageProxy | null;
}

/** pdf.js's viewer of one document, with the few commands and the state that the window uses. */
export class PageViewer {
  readonly document: PDFDocumentProxy;
  readonly #viewer: PdfViewer;
  readonly #eventBus: PdfEventBus;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #resize: ResizeObserver;
  readonly #container: HTMLElement;
  readonly #offsets = new Map<number, PageOffset>();
  #state: PageViewState;

  /** `container` scrolls and is positioned; its first child takes the pages. */
  constructor(container: HTMLDivElement, viewer: HTMLDivElement, document: PDFDocumentProxy) {
    this.document = document;
    this.#container = container;
    this.#state = { ...START, pages: document.numPages };
    this.#eventBus = new EventBus();
    const linkService = new PDFLinkService({ eventBus: this.#eventBus });
    // SECURITY: addresses in a stranger's document are never opened by the window.
    linkService.externalLinkEnabled = false;
    const findController = new PDFFindController({ linkService, eventBus: this.#eventBus });
    const options = {
      container,
      viewer,
      eventBus: this.#eventBus,
      linkService,
      findController,
      annotationMode: AnnotationMode.ENABLE,
      enableAutoLinking: false,
      enableSelectionRendering: false,
      l10n: silentLocalization as never,
      abortSignal: this.#abort.signal,
    };
    this.#viewer = new PDFViewer(options);
    linkService.setViewer(this.#viewer);
    this.#listen(viewer);
    this.#abort.signal.addEventListener("abort", watchStructureTrees(viewer));
    this.#resize = new ResizeObserver(() => this.#fitAgain());
    this.#resize.observe(container);
    this.#viewer.setDocument(document);
    linkService.setDocument(document, null);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PageViewState => this.#state;

  zoom(steps: number): void {
    if (steps > 0) this.#viewer.increaseScale({ steps });
    else this.#viewer.decreaseScale({ steps: -steps });
  }

  /** "page-width", "page-fit", or a number as text ("1" is actual size). */
  setScale(value: string): void {
    this.#viewer.currentScaleValue = value;
  }

  rotate(): void {
    this.#viewer.pagesRotation = (this.#viewer.pagesRotation + 90) % 360;
  }

  goTo(page: number): void {
    if (page >= 1 && page <= this.#state.pages) this.#viewer.currentPageNumber = page;
  }

  find(query: string, step: "first" | "next" | "previous"): void {
    this.#eventBus.dispatch("find", {
      source: this,
      type: step === "first" ? "" : "again",
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: step === "previous",
      matchDiacritics: false,
    });
    if (query === "") this.#change({ matches: START.matches });
  }

  stopFinding(): void {
    this.#eventBus.dispatch("findbarclose", { source: this });
    this.#change({ matches: START.matches });
  }

  /** The page as drawn now; null until pdf.js has read it. */
  drawnPage(page: number): DrawnPage | null {
    const view = this.#viewer.getPageView(page - 1) as DrawnPage | undefined;
    return view === undefined || view.pdfPage === null ? null : view;
  }

  /**
   * Where the page's upper left corner lies in the scrolled content, in CSS pixels; null until pdf.js has read the page. The same
   * object as long as nothing moved, as `useSyncExternalStore` wants it.
   */
  offset(page: number): PageOffset | null {
    const drawn = this.drawnPage(page);
    if (drawn === null) return null;
    const outer = this.#container.getBoundingClientRect();
    const inner = drawn.div.getBoundingClientRect();
    const left = inner.left - outer.left + this.#container.scrollLeft + drawn.div.clientLeft;
    const top = inner.top - outer.top + this.#container.scrollTop + drawn.div.clientTop;
    const known = this.#offsets.get(page);
    // Scrolling makes fractions of a pixel; they are no movement.
    if (known !== undefined && Math.abs(known.left - left) < 1 && Math.abs(known.top - top) < 1) return known;
    const moved = { left, top };
    this.#offsets.set(page, moved);
    return moved;
  }

  async geometry(page: number): Promise<PageGeometry> {
    const { view, rotate, userUnit } = await this.document.getPage(page);
    const [left = 0, bottom = 0, right = 0, top = 0] = view;
    return { viewBox: [left, bottom, right, top], rotation: rotate, userUnit };
  }

  destroy(): void {
    this.#resize.disconnect();
    this.#abort.abort();
    this.#listeners.clear();
    // pdf.js types the argument as non-null in one place and nullable in the other.
    this.#viewer.setDocument(null);
    this.#viewer.cleanup();
  }

  #listen(pages: Element): void {
    const on = (name: string, listener: (event: Readonly<Record<string, unknown>>) => void): void =>
      this.#eventBus.on(name, listener, { signal: this.#abort.signal });
    on("pagesinit", () => {
      this.#viewer.currentScaleValue = "page-width";
      // Setting the scale brings the page to the very edge; the first look keeps the margin above it.
      this.#container.scrollTop = 0;
      namePages(pages);
    });
    on("pagechanging", ({ pageNumber }) => this.#change({ page: Number(pageNumber) }));
    on("scalechanging", ({ scale, presetValue }) =>
      this.#change({
        scale: Number(scale),
        fit: presetValue === "page-width" || presetValue === "page-fit" ? presetValue : "",
      }),
    );
    on("rotationchanging", ({ pagesRotation }) => this.#change({ rotation: Number(pagesRotation) }));
    on("updatefindmatchescount", ({ matchesCount }) => this.#matches("found", matchesCount));
    on("updatefindcontrolstate", ({ state, matchesCount }) => this.#matches(findState(state), matchesCount));
    for (const name of LAYOUT_EVENTS) on(name, () => this.#change({ layout: this.#state.layout + 1 }));
  }

  #matches(state: PageViewState["matches"]["state"], count: unknown): void {
    const { current = 0, total = 0 } = (count ?? {}) as { readonly current?: number; readonly total?: number };
    this.#change({ matches: { state: state === "found" && total === 0 ? "searching" : state, current, total } });
  }

  #fitAgain(): void {
    const { fit, layout } = this.#state;
    if (fit !== "" && this.#viewer.pagesCount > 0) this.#viewer.currentScaleValue = fit;
    this.#viewer.update();
    this.#change({ layout: layout + 1 });
  }

  #change(part: Partial<PageViewState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function findState(state: unknown): PageViewState["matches"]["state"] {
  switch (state) {
    case FindState.FOUND:
    case FindState.WRAPPED:
      return "found";
    case FindState.NOT_FOUND:
      return "not-found";
    default:
      return "searching";
  }
}
