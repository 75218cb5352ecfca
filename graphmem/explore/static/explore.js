// What links and forms cannot do: the small graph, and the keys of the review.
"use strict";

function drawGraph(place) {
  const told = JSON.parse(place.dataset.graph);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  place.classList.add("drawn");
  const graph = cytoscape({
    container: place,
    elements: [
      ...told.nodes.map((n) => ({ data: { id: n.id, name: n.name } })),
      ...told.edges.map((e, i) => ({ data: { id: `edge${i}`, ...e } })),
    ],
    layout: { name: "preset", fit: false },
    userZoomingEnabled: false,
    userPanningEnabled: false,
    boxSelectionEnabled: false,
  });
  const placed = () => {
    const [wide, high] = [place.clientWidth - 120, place.clientHeight - 70];
    for (const n of told.nodes) graph.getElementById(n.id).position({ x: 60 + n.x * wide, y: 28 + n.y * high });
  };
  const paint = () => graph.style([
    { selector: "node", style: {
      label: "data(name)", "font-size": 13, "font-family": "system-ui, sans-serif", color: color("--ink"), width: 14, height: 14,
      "background-color": color("--graph-node"), "text-valign": "bottom", "text-margin-y": 4,
      "text-outline-color": color("--card"), "text-outline-width": 2 } },
    { selector: `node[id = "${place.dataset.center}"]`, style: { "background-color": color("--graph-center"), width: 20, height: 20 } },
    { selector: "edge", style: { width: "mapData(weight, 0, 1, 1, 5)", "line-color": color("--graph-edge"), "curve-style": "straight" } },
  ]);
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new ResizeObserver(() => { graph.resize(); placed(); }).observe(place);
  graph.on("tap", "node", (event) => { location.href = place.dataset.href.replace("ID", encodeURIComponent(event.target.id())); });
}

function answerByKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const doubts = [...document.querySelectorAll(".doubt")].filter((one) => !one.hidden);
  if (!doubts.length || !["1", "2", "3", "4"].includes(event.key)) return;
  if (event.key === "4") later(doubts[0]);
  else doubts[0].querySelector(`button[value="${event.key}"]`)?.click();
}

function later(doubt) {
  doubt.hidden = true;
  document.querySelector(".doubt:not([hidden])")?.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("graph");
  if (place && window.cytoscape) drawGraph(place);
  document.addEventListener("keydown", answerByKey);
  for (const button of document.querySelectorAll(".later")) {
    button.addEventListener("click", () => later(button.closest(".doubt")));
  }
});
