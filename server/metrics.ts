import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { type CloseReason, closeReasonOf } from '../shared/wire/message.ts';

const SECONDS_OF_COMMIT = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2];
const SECONDS_OF_HTTP = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/** What the server counts, for Prometheus. The busiest numbers are plain fields, added up when they are asked for. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #rejections = this.#counter('rejections_total', 'Commands refused, by code.', ['code']);
  readonly #closes = this.#counter('closes_total', 'Sockets that the server closed, by reason.', ['reason']);
  readonly #ends = this.#counter('ends_total', 'Sockets that ended, by close code.', ['code']);
  readonly #refusals = this.#counter('http_refusals_total', 'HTTP requests and upgrades refused, by code.', ['code']);
  readonly #commitSeconds = this.#histogram('commit_seconds', 'Time to make a commit durable.', SECONDS_OF_COMMIT);
  readonly #httpSeconds = this.#histogram('http_seconds', 'Time to answer HTTP requests.', SECONDS_OF_HTTP, [
    'route',
    'status',
  ]);
  #messages = 0;
  #receivedBytes = 0;
  #sentBytes = 0;
  #commits = 0;
  #events = 0;
  #connections = 0;
  #opened = 0;

  constructor({ process }: { readonly process: boolean }) {
    if (process) collectDefaultMetrics({ register: this.#registry });
    this.#collected('messages_total', 'Messages received on sockets.', () => this.#messages);
    this.#collected('received_bytes_total', 'Bytes of them.', () => this.#receivedBytes);
    this.#collected('sent_bytes_total', 'Bytes of messages sent on sockets.', () => this.#sentBytes);
    this.#collected('commits_total', 'Commits made durable.', () => this.#commits);
    this.#collected('events_total', 'Events in them.', () => this.#events);
    this.#collected('connections_total', 'Sockets opened.', () => this.#opened);
    this.gauge('connections', 'Sockets open now.', () => this.#connections);
  }

  /** Something that can be looked up whenever the metrics are read. */
  gauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({
      name: `retrace_${name}`,
      help,
      registers: [this.#registry],
      collect: () => gauge.set(value()),
    });
  }

  received(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#receivedBytes += bytes;
  }

  sent(bytes: number): void {
    this.#sentBytes += bytes;
  }

  opened(): void {
    this.#opened++;
    this.#connections++;
  }

  /** `code`: of the close frame, whoever sent it; 1006 where there was none. */
  ended(code: number): void {
    this.#connections--;
    this.#ends.inc({ code: isClientsOwn(code) ? 'other' : code });
  }

  rejected(code: string): void {
    this.#rejections.inc({ code });
  }

  closed(reason: CloseReason): void {
    this.#closes.inc({ reason });
  }

  committed(events: number, ms: number): void {
    this.#commits++;
    this.#events += events;
    this.#commitSeconds.observe(ms / 1000);
  }

  answered(route: string, status: number, ms: number): void {
    this.#httpSeconds.observe({ route, status }, ms / 1000);
  }

  refused(code: string): void {
    this.#refusals.inc({ code });
  }

  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `retrace_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[], labelNames: string[] = []): Histogram {
    return new Histogram({ name: `retrace_${name}`, help, buckets, labelNames, registers: [this.#registry] });
  }

  #collected(name: string, help: string, value: () => number): void {
    const counter: Counter = new Counter({
      name: `retrace_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        counter.reset();
        counter.inc(value());
      },
    });
  }
}

/** Codes that a client may make up: they must not become labels without end. */
const isClientsOwn = (code: number): boolean => code > 1011 && closeReasonOf(code) === null;
