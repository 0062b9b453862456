/** Up to two letters that stand for a name: "Ada Lovelace" → "AL". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letter = (word: string | undefined): string => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '';
  return letter(first) + letter(last) || '?';
}
