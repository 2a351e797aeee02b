import type { DrawnQr, MarkPreview } from "../../../shared/mark-drawing.ts";
import styles from "./mark-drawing.module.css";

interface MarkDrawingProps {
  readonly drawing: MarkPreview;
  /** Address of the picture, or null while it is loaded. */
  readonly picture: string | null;
  /** How the reader has turned the view, in degrees clockwise. */
  readonly turn?: number;
  readonly label: string;
}

/** The mark as the document will have it: same places, same sizes, the font's own outlines. Fills its parent. */
export function MarkDrawing({ drawing, picture, turn = 0, label }: MarkDrawingProps) {
  const { width, height, lines, qr, unitsPerEm } = drawing;
  const sideways = turn % 180 !== 0;
  return (
    <svg
      className={styles["drawing"]}
      viewBox={sideways ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <g transform={turning(turn, width, height)}>
        <rect
          x={0.25}
          y={0.25}
          width={Math.max(0, width - 0.5)}
          height={Math.max(0, height - 0.5)}
          fill="none"
          stroke="#999"
          strokeWidth={0.5}
        />
        {drawing.picture === null || picture === null ? null : (
          <image
            href={picture}
            x={drawing.picture.x}
            y={height - drawing.picture.y - drawing.picture.height}
            width={drawing.picture.width}
            height={drawing.picture.height}
            opacity={drawing.picture.opacity}
            preserveAspectRatio="none"
          />
        )}
        {qr === null ? null : <QrDrawing qr={qr} height={height} />}
        {lines.map(({ x, y, size, outline }, index) => (
          <path
            // Two lines may say the same.
            key={`${index}-${y}`}
            transform={`translate(${x} ${height - y}) scale(${size / unitsPerEm} ${-size / unitsPerEm})`}
            d={outline}
            fill="#000"
          />
        ))}
      </g>
    </svg>
  );
}

function QrDrawing({ qr, height }: { readonly qr: DrawnQr; readonly height: number }) {
  const step = qr.side / qr.modules;
  const dark = qr.runs.map(([column, row, length]) => `M${column} ${row}h${length}v1h${-length}z`).join("");
  return (
    <g transform={`translate(${qr.x} ${height - qr.y - qr.side}) scale(${step})`}>
      <rect width={qr.modules} height={qr.modules} fill="#fff" />
      <path d={dark} fill="#000" />
    </g>
  );
}

/** From the upright mark to the turned view. */
function turning(turn: number, width: number, height: number): string {
  switch (((turn % 360) + 360) % 360) {
    case 90:
      return `translate(${height} 0) rotate(90)`;
    case 180:
      return `translate(${width} ${height}) rotate(180)`;
    case 270:
      return `translate(0 ${width}) rotate(270)`;
    default:
      return "";
  }
}
