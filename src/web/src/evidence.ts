/**
 * Checks an evidence file against published roots, in the browser alone: nothing is sent anywhere. It does what
 * `verify-evidence` does; docs/evidence.md tells the steps. All words come from the page.
 */
interface Opened { sealed: string; key: string; text: string }
interface Event_ {
  version: number; content?: string; type?: string; at?: number; payload?: string; items?: string[]; opened?: Opened[];
}
interface Message { version: number; id: string; payload: string; status: string; opened?: Opened[] }
interface Evidence {
  format: string; company: string; number: string; stream: string; made: string; reader: string;
  events: Event_[]; messages: Message[];
  leaf: { version: number; hash: string; index: number; size: number; path: string[] };
  root: string;
}
interface Line { date: string; at: string; size: number; root: string; previous: string; signature: string }

class Wrong extends Error {}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const none = "0".repeat(64);

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function unhex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Wrong("hash");
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

function unbase64(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text);
  return Uint8Array.from({ length: raw.length }, (_, i) => raw.charCodeAt(i));
}

async function sha(data: Uint8Array<ArrayBuffer> | string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof data === "string" ? encoder.encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const node = (left: Uint8Array, right: Uint8Array) => sha(join(Uint8Array.of(1), left, right));

async function attached(items: string[] | undefined): Promise<string> {
  if (!items || items.length === 0) return "-";
  return hex(await sha([...items].sort().map((item) => `${item}\n`).join("")));
}

/** All texts within a value of JSON. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** Each value shown is in the payload, and its own key opens it to what is said. */
async function checkOpened(payload: Uint8Array, opened: Opened[] | undefined): Promise<void> {
  if (!opened) return;
  const there = new Set(strings(JSON.parse(decoder.decode(payload))));
  for (const value of opened) {
    if (!value.sealed.startsWith("p1:") || !there.has(value.sealed)) throw new Wrong("opened");
    const sealed = unbase64(value.sealed.slice(3));
    const key = unbase64(value.key);
    const commitment = sealed.slice(16, 48);
    if (hex(await sha(join(encoder.encode("commitment"), key))) !== hex(commitment)) throw new Wrong("opened");
    const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const plain = await crypto.subtle
      .decrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: commitment }, cipher, sealed.slice(48))
      .catch(() => { throw new Wrong("opened"); });
    if (decoder.decode(plain) !== value.text) throw new Wrong("opened");
  }
}

/** The text put to the resident has the hash that stands beside it, which is what they sign. */
async function checkSigned(payload: Uint8Array, opened: Opened[] | undefined): Promise<void> {
  const data = (JSON.parse(decoder.decode(payload)) as { d?: { text?: string; textHash?: string } }).d;
  if (!data?.textHash || !data.text) return;
  const shown = opened?.find((value) => value.sealed === data.text);
  if (shown && hex(await sha(shown.text)) !== data.textHash) throw new Wrong("signed");
}

async function contentOf(file: Evidence, event: Event_, messages: Message[]): Promise<string> {
  if (event.payload === undefined) {
    if (!event.content || unhex(event.content).length !== 32 || messages.length > 0) throw new Wrong("event");
    return event.content;
  }
  const payload = unbase64(event.payload);
  for (const message of messages) {
    const body = unbase64(message.payload);
    const item = hex(await sha(`message\n${message.id}\n${hex(await sha(body))}\n`));
    if (!event.items?.includes(item)) throw new Wrong("message");
    await checkOpened(body, message.opened);
  }
  await checkOpened(payload, event.opened);
  await checkSigned(payload, event.opened);
  const text = `${file.stream}\n${event.version}\n${event.type ?? ""}\n${event.at ?? 0}\n`
    + `${hex(await sha(payload))}\n${await attached(event.items)}\n`;
  return hex(await sha(text));
}

/** The hashes of all events, in order. */
async function chain(file: Evidence): Promise<string[]> {
  const hashes: string[] = [];
  for (const event of file.events) {
    if (event.version !== hashes.length + 1) throw new Wrong("event");
    const mine = file.messages.filter((message) => message.version === event.version);
    const content = await contentOf(file, event, mine);
    hashes.push(hex(await sha(`${hashes.at(-1) ?? none}\n${content}\n`)));
  }
  if (file.messages.some((message) => !(message.version >= 1 && message.version <= hashes.length))) throw new Wrong("message");
  return hashes;
}

