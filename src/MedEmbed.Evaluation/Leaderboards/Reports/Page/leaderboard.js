"use strict";
(() => {
  const table = document.getElementById("scores");
  const body = table.tBodies[0];
  const filter = document.getElementById("filter");
  const origin = document.getElementById("origin");
  const metric = document.getElementById("metric");
  const shown = document.getElementById("shown");
  const scores = JSON.parse(document.getElementById("data").textContent);

  // Missing values stand last whichever way a column is sorted.
  function compare(first, second, type, sign) {
    if (type === "text") {
      const one = first.textContent, other = second.textContent;
      return sign * (one < other ? -1 : one > other ? 1 : 0);
    }
    const one = first.dataset.value, other = second.dataset.value;
    if (one === "" || other === "") return (one === "") - (other === "");
    return sign * (Number(one) - Number(other));
  }

  function sort(sorted, column, direction) {
    const heads = [...sorted.tHead.rows[0].cells];
    heads.forEach((head, index) => head.setAttribute("aria-sort", index === column ? direction : "none"));
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...sorted.tBodies[0].rows];
    rows.sort((first, second) => compare(first.cells[column], second.cells[column], heads[column].dataset.type, sign));
    sorted.tBodies[0].append(...rows);
  }

  for (const sorted of document.querySelectorAll("table")) {
    [...sorted.tHead.rows[0].cells].forEach((head, column) => {
      head.querySelector("button")?.addEventListener("click", () => {
        const first = head.dataset.type === "number" ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        sort(sorted, column, head.getAttribute("aria-sort") === first ? second : first);
      });
    });
  }

  function show() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of body.rows) {
      const text = `${row.cells[0].textContent} ${row.cells[2].textContent}`.toLowerCase();
      row.hidden = (origin.value !== "" && row.dataset.origin !== origin.value) || !words.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${body.rows.length} systems shown`;
  }

  function change() {
    for (const row of body.rows) {
      const values = scores[metric.value][Number(row.dataset.row)];
      row.querySelectorAll("td.score").forEach((cell, task) => {
        const entry = values[task];
        const value = cell.querySelector(".value");
        cell.dataset.value = entry ? String(entry[0]) : "";
        value.textContent = entry ? entry[0].toFixed(4) : "–";
        value.classList.toggle("best", Boolean(entry && entry[1]));
        cell.querySelector("sup")?.toggleAttribute("hidden", !entry);
      });
    }
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((head) => head.getAttribute("aria-sort") !== "none");
    if (column >= 0) sort(table, column, heads[column].getAttribute("aria-sort"));
  }

  filter.addEventListener("input", show);
  origin.addEventListener("change", show);
  metric.addEventListener("change", change);
  show();
})();
