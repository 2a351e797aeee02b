import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { markDesignSchema } from "../../shared/ipc.ts";
import { NO_PRESETS } from "../../shared/mark-design.ts";
import type { MarkPreset, MarksView } from "../../shared/mark-design.ts";
import { replaceFile } from "./replace-file.ts";

const fileSchema = z.object({
  version: z.literal(1),
  presets: z.array(z.object({ id: z.string(), name: z.string().max(60), design: markDesignSchema })).max(200),
  defaultPreset: z.string().nullable(),
});

/** The person's named marks, in one readable JSON file. A damaged file is left alone: changing it throws then. */
export interface MarkPresets {
  readonly current: () => MarksView;
  readonly put: (preset: MarkPreset) => void;
  readonly remove: (id: string) => void;
  readonly setDefault: (id: string | null) => void;
}

export function openMarkPresets(path: string): MarkPresets {
  let view = load(path);
  const store = (next: MarksView): void => {
    if (view === null) {
      throw new Error("the list of marks is damaged and is not written over");
    }
    replaceFile(path, `${JSON.stringify({ version: 1, ...next }, null, 2)}\n`);
    view = next;
  };
  const current = (): MarksView => view ?? NO_PRESETS;
  return {
    current,
    put: (preset) => {
      const { presets } = current();
      const known = presets.some(({ id }) => id === preset.id);
      store({
        ...current(),
        presets: known ? presets.map((old) => (old.id === preset.id ? preset : old)) : [...presets, preset],
      });
    },
    remove: (id) => {
      const { presets, defaultPreset } = current();
      store({
        presets: presets.filter((preset) => preset.id !== id),
        defaultPreset: defaultPreset === id ? null : defaultPreset,
      });
    },
    setDefault: (id) => {
      const known = current().presets.some((preset) => preset.id === id);
      store({ ...current(), defaultPreset: known ? id : null });
    },
  };
}

/** Null: the file is there but cannot be understood. */
function load(path: string): MarksView | null {
  if (!existsSync(path)) {
    return NO_PRESETS;
  }
  try {
    const { presets, defaultPreset } = fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    return { presets, defaultPreset };
  } catch {
    return null;
  }
}
