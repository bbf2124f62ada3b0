/** What a figure is told apart by. Never anything of a person, a team, a room or a file: only codes and kinds of ours. */
export type Labels = Readonly<Record<string, string>>;

interface Metric {
  lines(): string[];
}

const NONE: Labels = {};

/** A number that only grows, for each set of labels. */
export class Counter implements Metric {
  readonly #name: string;
  readonly #values = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  add(amount = 1, labels: Labels = NONE): void {
    const key = labelText(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  lines(): string[] {
    return [...this.#values].map(([labels, value]) => `${this.#name}${labels} ${value}`);
  }
}

/** How many of what was observed were at most so large. */
export class Histogram implements Metric {
  readonly #name: string;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  /** `bounds` grow. */
  constructor(name: string, bounds: readonly number[]) {
    this.#name = name;
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    const index = this.#bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += value;
    this.#count += 1;
  }

  lines(): string[] {
    let upTo = 0;
    const buckets = this.#bounds.map((bound, index) => {
      upTo += this.#counts[index] ?? 0;
      return `${this.#name}_bucket{le="${bound}"} ${upTo}`;
    });
    return [
      ...buckets,
      `${this.#name}_bucket{le="+Inf"} ${this.#count}`,
      `${this.#name}_sum ${this.#sum}`,
      `${this.#name}_count ${this.#count}`,
    ];
  }
}

/** Figures in Prometheus' text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export class Registry {
  readonly #metrics: { name: string; help: string; type: string; metric: Metric }[] = [];

  counter(name: string, help: string): Counter {
    return this.#add(name, help, 'counter', new Counter(name));
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    return this.#add(name, help, 'histogram', new Histogram(name, bounds));
  }

  /** A number that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    this.#add(name, help, 'gauge', { lines: () => [`${name} ${read()}`] });
  }

  text(): string {
    return this.#metrics
      .flatMap(({ name, help, type, metric }) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...metric.lines(),
      ])
      .map((line) => `${line}\n`)
      .join('');
  }

  #add<M extends Metric>(name: string, help: string, type: string, metric: M): M {
    this.#metrics.push({ name, help, type, metric });
    return metric;
  }
}

const texts = new WeakMap<Labels, string>();

/** Of labels that are given again and again, made once. */
function labelText(labels: Labels): string {
  const text = texts.get(labels) ?? writtenOut(labels);
  texts.set(labels, text);
  return text;
}

function writtenOut(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
