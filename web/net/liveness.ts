import { delay, map, merge, type Observable, skipUntil, switchMap, tap, throttleTime, timer } from 'rxjs';

/** A Ping goes out when nothing was heard for so long, in ms; */
const PING_AFTER = 10_000;
/** and the socket is given up when nothing was heard for so long behind it. */
const ANSWER_WITHIN = 10_000;
/** The same when the machine woke up or came back online: then many sockets are dead, and somebody is waiting. */
const WAKING_ANSWER_WITHIN = 4000;
/** How exactly the time of what was heard is kept, in ms: a busy board is heard a hundred times a second. */
const HEARING = 1000;

/**
 * Emits when the other side has nothing to say, not even to a Ping: a network that lets nothing through closes nothing.
 * Begins with the first that is received.
 */
export function silence(
  received$: Observable<unknown>,
  wake$: Observable<unknown>,
  ping: () => void,
): Observable<void> {
  const heard$ = received$.pipe(throttleTime(HEARING, undefined, { leading: true, trailing: true }));
  return merge(
    heard$.pipe(map(() => ({ pingAfter: PING_AFTER, answerWithin: ANSWER_WITHIN }))),
    wake$.pipe(
      skipUntil(received$),
      map(() => ({ pingAfter: 0, answerWithin: WAKING_ANSWER_WITHIN })),
    ),
  ).pipe(
    switchMap(({ pingAfter, answerWithin }) => timer(pingAfter).pipe(tap(ping), delay(answerWithin))),
    map(() => undefined),
  );
}
