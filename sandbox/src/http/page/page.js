// Shows what the sandbox tells of itself, as it happens, and sets rules of faults.
"use strict";

const $ = (id) => document.getElementById(id);

/** Makes an element with a text, which is never read as HTML. */
function made(name, text, className) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

const STATUS = {
  inProgress: ["InProgress", "IN_PROGRESS"],
  partial: ["Partial", "PROCESSED_PARTIALLY_PENDING_RETRY"],
  done: ["Done", "COMPLETED_SUCCESSFULLY"],
  doneWithWarnings: ["Done", "COMPLETED_WITH_WARNINGS"],
  doneWithErrors: ["DoneWithErrors", "COMPLETED_WITH_ERRORS"],
};

const REASON = {
  alreadyKnown: "ignored: the external id is known already",
  unknownBillingAccount: "ignored: the billing account is not known",
  virtualBillingAccount: "ignored: the billing account is virtual itself",
  unknownAccount: "ignored: the account was never created",
};

const time = (millis) => new Date(millis).toLocaleTimeString();

function outcome(item) {
  if (typeof item.outcome === "string") return item.outcome;
  return REASON[item.outcome.ignored] ?? item.outcome.ignored;
}

function refersTo(item) {
  if (item.virtual !== undefined) return "billed through " + item.virtual;
  if (item.transaction !== undefined) return "of account " + item.transaction;
  return "";
}

/** Returns the answer to a GET as JSON, or nothing if there is none. */
async function got(path) {
  const response = await fetch(path).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

/** The rows that are shown, by the id of the bulk request, so that what somebody has opened stays open. */
const rows = new Map();

class Row {
  constructor(id) {
    this.id = id;
    this.details = made("details");
    this.summary = made("summary");
    this.items = made("div", undefined, "scroll");
    this.details.append(this.summary, this.items);
    this.details.addEventListener("toggle", () => this.load());
  }

  show(request) {
    const [className, text] = STATUS[request.status];
    const items = request.total === 1 ? "1 item" : request.total + " items";
    const ignored = request.ignored > 0 ? ", " + request.ignored + " ignored" : "";
    this.summary.replaceChildren(
      made("b", text, className),
      made("span", request.kind + ", " + items + ignored),
      made("span", time(request.receivedAt)),
      made("code", this.id),
    );
    const isNews = this.processed !== request.processed;
    this.processed = request.processed;
    this.isOver = request.status.startsWith("done");
    if (isNews) this.load();
  }

  /** Shows the items, if somebody looks. */
  async load() {
    if (!this.details.open) return;
    const items = await got("/_sandbox/requests/" + encodeURIComponent(this.id) + "/items");
    if (items === undefined) return;
    const table = made("table");
    const head = made("tr");
    head.append(...["external id", "refers to", "outcome"].map((title) => made("th", title)));
    table.append(head);
    for (const item of items) {
      const row = made("tr");
      row.append(made("td", item.externalId), made("td", refersTo(item)), made("td", outcome(item)));
      table.append(row);
    }
    this.items.replaceChildren(table);
  }

  /** Asks how far the request is, which is not among the latest any more. */
  async refresh() {
    if (this.isOver) return;
    const request = await got("/_sandbox/requests/" + encodeURIComponent(this.id));
    if (request !== undefined) this.show(request);
  }
}

function showRequests(requests, total) {
  $("no-requests").hidden = requests.length > 0;
  $("latest").hidden = requests.length === total;
  $("latest").textContent = "The latest " + requests.length + ", and those that were opened.";
  const shown = new Set(requests.map((request) => request.id));
  for (const [id, row] of rows) {
    if (shown.has(id)) continue;
    if (row.details.open) {
      row.refresh();
      continue;
    }
    row.details.remove();
    rows.delete(id);
  }
  // The last accepted comes first; those that are there already keep their place, and the focus.
  for (const request of [...requests].reverse()) {
    if (!rows.has(request.id)) {
      const row = new Row(request.id);
      rows.set(request.id, row);
      $("requests").prepend(row.details);
    }
    rows.get(request.id).show(request);
  }
}

function showRefused(refused) {
  $("no-refused").hidden = refused.length > 0;
  $("refused").replaceChildren(...refused.map((call) => {
    const item = made("li", time(call.at) + " " + (call.operation ?? "another path") + ": " + call.status);
    for (const [code, path] of call.violations.slice(0, 5)) {
      item.append(made("br"), made("code", code + (path ? " at " + path : "")));
    }
    const more = call.violations.length - 5;
    if (more > 0) item.append(made("br"), made("span", "and " + more + " more"));
    return item;
  }));
}

let rules = [];

/** What is shown of a rule, without the part that counts down. */
function ruleText(rule) {
  const words = [rule.fault, "with " + (rule.operation ?? "every operation")];
  if (rule.seconds !== undefined) words.push("of " + rule.seconds + " s");
  if (rule.retryAfter !== undefined) words.push("and Retry-After " + rule.retryAfter);
  if (rule.probability !== undefined) words.push("in " + rule.probability + " of the calls");
  if (rule.from !== undefined) words.push("from second " + rule.from);
  if (rule.until !== undefined) words.push("until second " + rule.until);
  if (rule.count !== undefined) words.push(rule.count + " times more");
  return words.join(", ");
}

function showRules(list) {
  const text = JSON.stringify(list);
  if (text === JSON.stringify(rules)) return;
  rules = list;
  $("no-faults").hidden = list.length > 0;
  $("faults").replaceChildren(...list.map((rule, index) => {
    const item = made("li", ruleText(rule));
    const button = made("button", "Remove");
    button.type = "button";
    button.setAttribute("aria-label", "Remove " + ruleText(rule));
    button.addEventListener("click", () => setRules(rules.filter((_, other) => other !== index)));
    item.append(button);
    return item;
  }));
}

async function setRules(list) {
  const headers = { "content-type": "application/json" };
  const request = fetch("/_sandbox/faults", { method: "PUT", headers, body: JSON.stringify(list) });
  const response = await request.catch(() => undefined);
  if (response === undefined) $("problem").textContent = "The sandbox does not answer: nothing was changed.";
  else $("problem").textContent = response.ok ? "" : await response.text();
}

/** Returns what a field says, if it says something. */
function field(form, name) {
  const input = form.elements[name];
  if (input.value === "" || input.closest("[hidden]")) return undefined;
  return input.type === "number" ? Number(input.value) : input.value;
}

$("add").elements.fault.addEventListener("change", (event) => {
  $("seconds").hidden = !["delay", "lateAnswer"].includes(event.target.value);
  $("retry-after").hidden = event.target.value !== "tooManyRequests";
});

$("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const names = ["fault", "operation", "probability", "count", "seconds", "retryAfter"];
  const rule = Object.fromEntries(names.map((name) => [name, field(event.target, name)]));
  setRules([...rules, rule]);
});

const events = new EventSource("/_sandbox/events");
events.addEventListener("message", (event) => {
  const state = JSON.parse(event.data);
  const count = (number, word) => number + " " + word + (number === 1 ? "" : "s");
  $("counts").textContent = [
    count(state.total, "bulk request"), count(state.accounts, "account"), count(state.transactions, "transaction"),
  ].join(", ");
  showRequests(state.requests, state.total);
  showRefused(state.refused);
  showRules(state.faults);
});
events.addEventListener("failed", () => { $("counts").textContent = "The store can't be read: see the log."; });
events.addEventListener("error", () => { $("counts").textContent = "The sandbox does not answer; trying again."; });
