import type { BoardId } from '../../shared/ids.ts';
import { httpHistory, type HistorySource } from './history-source.ts';
import { sealedHistory } from './sealed-history.ts';

/** A board's history as the server has it: sealed as far as it is, and the rest as pages. */
export const boardHistory = (
  board: BoardId,
  fetchPart: (url: string, init?: RequestInit) => Promise<Response>,
): HistorySource => sealedHistory(board, httpHistory(board, fetchPart), fetchPart);
