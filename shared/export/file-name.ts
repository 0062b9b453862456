/** What no system forbids in a name, and no shell trips over. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\\/:*?"<>|]+/gu;
const MOST = 80;

/** The name under which a board's picture is kept: its title, without what file systems refuse. */
export function fileName(title: string, extension: string): string {
  const stem = [...title.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ')].slice(0, MOST).join('');
  return `${stem.replace(/^[\s.]+|[\s.]+$/g, '') || 'Untitled board'}.${extension}`;
}
