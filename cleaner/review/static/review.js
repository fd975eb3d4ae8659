// The pages of a review work as links and forms. This makes them quick: forms are sent without leaving the page, keys do what
// the buttons do, and letters that are selected in the text can be mended.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const main = () => $("#main");

// ---- what is said ---------------------------------------------------------------------------------------------------

let telling;
function tell(said) {
  $("#fault").hidden = true;
  $("#told").textContent = said;
  clearTimeout(telling);
  telling = setTimeout(() => ($("#told").textContent = ""), 8000);
}

function complain({ error, hint }) {
  const fault = $("#fault");
  fault.textContent = hint ? `${error}. ${hint}.` : error;
  fault.hidden = false;
  $("#told").textContent = "";
}

// ---- asking ---------------------------------------------------------------------------------------------------------

async function ask(path, values) {
  const options = values && { method: "POST", body: JSON.stringify(values), headers: { "Content-Type": "application/json" } };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw { error: "The review does not answer", hint: "Start it again with 'cleaner review', and open its new address" };
  }
  const found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : await answer.text();
  if (!answer.ok) throw typeof found === "string" ? { error: `${answer.status} ${answer.statusText}` } : found;
  return found;
}

const base = () => ({ file: main().dataset.file, version: main().dataset.version });
const shown = () => [...new Set($$("[data-id]").map((one) => one.dataset.id))];

function update({ states = {}, progress, undo }) {
  for (const one of $$("[data-id]")) {
    const state = states[one.dataset.id];
    if (!state) continue;
    one.dataset.verdict = state.verdict;
    const sign = $(".sign", one), said = $(".said", one);
    if (sign) sign.textContent = state.sign;
    if (said) said.textContent = state.said;
  }
  if (progress) {
    $("#far").textContent = progress.said;
    $("#bar").value = progress.settled;
  }
  if (undo !== undefined) $("#undo").disabled = !undo;
}

async function renew() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const id = current()?.dataset.id;
  for (const part of ["#main", ".head"]) {
    const [old, fresh] = [$(part), $(part, page)];
    if (old && fresh) old.replaceWith(fresh);
  }
  document.title = page.title;
  if (id) goTo($$(".item").find((one) => one.dataset.id === id), { quiet: true });
  load();
}

async function send(form, submitter) {
  const values = { ...Object.fromEntries(new FormData(form, submitter)), ...(main().dataset.file ? base() : {}), shown: shown() };
  delete values.back;
  const chosen = new FormData(form).getAll("ids");
  if (chosen.length || form.id === "chosen") values.ids = chosen;
  Object.assign(values, extra(form));
  try {
    const found = await ask(form.getAttribute("action"), values);
    form.closest("dialog")?.close();
    if (form.classList.contains("renews")) await renew();
    update(found);
    if (!found.said) return false;
    tell(found.said);
    const group = form.closest(".group");
    if (group) {
      $(".line .said", group).textContent = found.said;
      group.dataset.verdict = values.verdict;
    }
    return true;
  } catch (problem) {
    complain(problem);
    if (main().dataset.file) ask("/state", { ...base(), shown: shown() }).then(update, () => {});
    return false;
  }
}

// What a dialog sends beside its fields.
function extra(form) {
  if (form.closest("#mend")) return { ...mending, new: $("textarea", form).value };
  if (form.closest("#say")) return { spans: lineSpans(form) };
  return {};
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.classList.contains("live")) return;
  event.preventDefault();
  const item = form.closest(".item") ?? (form.closest("#panel") && current());
  const buttons = $$("button", form);
  if (form.getAttribute("action") === "/clean") {
    tell("Cleaning ...");
    form.setAttribute("aria-busy", "true");
    buttons.forEach((button) => (button.disabled = true));
  }
  const done = await send(form, event.submitter);
  if (form.isConnected && form.getAttribute("action") === "/clean") {
    form.removeAttribute("aria-busy");
    buttons.forEach((button) => (button.disabled = false));
  }
  if (done && item?.isConnected && item === current() && form.getAttribute("action") === "/decide") step(1);
});

