// Draws a chart before each table that asks for one; the table stays, and is what is read aloud and printed.
//
//   <table data-chart="bar|line" data-label="0" data-values="2,3" data-most="20">
//
// data-label is the column that names a row, data-values those that are drawn (all with numbers, if not stated). A cell
// states its number in data-value, or is read as printed. data-most rows are drawn at most.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

const MOST_ROWS = 40;
const MOST_LETTERS = 24;
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
// Colours that differ in lightness too; lines also by their dashes and points.
const LIGHT = ["#8a1c1c", "#1f5f8b", "#b36b00", "#3d6b35", "#5b3a8c"];
const DARK = ["#f0a39b", "#8cc4ec", "#f2c56b", "#a5d39a", "#c9b3ee"];
const DASHES = [[], [6, 3], [2, 3], [10, 4, 2, 4], [1, 2]];
const POINTS = ["circle", "rect", "triangle", "rectRot", "cross"];

const text = (cell) => cell?.textContent.trim().replace(/\s+/g, " ") ?? "";

function number(cell) {
  const printed = (cell?.dataset.value ?? text(cell)).replaceAll(",", "").replace("−", "-");
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(printed) ? Number(printed) : null;
}

// The end of an address tells more than its beginning.
function named(cell) {
  const printed = text(cell);
  const short = /^https?:\/\//.test(printed) ? printed.replace(/^.*[/#](?=.)/, "") : printed;
  return short.length > MOST_LETTERS ? `${short.slice(0, MOST_LETTERS)}…` : short;
}

function columns(stated) {
  return stated ? stated.split(",").map(Number) : [];
}

function readTable(table) {
  const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])].map(text);
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => [...row.cells]);
  return { heads, rows };
}

function draw(table, kind, label, values, most) {
  const { heads, rows } = readTable(table);
  const shown = rows.slice(0, most);
  const drawn = values.length
    ? values
    : heads.map((_, place) => place).filter((place) => place !== label && shown.some((row) => number(row[place]) !== null));
  const [series, ink, grid] = dark.matches ? [DARK, "#ececea", "#4a4a45"] : [LIGHT, "#1d1d1b", "#cfcdc4"];
  const data = {
    labels: shown.map((row) => named(row[label])),
    datasets: drawn.map((place, index) => ({
      label: heads[place],
      data: shown.map((row) => number(row[place])),
      backgroundColor: series[index % series.length],
      borderColor: series[index % series.length],
      borderDash: kind === "line" ? DASHES[index % DASHES.length] : [],
      borderWidth: kind === "line" ? 2 : 0,
      pointStyle: POINTS[index % POINTS.length],
      pointRadius: 4,
    })),
  };
  const figure = document.createElement("figure");
  figure.className = "chart";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", text(table.caption) || drawn.map((place) => heads[place]).join(", "));
  figure.append(canvas);
  const beside = table.closest(".wide, details") ?? table;
  if (beside.previousElementSibling?.matches("figure.chart")) {
    Chart.getChart(beside.previousElementSibling.querySelector("canvas"))?.destroy();
    beside.previousElementSibling.remove();
  }
  beside.before(figure);
  const axis = (extra) => ({ ticks: { color: ink, ...extra }, grid: { color: grid }, border: { color: grid } });
  const horizontal = kind === "bar" && shown.length > 6;
  figure.classList.toggle("tall", horizontal && shown.length > 16);
  new Chart(canvas, {
    type: kind,
    data,
    options: {
      animation: still.matches ? false : { duration: 300 },
      maintainAspectRatio: false,
      indexAxis: horizontal ? "y" : "x",
      locale: document.documentElement.lang,
      scales: {
        [horizontal ? "y" : "x"]: axis({ autoSkip: shown.length > 24 }),
        [horizontal ? "x" : "y"]: { ...axis({}), beginAtZero: kind === "bar" },
      },
      plugins: { legend: { display: drawn.length > 1, labels: { color: ink, usePointStyle: kind === "line" } } },
    },
  });
}

function drawStated() {
  for (const table of document.querySelectorAll("table[data-chart]")) {
    const { chart, label, values, most } = table.dataset;
    draw(table, chart, Number(label ?? 0), columns(values), Number(most ?? MOST_ROWS));
  }
}

// The form that chooses what of an answer is drawn.
for (const form of document.querySelectorAll("form[data-plots]")) {
  const table = document.getElementById(form.dataset.plots);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { kind, label, value } = form.elements;
    Object.assign(table.dataset, { chart: kind.value, label: label.value, values: value.value });
    drawStated();
    form.parentElement.querySelector("figure.chart canvas")?.scrollIntoView({ block: "nearest" });
  });
}

drawStated();
dark.addEventListener("change", drawStated);
