import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { fonts } from "./style";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** One bar; `label` is already in the reader's language. */
interface Count {
  label: string;
  count: number;
}

/** One step of the procedure: how often it was done in time and how often late. */
interface Timely {
  label: string;
  onTime: number;
  late: number;
}

/** Counts of some months in a row, one line a name. */
interface Trend {
  months: string[];
  lines: { label: string; values: number[] }[];
}

/** What the page puts into `<script type="application/json" id="report-data">`. Every part may be left out. */
export interface ReportData {
  category?: Count[];
  department?: Count[];
  timeliness?: Timely[];
  satisfaction?: Count[];
  /** By the name of the chart, which begins with `trend-`. */
  trends?: Record<string, Trend>;
}

interface Words {
  count: string;
  onTime: string;
  late: string;
  empty: string;
}

type Chart = ReturnType<typeof init>;

const source = document.getElementById("report-data");
const words: Words = {
  count: source?.dataset.count ?? "",
  onTime: source?.dataset.onTime ?? "",
  late: source?.dataset.late ?? "",
  empty: source?.dataset.empty ?? "",
};
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const print = window.matchMedia("print");
const rowHeight = 34;
const trendHeight = 320;
/** Told apart by shape as well as by colour. */
const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow"];

function colours() {
  return dark.matches && !print.matches
    ? { bar: "#5cb3ab", good: "#5cb3ab", bad: "#f0a04b", text: "#e8edef", line: "#3a454c", card: "#20272c" }
    : { bar: "#0b6b64", good: "#0b6b64", bad: "#b4540a", text: "#1c2528", line: "#d5dcdd", card: "#ffffff" };
}

function option(place: HTMLElement, data: ReportData) {
  const kind = place.dataset.chart ?? "";
  const c = colours();
  const rows = data[kind as "category"] ?? [];
  const stacked = kind === "timeliness";
  const timely = (data.timeliness ?? []).map((r) => ({ ...r }));
  const series = stacked
    ? [
        bar(words.onTime, timely.map((r) => r.onTime), c.good, c, "time"),
        bar(words.late, timely.map((r) => r.late), c.bad, c, "time"),
      ]
    : [bar(words.count, rows.map((r) => r.count), c.bar, c)];
  return {
    aria: {
      enabled: true,
      label: { description: description(place, kind, data) },
      decal: { show: stacked },
    },
    animation: false,
    textStyle: { fontFamily: fonts, color: c.text },
    grid: { left: 8, right: 40, top: stacked ? 36 : 8, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis" as const,
      axisPointer: { type: "shadow" as const },
      backgroundColor: c.card,
      borderColor: c.line,
      textStyle: { color: c.text },
      confine: true,
    },
    ...(stacked && { legend: { top: 0, left: 0, textStyle: { color: c.text } } }),
    xAxis: {
      type: "value" as const,
      minInterval: 1,
      axisLabel: { color: c.text },
      splitLine: { lineStyle: { color: c.line } },
    },
    yAxis: {
      type: "category" as const,
      inverse: true,
      data: rows.map((r) => r.label),
      axisLabel: { color: c.text, width: 120, overflow: "truncate" as const },
      axisLine: { lineStyle: { color: c.line } },
      axisTick: { show: false },
    },
    series,
  };
}

function trendOption(place: HTMLElement, trend: Trend) {
  const c = colours();
  const palette = dark.matches && !print.matches
    ? ["#5cb3ab", "#f0a04b", "#8fb4f0", "#e58fb0", "#b9d36b", "#c9a5f2"]
    : ["#0b6b64", "#b4540a", "#2456a6", "#a01f5c", "#55700f", "#6a3fa0"];
  const axis = { axisLabel: { color: c.text }, splitLine: { lineStyle: { color: c.line } } };
  return {
    aria: { enabled: true, label: { description: trendText(place, trend) } },
    animation: false,
    color: palette,
    textStyle: { fontFamily: fonts, color: c.text },
    grid: { left: 8, right: 16, top: 64, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: c.text }, type: "scroll" as const },
    tooltip: {
      trigger: "axis" as const,
      backgroundColor: c.card,
      borderColor: c.line,
      textStyle: { color: c.text },
      confine: true,
    },
    xAxis: { type: "category" as const, data: trend.months, ...axis, axisLine: { lineStyle: { color: c.line } } },
    yAxis: { type: "value" as const, minInterval: 1, ...axis },
    series: trend.lines.map((line, i) => ({
      type: "line" as const,
      name: line.label,
      data: line.values,
      symbol: symbols[i % symbols.length],
      symbolSize: 8,
    })),
  };
}

function trendText(place: HTMLElement, trend: Trend): string {
  const lines = trend.lines.map((l) => `${l.label} ${l.values.join(", ")}`).join("; ");
  return `${place.dataset.title ?? ""}: ${trend.months[0]} – ${trend.months[trend.months.length - 1]}; ${lines}`;
}

function bar(name: string, values: number[], color: string, c: ReturnType<typeof colours>, stack?: string) {
  return {
    type: "bar" as const,
    name,
    data: values.map((value) => ({
      value,
      label: { show: value > 0 && (!stack || color === c.bad) },
    })),
    barMaxWidth: 22,
    itemStyle: { color },
    label: { position: "right" as const, color: c.text },
    ...(stack && { stack }),
  };
}

function draw(place: HTMLElement, data: ReportData): Chart | undefined {
  const kind = place.dataset.chart ?? "";
  const trend = data.trends?.[kind];
  if (trend) {
    place.style.height = `${trendHeight}px`;
    place.setAttribute("role", "img");
    const lines = init(place, undefined, { renderer: "svg" });
    lines.setOption(trendOption(place, trend));
    return lines;
  }

  const rows = data[kind as "category"];
  if (!rows) return undefined;
  if (rows.length === 0) {
    place.textContent = words.empty;
    place.classList.add("muted");
    return undefined;
  }

  place.style.height = `${rows.length * rowHeight + (kind === "timeliness" ? 76 : 48)}px`;
  place.setAttribute("role", "img");
  const chart = init(place, undefined, { renderer: "svg" });
  chart.setOption(option(place, data));
  return chart;
}

/** What the chart says, in few words; the table beside it stays the primary content. */
function description(place: HTMLElement, kind: string, data: ReportData): string {
  const values = kind === "timeliness"
    ? (data.timeliness ?? []).map((r) => `${r.label} ${words.onTime} ${r.onTime}, ${words.late} ${r.late}`)
    : (data[kind as "category"] ?? []).map((r) => `${r.label} ${r.count}`);
  const title = place.dataset.title ?? "";
  return (title ? `${title}: ` : "") + values.join("; ");
}

function read(): ReportData | undefined {
  const text = source?.textContent;
  try {
    return text ? (JSON.parse(text) as ReportData) : undefined;
  } catch {
    // The tables on the page hold the same numbers; the charts are left out.
    return undefined;
  }
}

const data = read();
if (data) {
  const drawn = new Map<HTMLElement, Chart>();
  for (const place of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    const chart = draw(place, data);
    if (!chart) continue;
    drawn.set(place, chart);
    new ResizeObserver(() => chart.resize()).observe(place);
  }
  const repaint = () => {
    for (const [place, chart] of drawn) {
      const trend = data.trends?.[place.dataset.chart ?? ""];
      chart.setOption(trend ? trendOption(place, trend) : option(place, data));
    }
  };
  dark.addEventListener("change", repaint);
  print.addEventListener("change", repaint);
}
