import { fileURLToPath } from 'node:url';
import { MAX_FRAME_BYTES } from '../shared/limits.ts';
import { JSON_SUBPROTOCOL, PACKED_SUBPROTOCOL } from '../shared/wire/message.ts';
import { Boards } from './boards.ts';
import type { Config } from './config.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { Connection } from './connection.ts';
import { Exporter } from './export/exporter.ts';
import type { Dialect } from './dialect.ts';
import { JsonDialect } from './json-dialect.ts';
import type { EventLog } from './log/event-log.ts';
import { type LogOptions, openLog } from './log/open.ts';
import type { Logger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { type Route, createRouter } from './net/router.ts';
import { AddressLimit } from './net/routes/address-limit.ts';
import { boardEvents } from './net/routes/board-events.ts';
import { boardSegment, boardSegments } from './net/routes/board-segments.ts';
import { boardSnapshot } from './net/routes/board-snapshot.ts';
import { boardTrackHours, boardTracks } from './net/routes/board-tracks.ts';
import { branchBoard } from './net/routes/branch-board.ts';
import { createBoard } from './net/routes/create-board.ts';
import { exportBoard } from './net/routes/export-board.ts';
import { healthz, metricsPage, readyz } from './net/routes/health.ts';
import { addImage, showImage } from './net/routes/images.ts';
import { liveUpgrade, liveWithoutUpgrade } from './net/routes/live.ts';
import { pages } from './net/routes/pages.ts';
import { showBoard } from './net/routes/show-board.ts';
import { loadStaticFiles } from './net/static-files.ts';
import { createUwsListener } from './net/uws.ts';
import { newBoardId } from './new-board-id.ts';
import { outdatedDialect } from './outdated-dialect.ts';
import { packedDialect } from './packed-dialect.ts';
import { type Stores, storesBeside } from './stores.ts';

const PAGE_FOLDER = fileURLToPath(new URL('../.build/web', import.meta.url));
const EXPORTS_WAITING = { waiting: 32, each: 8 };
const EXPORT_PATIENCE = 60_000;

export interface RunningServer {
  readonly port: number;
  /** Takes nothing new, commits what waits, tells every client, closes the log. */
  stop(): Promise<void>;
}

interface Surroundings {
  readonly logger: Logger;
  /** For tests: a log of their own instead of the one in the settings. */
  readonly log?: EventLog;
  readonly pageFolder?: string;
}

/** Builds the server from its parts and opens it. @throws CannotOpenLog, CannotListen */
export async function serve(config: Config, { logger, log: given, pageFolder }: Surroundings): Promise<RunningServer> {
  const files = await loadStaticFiles(pageFolder ?? PAGE_FOLDER);
  const log = given ?? (await openLog(config.log, logOptions(config, logger)));
  const metrics = new Metrics({ process: true });
  const stores = storesBeside(config, !given && !config.log.startsWith('memory:'));
  const { images, tracks } = stores;
  const boards = createBoards(log, stores, metrics, logger);
  const exporter = new Exporter({
    threads: config.exportThreads,
    ...EXPORTS_WAITING,
    patience: EXPORT_PATIENCE,
  });
  metrics.gauge('boards', 'Boards open now.', () => boards.openCount);

  const failed = (error: unknown): void =>
    logger.error({ err: error }, 'The server failed at something it should not.');
  const limit = new AddressLimit(config.boardsPerMinute);
  const making = { boards, limit, elapsed };
  const routes: readonly Route[] = [
    createBoard(making),
    branchBoard(making),
    showBoard(boards),
    boardEvents(boards),
    boardSegments(boards),
    boardSegment(boards),
    boardSnapshot(boards),
    exportBoard(boards, exporter, images),
    addImage({ ...making, images, limit: new AddressLimit(config.imagesPerMinute) }),
    showImage(images),
    ...(tracks ? [boardTrackHours(boards, tracks), boardTracks(boards, tracks, Date.now)] : []),
    liveWithoutUpgrade,
    healthz,
    readyz(boards),
    metricsPage(metrics),
  ];
  const joining = connectionOptions(config, boards, { metrics, logger, failed });
  const listener = createUwsListener({
    http: createRouter({
      routes,
      otherwise: pages(files),
      elapsed,
      observer: {
        answered: (route, status, ms) => metrics.answered(route, status, ms),
        refused: (code) => metrics.refused(code),
        failed,
      },
    }),
    upgrade: liveUpgrade({
      ...config,
      metrics,
      connect: (socket, board) => new Connection(socket, board, dialectOf(socket.protocol), joining),
    }),
    maxMessageBytes: MAX_FRAME_BYTES,
    trustProxy: config.trustProxy,
    sent: (size) => metrics.sent(size),
    failed,
  });

  const stop = async (): Promise<void> => {
    listener.stop();
    await boards.close();
    for (const connection of joining.connections) connection.close('ServerStopping');
    await new Promise((resolve) => setTimeout(resolve, FAREWELL));
    listener.close();
    await Promise.all([exporter.close(), log.close()]);
  };
  try {
    return { port: await listener.listen(config.host, config.port), stop };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Between two looks for commits that are old enough to be sealed, in ms. */
const SEAL_EVERY = 30_000;

const logOptions = ({ dataFolder, synchronous }: Config, logger: Logger): LogOptions => ({
  dataFolder,
  synchronous: synchronous === 'full' ? 'FULL' : 'NORMAL',
  sealing: {
    every: SEAL_EVERY,
    failed: (reason) => logger.warn({ reason }, 'Old commits cannot be sealed just now: they stay as they are.'),
  },
});

/** Time for what was said last to reach the clients, in ms. */
const FAREWELL = 100;

const elapsed = (): number => performance.now();

const createBoards = (
  log: EventLog,
  { snapshots, milestones, tracks }: Stores,
  metrics: Metrics,
  logger: Logger,
): Boards =>
  new Boards(log, {
    snapshots,
    ...(milestones ? { milestones } : {}),
    ...(tracks ? { tracks } : {}),
    tracksFailed: (error) => logger.warn({ err: error }, 'Where people point cannot be kept: nothing else is missing.'),
    snapshotsFailed: (error) =>
      logger.warn({ err: error }, 'Snapshots cannot be kept or read: boards open more slowly, and nothing is lost.'),
    newBoardId,
    now: Date.now,
    elapsed,
    scheduler: {
      soon: (callback) => void setImmediate(callback),
      after: (ms, callback) => void setTimeout(callback, ms),
    },
    committed: (events, ms) => metrics.committed(events, ms),
    unsaved: (error) =>
      logger.error(
        { err: error },
        'What is drawn cannot be saved: browsers keep it, and it is tried again all the time.',
      ),
    savedAgain: () => logger.warn('What is drawn is saved again.'),
  });

interface Watching {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly failed: (error: unknown) => void;
}

const connectionOptions = (
  config: Config,
  boards: Boards,
  { metrics, logger, failed }: Watching,
): ConnectionOptions => ({
  connections: new Set(),
  boards,
  now: Date.now,
  elapsed,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  limits: config,
  observer: {
    received: (messages, bytes) => metrics.received(messages, bytes),
    rejected: (code) => metrics.rejected(code),
    closed(reason, detail) {
      metrics.closed(reason);
      logger.info({ reason, detail }, 'A connection was closed.');
    },
    failed,
  },
});

function dialectOf(subprotocol: string): Dialect {
  switch (subprotocol) {
    case PACKED_SUBPROTOCOL:
      return packedDialect;
    case JSON_SUBPROTOCOL:
      return new JsonDialect();
    default:
      return outdatedDialect;
  }
}
