import { describe, expect, it } from 'vitest';
import { boxOf } from '../geometry.ts';
import type { ClientId } from '../ids.ts';
import { boardOf, strokeOf } from '../testing/stroke.ts';
import { emptyBoard, type Author } from '../board.ts';
import { formats, isFormatName } from './formats.ts';
import { defaultExport } from './options.ts';

const author = (name: string): Author => ({
  client: 'AAAAAAAAAAAA.1' as ClientId,
  name,
  color: 'blue',
  settled: 0,
  gesture: 0,
  stroke: null,
  done: [],
  undone: [],
});
const at = Date.UTC(2026, 2, 2, 9, 30);
const write = (board = emptyBoard, options = {}): string => formats.svg.write(board, { ...defaultExport, ...options });

const dot = strokeOf({ points: [[10, 20]], number: 1, style: { color: 'red', width: 8 } });
const line = strokeOf({ points: [[100, 100], [160, 130]], number: 2, style: { color: '#12ab34' } }); // prettier-ignore

describe('formats', () => {
  it.each(Object.entries(formats))('[E1] %s writes every board, the empty one too', (name, format) => {
    expect(isFormatName(name)).toBe(true);
    expect(format.extension).toBe(name);
    for (const board of [emptyBoard, boardOf([dot, line])]) {
      expect(format.write(board, defaultExport).length).toBeGreaterThan(40);
      expect(format.write(board, defaultExport)).toEqual(format.write(board, defaultExport));
    }
  });
});

