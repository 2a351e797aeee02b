import { useEffect, useState } from "react";
import type { Sha256Hex } from "../../../shared/ids.ts";
import { bridge } from "../../bridge.ts";

/** Pictures by their digest: the same digest is the same picture, so an address lasts as long as the window. */
const addresses = new Map<Sha256Hex, Promise<string | null>>();

async function load(picture: Sha256Hex): Promise<string | null> {
  const answer = await bridge.invoke("marks.picture", { picture });
  if (!answer.ok || answer.value === null) return null;
  const { type, bytes } = answer.value;
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
}

/** Address under which a stored picture can be shown; null while it is loaded, or when it is gone. */
export function usePicture(picture: Sha256Hex | null): string | null {
  const [known, setKnown] = useState<{ readonly picture: Sha256Hex; readonly address: string | null } | null>(null);
  useEffect(() => {
    let gone = false;
    if (picture === null) return;
    const show = async (): Promise<void> => {
      const address = addresses.get(picture) ?? load(picture);
      addresses.set(picture, address);
      const found = await address;
      if (found === null) addresses.delete(picture);
      if (!gone) setKnown({ picture, address: found });
    };
    void show();
    return () => {
      gone = true;
    };
  }, [picture]);
  return known !== null && known.picture === picture ? known.address : null;
}
