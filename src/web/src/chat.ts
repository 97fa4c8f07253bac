import ReactWebChat from "botframework-webchat-component";
import { createElement, type FunctionComponent, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { DirectLine } from "./directline";
import { markup } from "./markup";
import { read, write } from "./storage";
import { styleOptions } from "./style";

const userKey = "customercomm.user";
const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** What we set of Web Chat; its own type wants the stock client, private members and all. */
const WebChat = ReactWebChat as unknown as FunctionComponent<{
  directLine: DirectLine;
  userID: string;
  locale: string;
  renderMarkdown: (text: string) => string;
  styleOptions: ReturnType<typeof styleOptions>;
}>;

/** One person on one device. Not prefixed `dl_`: only a token may say that. */
function userId(): string {
  const known = read(() => localStorage, userKey);
  if (known && /^r_[0-9a-f]{32}$/.test(known)) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const fresh = "r_" + Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  write(() => localStorage, userKey, fresh);
  return fresh;
}

function Chat({ directLine, user, locale }: { directLine: DirectLine; user: string; locale: string }) {
  const [night, setNight] = useState(dark.matches);
  useEffect(() => {
    const listen = () => setNight(dark.matches);
    dark.addEventListener("change", listen);
    return () => dark.removeEventListener("change", listen);
  }, []);
  return createElement(WebChat, {
    directLine,
    userID: user,
    locale,
    renderMarkdown: markup,
    styleOptions: styleOptions(night),
  });
}

/** The bundle holds Web Chat's words in Chinese and English only. */
function language(tag: string): string {
  if (tag === "" || /^zh\b/i.test(tag)) return /hant|tw|hk|mo/i.test(tag) ? "zh-TW" : "zh-CN";
  return "en-US";
}

const host = document.getElementById("webchat");
if (host) {
  const domain = host.dataset.domain ?? "/v3/directline";
  const tokenUrl = host.dataset.tokenUrl ?? `${domain}/tokens/generate`;
  const locale = language(document.documentElement.lang);
  const user = userId();
  const directLine = new DirectLine({ domain, tokenUrl, userId: user, locale });
  host.replaceChildren();
  createRoot(host).render(createElement(Chat, { directLine, user, locale }));
}
