// UTF-8 by hand: the platform's coders are no part of the language, and shared code has nothing but the language.

/** Bytes that a text takes. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A pair of surrogates is two units and four bytes.
    length += unit < 0x800 || isSurrogate(unit) ? 1 : 2;
  }
  return length;
}

/** Writes a well-formed text; returns the offset after it. */
export function writeUtf8(out: Uint8Array, offset: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      out[offset++] = code;
      continue;
    }
    if (isSurrogate(code)) code = text.codePointAt(i++) as number;
    if (code < 0x800) {
      out[offset++] = 0xc0 | (code >> 6);
    } else {
      if (code < 0x10000) {
        out[offset++] = 0xe0 | (code >> 12);
      } else {
        out[offset++] = 0xf0 | (code >> 18);
        out[offset++] = 0x80 | ((code >> 12) & 0x3f);
      }
      out[offset++] = 0x80 | ((code >> 6) & 0x3f);
    }
    out[offset++] = 0x80 | (code & 0x3f);
  }
  return offset;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** The text of some bytes; undefined where they are not well-formed UTF-8 in its shortest form. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  for (let offset = start; offset < end;) {
    const first = bytes[offset++] as number;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || offset + more > end) return undefined;
    let code = first & (0x3f >> more);
    for (let i = 0; i < more; i++) {
      const next = bytes[offset++] as number;
      if ((next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    const tooLong = more === 2 ? code < 0x800 : more === 3 && code < 0x10000;
    if (tooLong || code > 0x10ffff || isSurrogate(code)) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
}
