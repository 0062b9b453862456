import type { BoardId } from '../../shared/ids.ts';
import { httpHistory, type HistorySource } from './history-source.ts';
import { boardMoments } from './moment-source.ts';
import { sealedHistory, sealedStretches } from './sealed-history.ts';

/** A board's history as the server has it: sealed as far as it is, the rest as pages, and any moment by itself. */
export const boardHistory = (
  board: BoardId,
  fetchPart: (url: string, init?: RequestInit) => Promise<Response>,
): HistorySource => ({
  ...sealedHistory(board, httpHistory(board, fetchPart), fetchPart),
  boardAt: boardMoments(board, fetchPart),
  around: sealedStretches(board, fetchPart),
});
