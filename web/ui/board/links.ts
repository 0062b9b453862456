import { checkLink } from '../../../shared/wire/validate.ts';
import { WireError } from '../../../shared/wire/wire-error.ts';

/** The address that a person meant: without a scheme one of the web, empty for none; null where it leads nowhere safe. */
export function linkOf(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return '';
  const isMailbox = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(typed);
  const address = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `${isMailbox ? 'mailto:' : 'https://'}${typed}`;
  try {
    return checkLink(new URL(address).href, 'link');
  } catch (error) {
    if (error instanceof WireError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Opens a link of a thing beside the board, which the other page learns nothing of. */
export function openLink(link: string): void {
  window.open(link, '_blank', 'noopener,noreferrer');
}
