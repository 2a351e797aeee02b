/** A small grey picture that says "PRACTICE – no real document" (JPEG, Base64). */
export const practicePicture = [
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACAWGBwYFCAcGhwkIiAmMFA0MCwsMGJGSjpQdGZ6eHJmcG6AkLicgIiuim5woNqirr7EztDOfJri8u",
  "DI8LjKzsb/wAALCABkAKABAREA/8QAGQABAAMBAQAAAAAAAAAAAAAAAAEDBAIF/8QAMhAAAQMCAgkDBAICAwAAAAAAAQACAwQREiETFDE1UlNy",
  "kZIFIkEyUXGBYaFi0bHB8P/aAAgBAQAAPwD0Z55GTNiiY1xcL5myjHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTH",
  "WcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyTHWcmPyUwTyPmdFKxrS0A5G6iTeMXQVqRERERERERERFlj3jL",
  "0BJN4xdBWpEREREREREREWWPeMvQEk3jF0FakRERERERERERZY94y9ASTeMXQVqRF5NDR00lAJZG4Xe67wSCMyoeXT+mUmmu7FM0G/yLkK2eCK",
  "knpzTXZI6QNLQT7m/OSv8AUHExNgafdM7B+vn+k9PcRE+Bx90LsP6+P6VMMQ9QfJLOS6MOLWMvYWHyrxQUwY5mjuwkHCXG11kgoaZ1fUxuiBYw",
  "Nwi5yuF3NTQj1KmaI22LTl+BkusGvVcrZHO0EJDcANsR+brTBSQ07y6JpbcWIubLzaGL091K01Bi0lzfE+x2/leuwNaxrWWwgAC32XSLLHvGXo",
  "CSbxi6CtSIvL9NoqeWkZJJHicSdpNtp+Niu9TY0wwMLRhMzRb+Fw+GP0+pZPGwCF/sf/ifgqXR67XPcJHsZAMLSw2NztUNjNFXxu0j3snGBxeb",
  "m42JBM2gfJDUAtjLy5j7XBB+FsgqIqgExOxAfNiFnp951n4Z/wAKuonib6rThz2jC1wP8E7FOPUayZ0odoZiHB4F8J+brTBVQ1DiIX4rC5yNl5",
  "1BUULKVrZzHpATe7bnavWY5rmNcz6SLj8LpFlj3jL0BJN4xdBWpEREREREREREWWPeMvQEk3jF0FakRVGojEhZiOIENPtNgfypbPG5+AOzuRsN",
  "jbbmhlYJdHc47XsAdn/gobURuBLSTYX+k5j7j7o2dr5GtbmHNcb7LWIFrftcyVLGODRdzsQacjYX/ldNnjc/AHZ5jYbG23NGTxvLcJPuNgS0gH",
  "K+XZQ6piba7jnfY0nYbFBUxEEhxysfpOd9lvv+kNTELe43N8g0k5bcrKWTsfLo23PtDgbGxBv8/pWoiyx7xl6Akm8YugrUiKkwXx+76pGv2bLW",
  "y/pQynLXtu+7GOLmi2dzf5/ZXeiGle8nJ7Q234v/ALVDaPDHgBjFrZiOxIH3zzXcNNonh2IGwdkG2GZB/wCkdTuLzaQBheHkYc7i3z+kFNm0F9",
  "2NJc1ts87/AD+yggkDYxpGkxn2nB/BGef8oymLbXfcgPGziN1y+kD2tBcPa1rRdtxkV3HBge13sFmuFmNwjMj/AEkMBiLSHggRtYcttr5/2r0R",
  "ZY94y9ASTeMXQVqRERERERERERFlj3jL0BJN4xdBWpEREREREREREWWPeMvQFzPI2Ovic9wa3AcyrNcp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp",
  "+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1Ncp+a1VwSNkr5XMcHNwDMLU5rXfU0H8hRoo+BvZNF",
  "HwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7Joo+BvZNFHwN7KW",
  "ta36WgfgL/2Q==",
].join("");

/** Both sides of the practice document, named as in the documents' example. */
export function practiceImages(at: number): readonly { readonly Image: string; readonly Filename: string }[] {
  const stamp = new Date(at).toISOString().replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return ["back", "front"].map((side) => ({ Image: practicePicture, Filename: `${side}_${stamp}-123.jpg` }));
}

/**
 * A file of ISO base media format without a picture: a type box, and a free box that says what it is. The placeholder
 * is what comes before the film was asked for.
 */
export function practiceVideo(placeholder: boolean): Uint8Array {
  const type = box("ftyp", Buffer.concat([Buffer.from("isom"), Buffer.alloc(4), Buffer.from("isommp41")]));
  const text = placeholder ? "placeholder: the practice film has not been asked for" : "practice film ".repeat(64);
  return Buffer.concat([type, box("free", Buffer.from(text))]);
}

function box(name: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, content]);
}

/** One silent frame of MPEG audio, layer III: 128 kbit/s, 44.1 kHz. */
export function practiceVoice(): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return frame;
}