// ---- the current change ---------------------------------------------------------------------------------------------

const current = () => $('.item[aria-current="true"]');

function goTo(item, { quiet = false } = {}) {
  if (!item) return;
  current()?.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  if (!quiet) {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
  if ($("#panel")) open(item.dataset.id);
}

function step(by) {
  const items = $$(".item"), now = current(), here = items.indexOf(now);
  let next = here < 0 ? firstSeen(items) : here + by;
  // a change that stands in several places is one
  while (now?.dataset.id && items[next]?.dataset.id === now.dataset.id) next += by;
  if (items[next]) goTo(items[next]);
  else tell(by > 0 ? "This is the last one here: n leads on." : "This is the first one here: p leads back.");
}

function firstSeen(items) {
  const found = items.findIndex((one) => one.getBoundingClientRect().bottom > 0);
  return Math.max(0, found);
}

let wanted;
async function open(id) {
  const panel = $("#panel");
  if (!id) return;
  wanted = id;
  try {
    const found = await ask(`/change?${new URLSearchParams({ file: main().dataset.file, id, alone: 1 })}`);
    if (wanted !== id) return;
    panel.replaceChildren(...new DOMParser().parseFromString(found, "text/html").body.childNodes);
    panel.classList.add("full");
  } catch (problem) {
    complain(problem);
  }
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const mark = target.closest("a.mark");
  if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (getSelection().isCollapsed) goTo(mark);
    return;
  }
  const opens = target.closest("[data-opens]");
  if (opens) $(`#${opens.dataset.opens}`).showModal();
  if (target.closest(".closes")) target.closest("dialog").close();
  if (target.closest("[data-chooses]")) {
    const boxes = $$('input[name="ids"][type="checkbox"]'), all = boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = !all));
  }
  if (target.closest("button.mend")) mendParagraph(target.closest(".para"));
  if (target.closest("button.say")) sayLines(target.closest(".para"));
  if (target.closest("#mend-here")) mendSelection();
  const item = target.closest(".item");
  if (item && !target.closest("a, button, input, select, textarea, label")) goTo(item, { quiet: true });
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.(".item");
  if (item && item !== current()) goTo(item, { quiet: true });
});

// ---- keys -----------------------------------------------------------------------------------------------------------

const press = (selector) => {
  const place = $("#panel .change") ? $("#panel") : current();
  const button = place && $(selector, place);
  if (button) button.click();
  else tell("Choose a change first: j");
};

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press('.acts button[value="accept"]'),
  r: () => press('.acts button[value="reject"]'),
  w: () => press(".withdraw button"),
  e: () => {
    const field = $(".edit textarea", $("#panel .change") ?? current() ?? document);
    field?.focus();
    field?.select();
  },
  s: () => press("a.like"),
  t: () => press("a.there"),
  x: () => press('input[type="checkbox"]'),
  u: () => $("#undo")?.click(),
  m: () => (getSelection().isCollapsed ? paragraphHere() && mendParagraph(paragraphHere()) : mendSelection()),
  l: () => paragraphHere() && sayLines(paragraphHere()),
  n: () => $('a[rel="next"]')?.click(),
  p: () => $('a[rel="prev"]')?.click(),
  "/": () => $(".filters select, .filters input:not([type=hidden])")?.focus(),
  "?": () => $("#help").showModal(),
};

const paragraphHere = () => (document.activeElement.closest(".para") ?? current()?.closest(".para"));

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (field && event.key === "Escape" && !field.closest("dialog")) {
    event.preventDefault();
    (field.closest(".item") ?? current() ?? main()).focus();
    return;
  }
  if (field?.matches("textarea") && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    field.form.requestSubmit($("button:not([type=button])", field.form));
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]") || !$("#keys").checked) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// ---- mending --------------------------------------------------------------------------------------------------------

let mending = {};

