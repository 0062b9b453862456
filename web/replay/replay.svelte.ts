import {
  animationFrames,
  BehaviorSubject,
  EMPTY,
  first,
  map,
  type Observable,
  pairwise,
  Subscription,
  switchMap,
} from 'rxjs';
import type { Activity } from '../../shared/activity.ts';
import type { Author, Board, Mark } from '../../shared/board.ts';
import type { Chapter } from '../../shared/chapters.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch, Millis, Revision } from '../../shared/ids.ts';
import {
  type Loop,
  type Playback,
  type PlaybackInput,
  playheadOf,
  type Reel,
  type Speed,
  speeds,
  startLive,
  step,
} from '../../shared/playback.ts';
import type { Direction, Stride } from '../../shared/stride.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { everybodys, type Whose } from '../../shared/whose.ts';
import type { Hands } from './hands.ts';
import { HistoryLoader, type LoadState } from './history-loader.ts';
import type { HistorySource } from './history-source.ts';
import { type Scale, scaleOf } from './scale.ts';
import { StripSight } from './strip-sight.svelte.ts';
import { behind, UnloadedMoments } from './unloaded-moments.ts';
import { WhoseChoice } from './whose-choice.svelte.ts';

/** The present, from which one looks back. */
export interface ReplaySource {
  readonly boardId: BoardId;
  /** What is live now. Read where it is reactive. */
  live(): Board;
  /** Of the store that the live board is from; null before that is known. */
  epoch(): Epoch | null;
  /** Confirmed commits as they come. */
  readonly commits$: Observable<readonly Commit[]>;
}

/** A history of so many events is fetched without being asked for, so that the strip shows it. */
const FETCH_UNASKED = 100_000;
/** Most that one frame may move the playhead, in ms: a page that was hidden does not jump. */
const LONGEST_FRAME = 250;

/** ms between one animation frame and the next. */
const frameTimes$ = animationFrames().pipe(
  pairwise(),
  map(([before, after]) => after.elapsed - before.elapsed),
);

/** Looking back at a board, as components see it: where in time the person is, and the board there. */
export class Replay {
  readonly #source: ReplaySource;
  readonly #loader: HistoryLoader;
  readonly #moments: UnloadedMoments;
  readonly #hands: Hands | null;
  readonly #playing = new BehaviorSubject(false);
  readonly #subscriptions = new Subscription();
  readonly whoseChoice = new WhoseChoice();
  #playback = $state.raw<Playback>(startLive);
  #board = $state.raw<Board | null>(null);
  #load = $state.raw<LoadState>({ state: 'Idle' });
  /** Counts how often the history grew, which its own data cannot tell a component. */
  #growth = $state(0);
  #handsGrew = $state(0);

