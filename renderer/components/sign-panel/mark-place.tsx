import type { DocumentView } from "../../../shared/app-state.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { usePages } from "../../pdf/pages-context.tsx";
import { usualRectangle } from "../../placement/adjust-placement.ts";
import { useWindow } from "../../state/window-context.tsx";
import type { VisiblePlacement } from "../../state/window-state.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Choice } from "../controls/choice.tsx";
import { PlaceNumbers } from "./place-numbers.tsx";
import styles from "./sign-panel.module.css";

const DRAWN = "drawn";
const fieldKey = (index: number): string => `field-${index}`;

/** The place of the mark in the shown document: an empty field of it, or a rectangle on a page. */
export function MarkPlace({ document }: { readonly document: DocumentView }) {
  const { view, dispatch } = useWindow();
  const { viewer } = usePages();
  const place = view.mark.places.get(document.id) ?? null;
  const fields = document.inspection.emptyFields;
  const chosen = place?.kind === "field" ? fields.findIndex(({ name }) => name === place.field) : -1;
  const set = (next: VisiblePlacement | null): void => dispatch({ kind: "place", document: document.id, place: next });
  const choose = (key: string): void => {
    const field = fields.find((_, index) => fieldKey(index) === key);
    set(field === undefined ? null : { kind: "field", field: field.name });
    if (field?.page !== undefined && field.page !== null) viewer?.goTo(field.page);
  };
  return (
    <>
      {fields.length === 0 ? null : (
        <Choice
          label={text("mark.place")}
          value={chosen === -1 ? DRAWN : fieldKey(chosen)}
          options={[
            { value: DRAWN, label: text("mark.place-drawn") },
            ...fields.map(({ name, page, visible }, index) => ({
              value: fieldKey(index),
              label:
                visible && page !== null
                  ? text("mark.place-field", { name, page })
                  : text("mark.place-field-hidden", { name }),
            })),
          ]}
          onChange={choose}
        />
      )}
      {place?.kind === "field" || viewer === null ? null : (
        <DrawnPlace document={document} place={place} viewer={viewer} />
      )}
    </>
  );
}

interface DrawnPlaceProps {
  readonly document: DocumentView;
  readonly place: Extract<VisiblePlacement, { readonly kind: "rectangle" }> | null;
  readonly viewer: PageViewer;
}

function DrawnPlace({ document, place, viewer }: DrawnPlaceProps) {
  const { view, dispatch } = useWindow();
  const { drawing } = view.mark;
  const putHere = async (): Promise<void> => {
    const { page } = viewer.state();
    const rectangle = usualRectangle(await viewer.geometry(page));
    dispatch({ kind: "place", document: document.id, place: { kind: "rectangle", page, rectangle } });
    focusBox();
  };
  return (
    <>
      <div className={styles["buttons"]}>
        <ActionButton
          look={place === null && !drawing ? "primary" : "plain"}
          onPress={() => dispatch({ kind: "mark", change: { drawing: !drawing } })}
        >
          {drawing ? text("common.cancel") : text("mark.draw")}
        </ActionButton>
        <ActionButton onPress={() => void putHere()}>{text("mark.put")}</ActionButton>
        {place === null ? null : (
          <ActionButton look="quiet" onPress={() => dispatch({ kind: "place", document: document.id, place: null })}>
            {text("mark.remove")}
          </ActionButton>
        )}
      </div>
      {place === null ? (
        <p className={drawing ? styles["help"] : styles["warning"]}>
          {drawing ? text("mark.drawing") : text("mark.missing")}
        </p>
      ) : (
        <>
          <PlaceNumbers document={document.id} place={place} viewer={viewer} />
          <p className={styles["help"]}>{text("mark.keys")}</p>
        </>
      )}
    </>
  );
}

/** Keyboard users go straight on with the arrows. The box exists one frame after its place. */
function focusBox(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => globalThis.document.querySelector<HTMLElement>("[data-placement-box]")?.focus()),
  );
}
