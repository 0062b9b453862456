/**
 * Text made safe between tags and within quotes of XML: markup escaped, what XML 1.0 has no place for (controls, lone
 * surrogates, the two non-characters) replaced, or a title could make the whole picture unreadable.
 */
export const xmlText = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A number with at most `digits` decimals and nothing to spare: `0.5` is `.5`, `-0` is `0`. */
export function svgNumber(value: number, digits: number): string {
  const scale = 10 ** digits;
  const rounded = Math.round(value * scale) / scale;
  // toFixed never writes an exponent, which XML would allow and people would not.
  const text = rounded === 0 ? '0' : rounded.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short.replace(/^(-?)0\./, '$1.');
}
