import type { ProviderId } from "../../../shared/ids.ts";
import { usePages } from "../../pdf/pages-context.tsx";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { useFurtherPlaces } from "../../placement/use-further-places.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { MarkPlace } from "./mark-place.tsx";
import { MarkSwitch } from "./mark-switch.tsx";
import { SamePlace } from "./same-place.tsx";
import styles from "./sign-panel.module.css";

/** A provider that draws the visible mark itself: only its place can be chosen. */
export function ForeignMarkSection({ provider: id }: { readonly provider: ProviderId }) {
  const { view, current } = useWindow();
  const { viewer } = usePages();
  const provider = providerName(id);
  return (
    <section className={styles["section"]}>
      <MarkSwitch>{text("mark.foreign-switch", { provider })}</MarkSwitch>
      <p className={styles["help"]}>{text("mark.foreign", { provider })}</p>
      {view.mark.visible ? (
        <>
          {current === null ? null : <MarkPlace document={current} />}
          {viewer === null ? null : <FurtherPlaces viewer={viewer} />}
          <SamePlace />
        </>
      ) : (
        <p className={styles["help"]}>{text("mark.foreign-off", { provider })}</p>
      )}
    </section>
  );
}

/** Where the marks of the other signers come, or that there is no room for them. */
function FurtherPlaces({ viewer }: { readonly viewer: PageViewer }) {
  const further = useFurtherPlaces(viewer);
  if (further === "none") return null;
  if (further === null) return <p className={styles["warning"]}>{text("mark.further-no-room")}</p>;
  return <p className={styles["help"]}>{text("mark.further", { count: further.places.length })}</p>;
}
