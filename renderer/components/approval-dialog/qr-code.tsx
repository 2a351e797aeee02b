import type { QrPicture } from "../../../shared/interaction.ts";
import styles from "./approval-dialog.module.css";

/** ISO/IEC 18004 5.3.8: four modules of light around the symbol. */
const QUIET_ZONE = 4;

/** Pixels: whole ones, so that all modules are equally wide. */
const LARGE_MODULE = 6;

interface QrCodeProps {
  readonly picture: QrPicture;
  readonly label: string;
  /** "large": a dense code, to be scanned from a distance. */
  readonly size?: "small" | "large";
}

/** Black on white in every theme, as scanners want it; sharp at any size. */
export function QrCode({ picture, label, size = "small" }: QrCodeProps) {
  const { rows } = picture;
  const width = (rows[0]?.length ?? 0) + 2 * QUIET_ZONE;
  const height = rows.length + 2 * QUIET_ZONE;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles[size === "large" ? "qrLarge" : "qr"]}
      {...(size === "large" ? { style: { width: `${width * LARGE_MODULE}px` } } : {})}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={rows.map((row, index) => darkRuns(row, index)).join("")} fill="#000" />
    </svg>
  );
}

/** Each run of dark modules of a row as one rectangle: fewer edges, and no hairline between neighbours. */
function darkRuns(row: string, index: number): string {
  return Array.from(
    row.matchAll(/1+/gu),
    ({ index: begin, 0: run }) => `M${begin + QUIET_ZONE} ${index + QUIET_ZONE}h${run.length}v1h-${run.length}z`,
  ).join("");
}
