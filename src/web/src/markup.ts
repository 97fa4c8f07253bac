const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * The little of Markdown that our bot writes: `**bold**`, line breaks and addresses as links. Everything else is
 * text, escaped, so that nothing a person typed can become markup.
 */
export function markup(text: string): string {
  const html = text
    .replace(/[&<>"']/g, (c) => entities[c]!)
    .replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>")
    .replace(/https?:\/\/[^\s<>，。；！？、（）]+/g, (url) => {
      const tail = /[.,;:!?)]+$/.exec(url)?.[0] ?? "";
      const href = url.slice(0, url.length - tail.length);
      return `<a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a>${tail}`;
    })
    .replace(/\r?\n/g, "<br>");
  // Web Chat drops text that stands in no element.
  return `<p>${html}</p>`;
}