  readonly mode: Playback['state'] = $derived(this.#playback.state);
  readonly loop: Loop | null = $derived(this.#playback.loop ?? null);
  readonly speed: Speed = $derived(this.#playback.speed);
  readonly skipIdle: boolean = $derived(this.#playback.skipIdle);
  /** Playing, or about to once the history is there. */
  readonly running: boolean = $derived(
    this.#playback.state === 'Playing' || (this.#playback.state === 'Loading' && this.#playback.then === 'Playing'),
  );
  /** The instant that is shown. */
  readonly playhead: Millis = $derived.by(() => {
    const { from, to } = this.span;
    return Math.min(to, Math.max(from, playheadOf(this.#playback, this.#reel())));
  });
  /** Authors whose hands are faint or hidden: in the past only, nobody is to miss what is drawn now. */
  readonly shownWhose: Whose = $derived(this.#playback.state === 'Live' ? everybodys : this.whoseChoice.whose);
  /** From the first event to the last one of the present. */
  readonly span: { readonly from: Millis; readonly to: Millis } = $derived.by(() => {
    const { from, to, length } = this.#timeline();
    const live = this.#source.live();
    return length > 0 ? { from, to: Math.max(to, live.at) } : { from: live.createdAt, to: live.at };
  });
  /** Share of the events that is known, 0 … 1. */
  readonly known: number = $derived.by(() => {
    if (this.#load.state === 'Complete') return 1;
    const head = Math.max('head' in this.#load ? this.#load.head : 0, this.head);
    return head === 0 ? 0 : Math.min(1, this.#history().revision / head);
  });
  /** How instants lie along a strip that shows all of them. */
  readonly scale: Scale = $derived(scaleOf(this.#timeline(), this.skipIdle, this.known, this.span));
  /** What of that the strip shows. */
  readonly sight = new StripSight(
    () => this.scale,
    () => this.playhead,
  );
  /** From one long pause to the next, as far as the history is known. */
  readonly chapters: readonly Chapter[] = $derived.by(() => this.#timeline().chapters);
  /** Something happened since the board was made. */
  readonly hasPast: boolean = $derived(this.span.to > this.span.from);

  /** Who pointed where at the instant that is shown; null in the present. */
  readonly people: readonly Presence[] | null = $derived.by(() => {
    void this.#handsGrew;
    return this.#playback.state === 'Live' ? null : (this.#hands?.peopleAt(this.playhead) ?? []);
  });

  /** So much happened that the history is fetched only when somebody looks back. */
  readonly large: boolean = $derived.by(() => this.head > FETCH_UNASKED);

  constructor(
    source: ReplaySource,
    history: HistorySource,
    hands: Hands | null = null,
    frames$: Observable<number> = frameTimes$,
  ) {
    this.#source = source;
    this.#moments = new UnloadedMoments(history, () => {
      this.#board = this.#boardFor(this.#playback);
    });
    this.#hands = hands;
    if (hands) this.#subscriptions.add(hands.grew$.subscribe(() => this.#handsGrew++));
    this.#loader = new HistoryLoader(behind(this.#moments, history), source.commits$, () => source.epoch());
    const ticks$ = this.#playing.pipe(switchMap((playing) => (playing ? frames$ : EMPTY)));
    this.#subscriptions.add(
      ticks$.subscribe((ms) => this.#take({ type: 'Tick', elapsed: Math.min(ms, LONGEST_FRAME) })),
    );
    this.#subscriptions.add(
      this.#loader.state$.subscribe((state) => {
        this.#load = state;
        if (state.state === 'Complete') this.#moments.clear();
      }),
    );
    this.#subscriptions.add(
      this.#loader.grew$.subscribe(() => {
        this.#growth++;
        this.#take({ type: 'HistoryGrew' });
      }),
    );
  }

  /** The board at the playhead; null: the live one. Playing, it has the ink as far as the hands had come. */
  get board(): Board | null {
    return this.#board;
  }

  /** The end of what is known. */
  get tip(): Board {
    return this.#history().tip;
  }

  /** The board at another instant than the one that is shown; null where it is not known yet. */
  glanceAt(at: Millis): Board | null {
    const { history } = this.#loader;
    return history.revision > 0 && at <= history.timeline.to ? history.glanceAt(at) : null;
  }

  get load(): LoadState {
    return this.#load;
  }

  /** Revision of the present board. */
  get head(): Revision {
    return this.#source.live().revision;
  }

  get authors(): readonly Author[] {
    return this.#source.live().authors;
  }

  /** The moments that have names. */
  get marks(): readonly Mark[] {
    return this.#source.live().marks;
  }

  /** Events by author along the strip's time. */
  get activity(): Activity {
    return this.#timeline().activity(this.skipIdle);
  }

  play = (): void => this.#ask({ type: 'Play' });
  pause = (): void => this.#ask({ type: 'Pause' });
  toggle = (): void => (this.running ? this.pause() : this.play());
  seek = (at: Millis): void => this.#ask({ type: 'Seek', at });
  /** Moves by so many ms of playing time. */
  skip = (by: number): void => this.#goFromHere({ type: 'Skip', by });
  /** To the next thing that was done, or the one before, and stands there. */
  stepBy = (direction: Direction, stride: Stride): void => this.#goFromHere({ type: 'Step', direction, stride });
  goLive = (): void => this.#take({ type: 'GoLive' });
  markLoop = (): void => this.#take({ type: 'MarkLoop' });
  setSpeed = (speed: Speed): void => this.#take({ type: 'SetSpeed', speed });
  setSkipIdle = (skipIdle: boolean): void => this.#take({ type: 'SetSkipIdle', skipIdle });

  /** Plays from an instant to the present, pauses skipped, as fast as it takes to be there within so many ms. */
  playSince(at: Millis, within: number): void {
    const start = (): void => {
      const { from } = this.span;
      // What was repeated would hold it up.
      this.goLive();
      const pace = this.#timeline().pace(true);
      const length = pace.offsetOf(this.span.to) - pace.offsetOf(Math.max(at, from));
      this.setSkipIdle(true);
      this.setSpeed(speeds.find((speed) => speed >= 1 && length / speed <= within) ?? Math.ceil(length / within));
      this.seek(at);
      this.play();
    };
    if (this.#load.state === 'Complete') return start();
    this.fetch();
    this.#subscriptions.add(this.#loader.state$.pipe(first(({ state }) => state === 'Complete')).subscribe(start));
  }

  /** Fetches the history, or goes on with it. */
  fetch = (): void => this.#loader.load();

  /** Fetches it where it is small, so that the strip has something to show. */
  fetchUnasked = (): void => {
    if (this.head > 0 && !this.large && this.#loader.state.state === 'Idle') this.fetch();
  };

  close(): void {
    this.#subscriptions.unsubscribe();
    this.#loader.close();
    this.#moments.clear();
  }

  /** Where nothing happened yet there is no past to go to. */
  #goFromHere(input: PlaybackInput): void {
    if (this.hasPast) this.#ask(input);
  }

  /** What is asked for goes before the history that it is in. */
  #ask(input: PlaybackInput): void {
    this.#take(input);
    this.fetch();
  }

  #take(input: PlaybackInput): void {
    const next = step(this.#playback, input, this.#reel());
    this.#playback = next;
    this.#board = this.#boardFor(next);
    const playing = next.state === 'Playing';
    if (playing !== this.#playing.value) this.#playing.next(playing);
  }

  /** While what is asked for is not known, the end of what is known shows: the picture grows towards it. */
  #boardFor(playback: Playback): Board | null {
    const { history } = this.#loader;
    switch (playback.state) {
      case 'Live':
        return null;
      case 'Playing':
        return history.revealedAt(playback.at);
      case 'Paused':
        return history.boardAtTime(playback.at);
      case 'Loading': {
        const moment = this.#moments.boardAt(playback.at, this.#source.epoch());
        if (moment && moment.revision > history.revision) return moment;
        return history.revision === 0 ? null : history.boardAtTime(playback.at);
      }
    }
  }

  #history() {
    void this.#growth;
    return this.#loader.history;
  }

  #timeline() {
    return this.#history().timeline;
  }

  #reel(): Reel {
    const timeline = this.#timeline();
    return {
      from: timeline.from,
      to: timeline.to,
      head: Math.max(this.#source.live().at, timeline.to),
      complete: this.#load.state === 'Complete',
      advance: (at, ms, skipIdle) => timeline.advance(at, ms, skipIdle),
      stepFrom: (at, direction, stride) => timeline.stepFrom(at, direction, stride),
    };
  }
}