describe('svg', () => {
  it('[E2] is a small, plain picture', () => {
    const board = boardOf([dot], { title: 'One dot', at, revision: 3, authors: [author('Ada')] });
    expect(write(board, { region: boxOf(0, 0, 40, 40), scale: 2 })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="80" height="80" viewBox="0 0 40 40">
      <title>One dot</title>
      <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about=""><dc:title>One dot</dc:title><dc:date>2026-03-02T09:30:00.000Z</dc:date><dc:identifier>revision 3</dc:identifier><dc:creator>Ada</dc:creator></rdf:Description></rdf:RDF></metadata>
      <rect x="0" y="0" width="40" height="40" fill="#fbfaf7"/>
      <path fill="#d92d3a" d="M14.01 20q0 1.07 -.54 2q-.53 .94 -1.47 1.47q-.93 .54 -2 .54q-1.07 0 -2-.54q-.94-.53 -1.47-1.47q-.54-.93 -.54-2q0-1.07 .54-2q.53-.94 1.47-1.47q.93-.54 2-.54q1.07 0 2 .54q.94 .53 1.47 1.47q.54 .93 .54 2z"/>
      </svg>
      "
    `);
  });

  it('[E3] writes a title of markup as text, and nothing that could act', () => {
    const evil = `</title><script>alert(1)</script>"'&\u0000\ud800]]>`;
    const text = write(boardOf([dot], { title: evil, authors: [author(`<img src=x onerror=alert(1)>`)] }));
    expect(text).not.toMatch(/<(script|style|foreignObject|img|a|use|image)\b/);
    expect(text).not.toMatch(/ on\w+="| href=/);
    expect(text).toContain('&#60;/title&#62;&#60;script&#62;');
    expect(text).not.toContain('\u0000');
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });

  it('[E16] has the links and descriptions of things, as text', () => {
    const attributes = { link: 'https://example.org/?a=1&b="2', alt: '<b>A dot</b>' };
    const text = write(boardOf([{ ...dot, attributes }]));
    expect(text).toContain(
      '<a href="https://example.org/?a=1&#38;b=&#34;2" target="_blank" rel="noopener noreferrer">',
    );
    expect(text).toContain('<g role="img" aria-label="&#60;b&#62;A dot&#60;/b&#62;">');
    expect(text.match(/<g /g)?.length).toBe(text.match(/<\/g>/g)?.length);
  });

  it('[E18] cuts what belongs to a frame at its edge, and nothing else', () => {
    const frame = strokeOf({ points: [[0, 0], [120, 120]], number: 3, kind: 'frame' }); // prettier-ignore
    const beside = strokeOf({ points: [[130, 0], [50, 50]], number: 4, style: { color: 'green' } }); // prettier-ignore
    const text = write(boardOf([frame, dot, line, beside]));
    expect(text).toContain('<clipPath id="frame-1"><path d="M0 0L120 0L120 120L0 120z"/></clipPath>');
    expect(text).toMatch(/<g clip-path="url\(#frame-1\)">\n<path fill="#12ab34"[^>]*>\n<\/g>/);
    expect(text.match(/clip-path/g)).toHaveLength(1);
    expect(write(boardOf([dot, line, beside]))).not.toContain('clip');
  });

  it('[V13] writes letters at the distances that their lines were broken at', () => {
    const letters = { ...strokeOf({ kind: 'text', points: [[0, 0]] }), attributes: { text: 'AVATAR' } };
    expect(write(boardOf([letters]))).toMatch(/<g style="font-kerning:none" [^>]*><text [^>]*>AVATAR<\/text>/);
  });

  it('[V13] keeps every space of a text, which browsers would draw as one', () => {
    const letters = { ...strokeOf({ kind: 'text', points: [[0, 0]] }), attributes: { text: 'if x:\n    y  z' } };
    expect(write(boardOf([letters]))).toMatch(/<text xml:space="preserve" [^>]*>    y  z<\/text>/);
  });

  it('[E4] shows the region asked for, and leaves out what lies outside it', () => {
    const text = write(boardOf([dot, line]), { region: boxOf(90, 90, 50.5, 25), scale: 2 });
    expect(text).toContain('width="101" height="50" viewBox="90 90 50.5 25"');
    expect(text.match(/<path/g)).toHaveLength(1);
    expect(text).toContain('fill="#12ab34"');
  });

  it('[E4] shows all that is drawn and a margin where no region is asked for', () => {
    const [, x, y] = /viewBox="([-\d.]+) ([-\d.]+)/.exec(write(boardOf([dot, line]), { margin: 10 })) ?? [];
    expect(Number(x)).toBeLessThanOrEqual(10 - 4 - 10);
    expect(Number(y)).toBeLessThanOrEqual(20 - 4 - 10);
  });

  it('[E5] paints from the back to the front, whatever order the map has', () => {
    const shapes = Array.from({ length: 40 }, (_, i) =>
      strokeOf({
        points: [[i, i]],
        number: i + 1,
        z: 100 - i,
        style: { color: `#0000${(i + 16).toString(16)}` as const },
      }),
    );
    const blues = [...write(boardOf(shapes)).matchAll(/<path fill="#0000(..)"/g)].map(([, blue]) =>
      parseInt(blue ?? '', 16),
    );
    expect(blues).toEqual(Array.from({ length: 40 }, (_, i) => 55 - i));
  });

  it('[E6] follows the theme, and can do without a sheet', () => {
    const night = write(boardOf([dot]), { theme: 'night' });
    expect(night).toContain('fill="#15161a"');
    expect(night).toContain('fill="#ff6b6f"');
    expect(write(boardOf([dot]), { background: false })).not.toContain('<rect');
  });
});

describe('json', () => {
  it('[E7] says every point in board units, and who, when and at which revision', () => {
    const board = boardOf([line, dot], { title: 'Two', at, createdAt: at - 1000, authors: [author('Ada')] });
    const read: unknown = JSON.parse(formats.json.write(board, defaultExport));
    expect(read).toMatchObject({
      title: 'Two',
      revision: 2,
      updatedAt: '2026-03-02T09:30:00.000Z',
      authors: [{ number: 1, name: 'Ada', color: 'blue' }],
      shapes: [
        { id: dot.id, color: 'red', width: 8, points: [[10, 20, 0.502, 0]] },
        { id: line.id, points: [[100, 100, 0.502, 0], [160, 130, 0.502, 8]] },
      ],
    }); // prettier-ignore
  });

  it('[E4] leaves out what lies outside the region', () => {
    const text = formats.json.write(boardOf([dot, line]), { ...defaultExport, region: boxOf(0, 0, 50, 50) });
    expect((JSON.parse(text) as { shapes: unknown[] }).shapes).toHaveLength(1);
  });
});
