
"use strict";
(() => {
  const entries = [...document.querySelectorAll("details.entry")];
  const form = document.getElementById("search");
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const all = document.getElementById("open-all");
  const texts = new Map();

  // The text of an entry is read when it is searched for the first time.
  const text = (entry) => {
    if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
    return texts.get(entry);
  };
  const search = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let count = 0;
    for (const entry of entries) {
      const fits = wanted.every((word) => text(entry).includes(word));
      entry.hidden = !fits;
      if (fits) count += 1;
    }
    found.textContent = wanted.length === 0 ? "" : `${count} of ${entries.length} entries`;
  };
  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.hidden = false;
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
    (target.querySelector("summary") ?? target).focus({ preventScroll: true });
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  let timer = 0;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  all.addEventListener("click", () => {
    const open = all.textContent === "Open all";
    for (const entry of entries) if (!entry.hidden) entry.open = open;
    all.textContent = open ? "Close all" : "Open all";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== words && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      words.focus();
    } else if (event.key === "Escape" && document.activeElement === words) {
      words.value = "";
      search();
    }
  });
  window.addEventListener("hashchange", openTarget);
  // A second click on the same link changes no hash.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (link && link.getAttribute("href") === location.hash) openTarget();
  });
  openTarget();

  const diagram = document.querySelector(".diagram");
  if (!diagram) return;
  const svg = diagram.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  let size = 1;
  const resize = (next) => {
    size = Math.min(4, Math.max(0.1, next));
    svg.setAttribute("width", String(width * size));
    svg.setAttribute("height", String(height * size));
  };
  const sizes = document.getElementById("sizes");
  sizes.hidden = false;
  sizes.addEventListener("click", (event) => {
    const step = event.target instanceof Element ? event.target.getAttribute("data-size") : null;
    if (step !== null) resize({ smaller: size / 1.25, larger: size * 1.25, full: 1 }[step]);
  });
  let from = null;
  diagram.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) {
      from = { x: event.clientX, y: event.clientY, left: diagram.scrollLeft, top: diagram.scrollTop };
    }
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const moved = Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y);
    if (moved > 4) diagram.classList.add("dragged");
    diagram.scrollLeft = from.left - (event.clientX - from.x);
    diagram.scrollTop = from.top - (event.clientY - from.y);
  });
  window.addEventListener("pointerup", () => {
    from = null;
    // A click follows at once, and must still see that this was no click.
    setTimeout(() => diagram.classList.remove("dragged"));
  });
  diagram.addEventListener("dragstart", (event) => event.preventDefault());
  diagram.addEventListener("click", (event) => {
    if (diagram.classList.contains("dragged")) event.preventDefault();
  }, true);
})();
