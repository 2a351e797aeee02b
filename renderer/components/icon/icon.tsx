/** Drawn for a 20 × 20 grid, in the colour of the text around. Always beside words or inside a named button. */
const PATHS = {
  document: "M5.5 2.5h6l3 3v12h-9zM11.5 2.5v3h3",
  "document-signed": "M5.5 2.5h6l3 3v12h-9zM11.5 2.5v3h3M7.5 11.5l2 2 3.5-4",
  add: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4",
  up: "M5 12.5l5-5 5 5",
  down: "M5 7.5l5 5 5-5",
  rotate: "M15.5 7.5A6 6 0 1 0 16 11M16 3.5v4h-4",
  "fit-width": "M3 4v12M17 4v12M6 10h8M6 10l2-2M6 10l2 2M14 10l-2-2M14 10l-2 2",
  "fit-page": "M4.5 3.5h11v13h-11zM10 6v8M10 6L8.5 7.5M10 6l1.5 1.5M10 14l-1.5-1.5M10 14l1.5-1.5",
  thumbnails: "M3.5 3.5h5v6h-5zM11.5 3.5h5v6h-5zM3.5 12.5h5v4h-5zM11.5 12.5h5v4h-5z",
  lock: "M5.5 9h9v7.5h-9zM7 9V6.5a3 3 0 0 1 6 0V9",
  phone: "M6.5 2.5h7v15h-7zM9 15h2",
  computer: "M3 4h14v9.5H3zM7.5 17h5M10 13.5V17",
  person: "M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17.500a6.500 6.500 0 0 1 13 0",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14v.6",
  question: "M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M10 14v.6M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
  error: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.5 7.5l5 5M12.5 7.5l-5 5",
  info: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v4.5M10 6.3v.6",
  pen: "M4 16l.8-3.4L13.4 4a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2L7.4 15.2z",
  settings:
    "M10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM10 2.500v2.200M10 15.300v2.200M2.500 10h2.200M15.300 10h2.200M4.700 4.700l1.550 1.550M13.750 13.750l1.550 1.550M15.300 4.700l-1.550 1.550M6.250 13.750L4.700 15.300",
  history: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.500v5l3 2",
  folder: "M2.5 5h5l1.5 2h8.500v9h-15z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      aria-hidden="true"
      width="1.125em"
      height="1.125em"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
