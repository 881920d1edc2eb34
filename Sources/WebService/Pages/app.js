// Everything works without this file. It adds that the key "/" goes to the search field, that titles and authors are
// suggested while one types, that an address which is to be shared names only what was chosen, and that the kinds of
// books lie open where there is room for them.
"use strict";

document.addEventListener("keydown", function (event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.getElementById("q");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

document.addEventListener("formdata", function (event) {
  if (!event.target.matches("form.search")) return;
  const data = event.formData;
  const moods = [];
  const kept = [];
  for (const [name, value] of Array.from(data.entries())) {
    data.delete(name);
    if (name === "mood") moods.push(value);
    else if (name.startsWith("mood.")) {
      if (Number(value) !== 0) moods.push(name.slice(5) + (Number(value) === 1 ? "" : ":" + value));
    } else if (value !== "" || name === "q") kept.push([name, value]);
  }
  for (const [name, value] of kept) {
    if (name !== "strength" || moods.length) data.append(name, value);
  }
  if (moods.length) data.append("mood", moods.join(","));
});

// Beside the results the style sheet shows the kinds of books, but not in every browser, and says to none that they are
// open.
const narrow = document.querySelector(".narrow");
if (narrow && matchMedia("(min-width: 60rem)").matches) narrow.open = true;

// A combobox with a list, after the pattern of the ARIA Authoring Practices Guide.
function suggest(field) {
  const pause = 120;
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  field.parentElement.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asked = null;
  let active = -1;

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    asked = null;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    active = index;
    Array.from(list.children).forEach(function (option, place) {
      option.setAttribute("aria-selected", String(place === index));
    });
    if (index < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function address(suggestion) {
    const text = encodeURIComponent(suggestion.text);
    if (suggestion.kind === "title" && suggestion.book) return "/books/" + encodeURIComponent(suggestion.book);
    return suggestion.kind === "author" ? "/search?q=&author=" + text : "/search?q=" + text;
  }

  function part(name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  function show(suggestions) {
    list.replaceChildren();
    suggestions.forEach(function (suggestion, index) {
      const option = document.createElement("li");
      option.id = "suggestion-" + index;
      option.setAttribute("role", "option");
      option.dataset.address = address(suggestion);
      const by = suggestion.kind === "title" ? suggestion.authors.slice(0, 2).join(", ") : suggestion.kind;
      option.append(part("suggested", suggestion.text), " ", part("by", by));
      list.append(option);
    });
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function ask() {
    if (asked) asked.abort();
    const own = (asked = new AbortController());
    try {
      const answer = await fetch("/api/v1/suggest?q=" + encodeURIComponent(field.value), { signal: own.signal });
      const suggestions = answer.ok ? (await answer.json()).suggestions : [];
      // What was typed since has its own answer.
      if (own === asked) show(suggestions);
    } catch {
      // Nothing is lost: the form searches for what was typed.
      if (own === asked) close();
    }
  }

  field.addEventListener("input", function () {
    clearTimeout(timer);
    if (asked) asked.abort();
    asked = null;
    if (field.value.trim() === "") close();
    else timer = setTimeout(ask, pause);
  });

  field.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      // Between the last and the first is the field itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.address);
    }
  });

  // The field keeps the focus while a suggestion is clicked.
  list.addEventListener("mousedown", function (event) {
    event.preventDefault();
  });
  list.addEventListener("click", function (event) {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
}

const field = document.getElementById("q");
if (field) suggest(field);
