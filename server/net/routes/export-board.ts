import type { Board } from '../../../shared/board.ts';
import { fileName } from '../../../shared/export/file-name.ts';
import { formats, isFormatName } from '../../../shared/export/formats.ts';
import { imagesOn } from '../../../shared/images-on.ts';
import type { ImageStore } from '../../images/image-store.ts';
import type { Boards } from '../../boards.ts';
import { imageAddresses } from '../../export/image-addresses.ts';
import type { Exported, Exporter } from '../../export/exporter.ts';
import type { ServerFormatName } from '../../export/export-messages.ts';
import { MAX_PIXELS } from '../../export/png.ts';
import { type Refusal, isRefusal, refuse } from '../answer.ts';
import { matches } from '../entity-tag.ts';
import type { Answer, Route } from '../router.ts';
import { askerOf } from './asker.ts';
import { boardFor, cacheScope } from './board-access.ts';
import { inlineDisposition } from './content-disposition.ts';
import { exportQueryOf } from './export-query.ts';
import { tooManyMoments } from './moment.ts';

const mediaTypes: Readonly<Record<ServerFormatName, string>> = {
  svg: `${formats.svg.mediaType}; charset=utf-8`,
  json: `${formats.json.mediaType}; charset=utf-8`,
  png: 'image/png',
};
const names = Object.keys(mediaTypes);

/** The board at a moment, as a file. */
export const exportBoard = (boards: Boards, exporter: Exporter, images: ImageStore): Route => ({
  method: 'GET',
  path: '/api/boards/:board/export.:format',
  async handle(request, params): Promise<Answer> {
    const { format = '' } = params;
    if (!isServerFormat(format))
      return refuse(404, 'NoSuchFormat', `There is no such format. There is ${names.join(', ')}.`);
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const query = exportQueryOf(request.query);
    if ('faults' in query) return refuse(400, 'BadRequest', `${query.faults.join('; ')}.`);

    const asker = askerOf(request);
    const { open } = allowed;
    const board = query.at ? await boards.boardAt(open, query.at, asker) : open.host.board;
    if (!board) return tooManyMoments;
    const tag = tagOf(boards.log.epoch, board, query.options);
    const headers = {
      'content-type': mediaTypes[format],
      'content-disposition': inlineDisposition(fileName(open.host.board.title, format)),
      // A file that is opened by itself does nothing but show.
      'content-security-policy':
        "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'",
      // No cookie lets anyone in here, so other pages may show what they have the link to.
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': `${cacheScope(allowed)}, no-cache`,
      'retrace-revision': `${board.revision}`,
      vary: 'authorization',
      etag: tag,
    };
    if (matches(request.header('if-none-match'), tag)) return { status: 304, headers, body: '' };
    const wanted = format === 'json' ? [] : imagesOn(board, query.options.region);
    let found = 0;
    const exported = await exporter.export(board, format, query.options, asker, async () => {
      const addresses = await imageAddresses(images, wanted);
      found = addresses.size;
      return addresses;
    });
    if (!('bytes' in exported)) return failure(exported);
    // An image that was still on its way is in the next one.
    const { etag: _, ...untagged } = headers;
    return { status: 200, headers: found < wanted.length ? untagged : headers, body: exported.bytes };
  },
});

const isServerFormat = (text: string): text is ServerFormatName => text === 'png' || isFormatName(text);

/** The same tag is the same file, as long as the program is the same. */
const tagOf = (epoch: string, board: Board, options: object): string =>
  `"${epoch}.${board.revision}.${Buffer.from(JSON.stringify(options)).toString('base64url')}"`;

function failure(exported: Exclude<Exported, { bytes: Uint8Array }>): Refusal {
  if ('tooManyPixels' in exported) {
    const message = `The picture would have ${exported.tooManyPixels} pixels; it may have ${MAX_PIXELS}. Ask for a smaller region or scale.`;
    return refuse(400, 'TooLarge', message);
  }
  return exported.fault === 'Busy'
    ? refuse(503, 'Busy', 'Too many exports are being made just now. Try again soon.', { 'retry-after': '2' })
    : refuse(503, 'Busy', 'This export takes too long. Ask for a smaller region.', { 'retry-after': '60' });
}
