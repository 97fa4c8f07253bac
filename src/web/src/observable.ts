/** What Web Chat asks of an observable, and no more. */
export interface Observer<T> {
  next?(value: T): void;
  error?(error: unknown): void;
  complete?(): void;
}

export interface Subscription {
  unsubscribe(): void;
}

/** A shared stream of values; with an initial value each new subscriber is told the latest at once. */
export class Subject<T> {
  private readonly observers = new Set<Observer<T>>();
  private latest: { value: T } | undefined;

  constructor(private readonly initial?: { value: T }, private readonly onFirst?: () => void) {
    this.latest = initial;
  }

  next(value: T): void {
    if (this.initial) this.latest = { value };
    for (const observer of [...this.observers]) observer.next?.(value);
  }

  get value(): T | undefined {
    return this.latest?.value;
  }

  subscribe(observer: Observer<T>): Subscription {
    const first = this.observers.size === 0;
    this.observers.add(observer);
    if (this.latest) observer.next?.(this.latest.value);
    if (first) this.onFirst?.();
    return { unsubscribe: () => void this.observers.delete(observer) };
  }
}

/** A promise as an observable of one value. */
export function once<T>(start: () => Promise<T>): { subscribe(observer: Observer<T>): Subscription } {
  return {
    subscribe(observer) {
      let wanted = true;
      start().then(
        (value) => {
          if (!wanted) return;
          observer.next?.(value);
          observer.complete?.();
        },
        (error: unknown) => {
          if (wanted) observer.error?.(error);
        },
      );
      return { unsubscribe: () => void (wanted = false) };
    },
  };
}
