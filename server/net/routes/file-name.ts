import { cleanText } from '../../../shared/text.ts';

/** Characters that some file system gives a meaning to. */
const special = /[/\\:*?"<>|]/g;
const MAX_LENGTH = 80;

/** A name that every file system takes, from what people wrote. */
export const fileNameOf = (title: string, extension: string): string =>
  `${
    cleanText(title.replace(special, ' '), MAX_LENGTH)
      .replace(/^[. ]+|[. ]+$/g, '')
      .replace(/\s+/g, ' ') || 'Untitled board'
  }.${extension}`;

/** The name twice: for old programs in ASCII, for the others as it is. */
export function inlineDisposition(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '')
    .trim();
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
