/** The one font of the mark: regular, Latin, Greek and Cyrillic, licensed for embedding. */
export const MARK_FONT = "NotoSans_400Regular.ttf";