async function openMend(start, end) {
  try {
    const query = new URLSearchParams({ file: main().dataset.file, start, end });
    const { text } = await ask(`/excerpt?${query}`);
    const trimmed = text.replace(/\n+$/, "");
    mending = { start, end: end - (text.length - trimmed.length), seen: trimmed };
    $("#mend textarea").value = trimmed;
    $("#mend textarea").rows = Math.min(14, Math.max(2, Math.ceil(trimmed.length / 60)));
    $("#mend-here").hidden = true;
    $("#mend").showModal();
    $("#mend textarea").focus();
  } catch (problem) {
    complain(problem);
  }
}

const mendParagraph = (para) => openMend(Number(para.dataset.start), Number(para.dataset.end));

function mendSelection() {
  const span = selected();
  if (span) openMend(...span);
}

// Offsets count code points, the browser counts half of them twice.
const points = (text) => [...text].length;

// The span of the clean text that is selected, null where nothing of it is.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !$("#text")) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode($("#text"))) return null;
  const runs = $$("#text [data-c]").filter((run) => range.intersectsNode(run));
  let [start, end] = [Infinity, -1];
  for (const run of runs) {
    const node = run.firstChild, at = Number(run.dataset.c), odd = run.localName === "i";
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (range.comparePoint(node, node.length) < 0 || range.comparePoint(node, 0) > 0 || from >= to) continue;
    start = Math.min(start, odd ? at : at + points(node.data.slice(0, from)));
    end = Math.max(end, odd ? at + 1 : at + points(node.data.slice(0, to)));
  }
  return end > start ? [start, end] : null;
}

document.addEventListener("selectionchange", () => {
  const button = $("#mend-here");
  if (!button || $("dialog[open]")) return;
  const span = selected();
  button.hidden = !span;
  if (!span) return;
  const place = getSelection().getRangeAt(0).getBoundingClientRect();
  button.style.left = `${Math.min(innerWidth - 90, Math.max(8, place.left)) + scrollX}px`;
  button.style.top = `${place.bottom + scrollY + 6}px`;
});
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("#mend-here")) event.preventDefault(); // the selection stays
});

// ---- lines ----------------------------------------------------------------------------------------------------------

async function sayLines(para) {
  try {
    const query = new URLSearchParams({ file: main().dataset.file, start: para.dataset.from, end: para.dataset.to });
    const { lines } = await ask(`/lines?${query}`);
    const rows = lines.map((line, k) => {
      const label = document.createElement("label"), box = document.createElement("input");
      Object.assign(box, { type: "checkbox", checked: lines.length === 1 });
      Object.assign(box.dataset, { start: line.start, end: line.end });
      label.append(box, ` ${line.text}`);
      return label;
    });
    $("#say .lines").replaceChildren(...rows);
    $("#say").showModal();
    $("#say .lines input")?.focus();
  } catch (problem) {
    complain(problem);
  }
}

// Lines that follow each other are one span.
function lineSpans(form) {
  const spans = [];
  let open = false;
  for (const box of $$(".lines input", form)) {
    const [start, end] = [Number(box.dataset.start), Number(box.dataset.end)];
    if (box.checked && open) spans.at(-1)[1] = end;
    else if (box.checked) spans.push([start, end]);
    open = box.checked;
  }
  return spans;
}

// ---- the list of texts, and the start -----------------------------------------------------------------------------

async function load() {
  for (const row of $$("tr[data-load]")) {
    try {
      const table = document.createElement("tbody");
      table.innerHTML = await ask(row.dataset.load);
      row.replaceWith(...table.children);
    } catch (problem) {
      complain(problem);
      return;
    }
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && main()?.dataset.file)
    ask("/state", { ...base(), shown: shown() }).then(update, () => {});
});

document.documentElement.classList.add("scripted");
$("#keys").checked = localStorage.getItem("keys") !== "off";
$("#keys").addEventListener("change", (event) => localStorage.setItem("keys", event.target.checked ? "on" : "off"));
if (current()) {
  goTo(current(), { quiet: true });
  current().scrollIntoView({ block: "center" });
  current().focus({ preventScroll: true });
}
load();
