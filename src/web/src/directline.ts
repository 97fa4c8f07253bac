import { once, Subject } from "./observable";
import { read, write } from "./storage";

/** States of a Direct Line connection, with the numbers Web Chat knows them by. */
export const enum Status {
  Uninitialized = 0,
  Connecting = 1,
  Online = 2,
  ExpiredToken = 3,
  FailedToConnect = 4,
  Ended = 5,
}

export interface Activity {
  id?: string;
  type: string;
  from?: { id?: string };
  [property: string]: unknown;
}

export interface DirectLineOptions {
  /** Base address, e.g. `/v3/directline`. */
  domain: string;
  /** Where a token is generated; by default below the domain. */
  tokenUrl: string;
  userId: string;
  locale: string;
}

interface Session {
  conversationId: string;
  token: string;
}

interface ActivitySet {
  activities?: Activity[];
  watermark?: string;
}

class HttpError extends Error {
  constructor(readonly status: number, readonly retryAfter: number) {
    super(`Direct Line answered ${status}`);
  }
}

const sessionKey = "customercomm.chat";
const busyInterval = 500;
const idleInterval = 2_000;
const hiddenInterval = 10_000;
const idleAfter = 60_000;
const refreshEvery = 15 * 60_000;
const requestTimeout = 20_000;
const postAttempts = 4;

/**
 * Direct Line 3.0 over plain polling, in the shape Web Chat expects. Unlike the stock client it survives a failed
 * poll (it backs off and tells Web Chat it is reconnecting), polls less when nobody looks, and takes up the same
 * conversation, with its history, when the page is loaded again.
 */
export class DirectLine {
  readonly connectionStatus$ = new Subject<Status>({ value: Status.Uninitialized });
  readonly activity$ = new Subject<Activity>(undefined, () => void this.run());

  private readonly options: DirectLineOptions;
  private session: Session | undefined;
  // Empty at every load: the history is asked for again, because the page has lost it.
  private watermark = "";
  private lastActive = Date.now();
  private refreshAt = Date.now() + refreshEvery;
  private running = false;
  private wake: (() => void) | undefined;

  constructor(options: DirectLineOptions) {
    this.options = options;
    document.addEventListener("visibilitychange", () => this.pollNow());
    window.addEventListener("online", () => this.pollNow());
  }

  /** Web Chat reads the user from the token when it can; a token that says nothing leaves it to `userId`. */
  get token(): string | undefined {
    return this.session?.token;
  }

  postActivity(activity: Activity) {
    return once(() => this.post(activity));
  }

  end(): void {
    this.running = false;
    this.setStatus(Status.Ended);
    this.wake?.();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let failures = 0; this.running; ) {
      try {
        if (!this.session) {
          this.setStatus(Status.Connecting);
          this.session = (await this.resume()) ?? (await this.start());
          this.remember();
          // Said before the first poll: Web Chat listens for activities only once it is told that it is connected.
          this.setStatus(Status.Online);
        }
        await this.poll();
        this.setStatus(Status.Online);
        failures = 0;
        if (Date.now() >= this.refreshAt) await this.refresh();
        await this.pause(this.interval());
      } catch (error) {
        failures++;
        this.handle(error);
        // The first miss is not worth a word to the reader; from the second on Web Chat says it is reconnecting.
        if (failures > 1) this.setStatus(Status.Connecting);
        const wait = error instanceof HttpError ? error.retryAfter : 0;
        await this.pause(Math.max(wait, backOff(failures)));
      }
    }
  }

  private async poll(): Promise<void> {
    const { conversationId } = this.session!;
    const query = `watermark=${encodeURIComponent(this.watermark)}`;
    const set = await this.request<ActivitySet>("GET", `/conversations/${enc(conversationId)}/activities?${query}`);
    if (set.watermark) this.watermark = set.watermark;
    if (!set.activities?.length) return;
    this.lastActive = Date.now();
    for (const activity of set.activities) this.activity$.next(activity);
  }

  private async post(activity: Activity): Promise<string> {
    this.lastActive = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        if (!this.session) throw new HttpError(503, 0);
        const path = `/conversations/${enc(this.session.conversationId)}/activities`;
        const { id } = await this.request<{ id: string }>("POST", path, activity);
        this.pollNow();
        return id;
      } catch (error) {
        // A repeat carries the same client activity id, so the server knows it for the same message.
        const final = error instanceof HttpError && error.status < 500 && error.status !== 429;
        if (final || attempt === postAttempts) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
      }
    }
  }

  /** Takes up the conversation this tab had; undefined when there is none or the server no longer knows it. */
  private async resume(): Promise<Session | undefined> {
    const saved = parse(read(() => sessionStorage, sessionKey));
    if (!saved) return undefined;
    try {
      const path = `/conversations/${enc(saved.conversationId)}`;
      const answer = await this.request<Partial<Session>>("GET", path, undefined, saved.token);
      return { conversationId: saved.conversationId, token: answer.token ?? saved.token };
    } catch (error) {
      if (!(error instanceof HttpError) || error.status >= 500 || error.status === 429) throw error;
      write(() => sessionStorage, sessionKey, null);
      return undefined;
    }
  }

  private async start(): Promise<Session> {
    const user = { id: this.options.userId };
    const { token } = await send<{ token: string }>("POST", this.options.tokenUrl, { user });
    const body = { user, locale: this.options.locale };
    const begun = await this.request<Session>("POST", "/conversations", body, token);
    this.watermark = "";
    return { conversationId: begun.conversationId, token: begun.token ?? token };
  }

  private async refresh(): Promise<void> {
    const { token } = await this.request<{ token: string }>("POST", "/tokens/refresh");
    this.session!.token = token;
    this.remember();
  }

  private handle(error: unknown): void {
    // The conversation or its token is gone: a new one begins, and what was said stays on the page.
    if (!(error instanceof HttpError) || ![401, 403, 404].includes(error.status) || !this.session) return;
    write(() => sessionStorage, sessionKey, null);
    this.session = undefined;
  }

  private remember(): void {
    this.refreshAt = Date.now() + refreshEvery;
    write(() => sessionStorage, sessionKey, JSON.stringify(this.session));
  }

  private interval(): number {
    if (document.hidden) return hiddenInterval;
    return Date.now() - this.lastActive > idleAfter ? idleInterval : busyInterval;
  }

  private pollNow(): void {
    if (!document.hidden) this.wake?.();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private setStatus(status: Status): void {
    if (this.connectionStatus$.value !== status) this.connectionStatus$.next(status);
  }

  private request<T>(method: string, path: string, body?: unknown, token = this.session?.token): Promise<T> {
    return send<T>(method, this.options.domain + path, body, token);
  }
}

async function send<T>(method: string, url: string, body?: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), requestTimeout);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok) {
      const seconds = Number(response.headers.get("Retry-After"));
      throw new HttpError(response.status, Math.min(seconds || 0, 60) * 1000);
    }
    return (await response.json()) as T;
  } finally {
    clearTimeout(timer);
  }
}

function parse(saved: string | null): Session | undefined {
  if (!saved) return undefined;
  try {
    const { conversationId, token } = JSON.parse(saved) as Partial<Session>;
    return conversationId && token ? { conversationId, token } : undefined;
  } catch {
    return undefined;
  }
}

/** At most five seconds, and not the same for everybody: after a restart all who wait come back at once. */
function backOff(failures: number): number {
  return Math.min(400 * 2 ** failures, 5_000) * (0.7 + 0.3 * Math.random());
}

const enc = encodeURIComponent;
