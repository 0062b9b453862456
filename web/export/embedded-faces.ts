import { type Face, faceRule, facesFor } from '../../shared/letters/faces.ts';
import type { LettersByFamily } from '../../shared/letters/letters-on.ts';

/** Rules of CSS with the page's typefaces that letters need: an exported SVG shows with them anywhere. */
export async function embeddedFaces(letters: LettersByFamily): Promise<string> {
  const rules = facesFor(letters, facesOfPage()).map(async (face) => {
    try {
      return faceRule(face, await base64Of(face.address));
    } catch {
      // Offline, and never shown here: the picture names it all the same.
      return '';
    }
  });
  return (await Promise.all(rules)).join('');
}

function facesOfPage(): Face[] {
  // Browser extensions bring style sheets of their own, and reading one from elsewhere throws.
  const own = [...document.styleSheets].filter(({ href }) => href === null || new URL(href).origin === location.origin);
  return own.flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSFontFaceRule ? faceOf(rule, sheet.href) : [])),
  );
}

function faceOf({ style }: CSSFontFaceRule, sheet: string | null): Face {
  const file = /url\(["']?([^"')]*)/.exec(style.getPropertyValue('src'))?.[1] ?? '';
  return {
    family: style.getPropertyValue('font-family').replaceAll(/["']/g, ''),
    weight: style.getPropertyValue('font-weight'),
    ranges: style.getPropertyValue('unicode-range'),
    address: new URL(file, sheet ?? document.baseURI).href,
  };
}

async function base64Of(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} was not found.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
