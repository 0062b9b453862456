// Names and titles: what text people may give each other to read.

/** Controls, line breaks, halves of characters, and marks that turn the reading direction round for what follows. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, 'gu');

/** What is wrong with a text, to go behind "must"; null where it is fine. Spaces at its ends are not its own. */
export function textFault(text: string, minLength: number, maxLength: number): string | null {
  const { length } = text.trim();
  if (length > maxLength) return `have at most ${maxLength} characters, not ${length}`;
  if (length < minLength) return 'not be empty';
  if (FORBIDDEN.test(text)) return 'have no control characters, line breaks or direction overrides';
  if (text.normalize('NFC') !== text) return 'be in Unicode normal form C';
  return null;
}

/** What is wrong with text of several lines, as `textFault` says it. Spaces at its ends are its own. */
export function lettersFault(text: string, maxLength: number): string | null {
  if (text.length > maxLength) return `have at most ${maxLength} characters, not ${text.length}`;
  if (FORBIDDEN.test(text.replaceAll('\n', ''))) return 'have no control characters or direction overrides';
  if (text.normalize('NFC') !== text) return 'be in Unicode normal form C';
  return null;
}

/** The nearest text of several lines that is fine. */
export function cleanLetters(text: string, maxLength: number): string {
  const lines = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .split('\n');
  const clean = lines
    .map((line) => line.replace(ALL_FORBIDDEN, ' '))
    .join('\n')
    .normalize('NFC');
  const last = clean.charCodeAt(maxLength - 1);
  const splitsPair = clean.length > maxLength && last >= 0xd800 && last <= 0xdbff;
  return clean.slice(0, splitsPair ? maxLength - 1 : maxLength);
}

/** The nearest text that is fine, and no longer than `maxLength`; it may be empty. */
export function cleanText(text: string, maxLength: number): string {
  const clean = text.replace(ALL_FORBIDDEN, ' ').normalize('NFC').trim();
  const last = clean.charCodeAt(maxLength - 1);
  const splitsPair = clean.length > maxLength && last >= 0xd800 && last <= 0xdbff;
  return clean.slice(0, splitsPair ? maxLength - 1 : maxLength).trim();
}

/** A whole number as it is read best: "1 000 000". */
export const counted = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