/** RFC 9162, section 2.1.3.2; sizes may be beyond 32 bits, so no bit operators. */
async function included(index: number, size: number, leaf: Uint8Array, path: Uint8Array[], root: string): Promise<boolean> {
  if (!(index >= 0 && index < size)) return false;
  let [at, last] = [index, size - 1];
  const up = () => { [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]; };
  let hash = leaf;
  for (const other of path) {
    if (last === 0 || other.length !== 32) return false;
    if (at % 2 === 1 || at === last) {
      hash = await node(other, hash);
      while (at % 2 === 0 && at !== 0) up();
    } else {
      hash = await node(hash, other);
    }
    up();
  }
  return last === 0 && hex(hash) === root;
}

async function checkRoot(text: string, line: Line, roots: string[], pem: string | null): Promise<void> {
  const published = roots.find((root) => (JSON.parse(root) as Line).date === line.date);
  if (published === undefined) throw new Wrong("noroot");
  if (published.trim() !== text) throw new Wrong("otherroot");
  if (pem === null) return;
  const spki = unbase64(pem.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""));
  const key = await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const data = encoder.encode(`${line.date}\n${line.at}\n${line.size}\n${line.root}\n${line.previous}\n`);
  const good = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, unbase64(line.signature), data);
  if (!good) throw new Wrong("signature");
}

async function check(file: Evidence, roots: string[], pem: string | null): Promise<{ date: string; covered: number }> {
  if (file.format !== "customercomm-evidence-1") throw new Wrong("format");
  const hashes = await chain(file);
  const line = JSON.parse(file.root) as Line;
  const { leaf } = file;
  if (hashes[leaf.version - 1] !== leaf.hash || leaf.size !== line.size) throw new Wrong("proof");
  const hash = await sha(join(Uint8Array.of(0), encoder.encode(`${file.stream}\n${leaf.version}\n${leaf.hash}\n`)));
  if (!(await included(leaf.index, leaf.size, hash, leaf.path.map(unhex), line.root))) throw new Wrong("proof");
  await checkRoot(file.root, line, roots, pem);
  return { date: line.date, covered: leaf.version };
}

function start(page: HTMLElement): void {
  const word = (key: string) => page.dataset[key] ?? key;
  const result = page.querySelector<HTMLElement>("#result");
  const table = page.querySelector<HTMLTableSectionElement>("#events");
  const input = page.querySelector<HTMLInputElement>("input[type=file]");
  if (!result || !table || !input) return;
  let evidence: string | null = null;
  let roots: string[] | null = null;
  let pem: string | null = null;

  const say = (text: string, kind: string) => {
    result.textContent = text;
    result.className = `notice notice--${kind}`;
  };

  const show = (file: Evidence, covered: number) => {
    table.replaceChildren(...file.events.map((event) => {
      const row = document.createElement("tr");
      const when = event.at === undefined ? "" : new Date(event.at).toISOString();
      const said = [event, ...file.messages.filter((message) => message.version === event.version)]
        .flatMap((part) => part.opened ?? []).map((value) => value.text);
      for (const cell of [
        String(event.version), when, event.type ?? word("hidden"), said.join(" · "),
        event.version <= covered ? word("yes") : word("notyet"),
      ]) row.insertCell().textContent = cell;
      return row;
    }));
  };

  const run = async () => {
    table.replaceChildren();
    if (evidence === null || roots === null) {
      say(word(evidence === null ? "needfile" : "needroots"), "info");
      return;
    }
    try {
      const file = JSON.parse(evidence) as Evidence;
      const { date, covered } = await check(file, roots, pem);
      say(word(pem === null ? "ok" : "oksigned").replace("{number}", file.number).replace("{day}", date), "ok");
      show(file, covered);
    } catch (error) {
      const key = error instanceof Wrong ? `wrong${error.message}` : "wrongfile";
      say(`${word("bad")} ${word(key)}`, "error");
    }
  };

  const take = async (files: Iterable<File>) => {
    for (const file of files) {
      const text = await file.text();
      if (text.startsWith("-----BEGIN PUBLIC KEY")) pem = text;
      else if (/"format"\s*:/.test(text)) evidence = text;
      else roots = text.split("\n").map((line) => line.trim()).filter((line) => line.length > 0);
    }
    await run();
  };

  if (!globalThis.crypto?.subtle) {
    say(word("nocrypto"), "error");
    return;
  }
  input.addEventListener("change", () => void take(input.files ?? []));
  page.addEventListener("dragover", (event) => event.preventDefault());
  page.addEventListener("drop", (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files ?? []);
  });
}

const page = document.getElementById("evidence");
if (page) start(page);
