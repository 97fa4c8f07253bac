/** Fonts every system has; none is fetched. */
export const fonts =
  'system-ui, -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Web Chat in the colours of site.css; sizes are touch sizes. */
export function styleOptions(dark: boolean) {
  const c = dark
    ? { page: "#161b1f", card: "#20272c", line: "#3a454c", text: "#e8edef", muted: "#a9b5bb", accent: "#7cc7c0",
        own: "#14504b", ownText: "#ffffff" }
    : { page: "#f5f7f7", card: "#ffffff", line: "#d5dcdd", text: "#1c2528", muted: "#566469", accent: "#0b6b64",
        own: "#0b6b64", ownText: "#ffffff" };
  return {
    accent: c.accent,
    backgroundColor: c.page,
    subtle: c.muted,
    primaryFont: fonts,
    monospaceFont: "monospace",
    paddingRegular: 12,
    bubbleBackground: c.card,
    bubbleBorderColor: c.line,
    bubbleBorderRadius: 12,
    bubbleTextColor: c.text,
    bubbleMaxWidth: 560,
    bubbleMinHeight: 40,
    bubbleFromUserBackground: c.own,
    bubbleFromUserBorderColor: c.own,
    bubbleFromUserBorderRadius: 12,
    bubbleFromUserTextColor: c.ownText,
    botAvatarInitials: undefined,
    hideUploadButton: true,
    sendBoxBackground: c.card,
    sendBoxBorderTop: `solid 1px ${c.line}`,
    sendBoxButtonColor: c.accent,
    sendBoxButtonColorOnFocus: c.accent,
    sendBoxButtonColorOnHover: c.accent,
    sendBoxHeight: 52,
    sendBoxPlaceholderColor: c.muted,
    sendBoxTextColor: c.text,
    sendBoxTextWrap: true,
    sendBoxMaxHeight: 160,
    suggestedActionBackgroundColor: c.card,
    suggestedActionBackgroundColorOnHover: c.page,
    suggestedActionBorderColor: c.accent,
    suggestedActionBorderRadius: 22,
    suggestedActionBorderWidth: 1,
    suggestedActionHeight: 44,
    suggestedActionLayout: "flow" as const,
    suggestedActionTextColor: c.accent,
    timestampColor: c.muted,
    timestampFormat: "absolute" as const,
    transitionDuration: "0.15s",
    autoScrollSnapOnPage: true,
  };
}
