import { cleanText } from '../text.ts';

/** Characters that some file system, or shell, gives a meaning to. */
const SPECIAL = /[/\\:*?"<>|]/g;
/** At most three bytes each: with any extension fewer than the 255 bytes that file systems take. */
const MAX_LENGTH = 80;

/** The name under which a board's picture is kept, from what people wrote for a title. */
export function fileName(title: string, extension: string): string {
  const words = cleanText(title.replace(SPECIAL, ' '), MAX_LENGTH).replace(/\s+/g, ' ');
  return `${words.replace(/^[. ]+|[. ]+$/g, '') || 'Untitled board'}.${extension}`;
}
