/* Conveniences on top of complete pages: keys and swipes, timeline filters, sortable tables.
   Nothing here is needed to read anything. Classic script, no dependencies. */
(function () {
  "use strict";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  /* The section one is in stays in sight where the sections do not fit. */
  var section = document.querySelector(".site-nav .active");
  if (section) {
    var strip = section.closest("ul");
    strip.scrollLeft = section.offsetLeft - (strip.clientWidth - section.offsetWidth) / 2;
  }

  /* Left and right lead to the page before and after; on a photograph, so does a swipe,
     and Escape leads to all of them. */
  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) location.href = link.href;
  }
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.defaultPrevented || event.target.closest("input, textarea, select, .table-scroll")) return;
    if (event.key === "ArrowLeft") follow("a[rel=prev]");
    if (event.key === "ArrowRight") follow("a[rel=next]");
    if (event.key === "Escape") follow("[data-close]");
  });

  var stage = document.querySelector("[data-photograph] .stage");
  if (stage) swipes(stage);

  function swipes(stage) {
    var start = null;
    stage.addEventListener("touchstart", function (event) {
      var alone = event.touches.length === 1 && (!window.visualViewport || visualViewport.scale === 1);
      start = alone ? event.touches[0] : null;
    }, { passive: true });
    stage.addEventListener("touchend", function (event) {
      if (!start) return;
      var x = event.changedTouches[0].clientX - start.clientX;
      var y = event.changedTouches[0].clientY - start.clientY;
      if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) follow(x > 0 ? "a[rel=prev]" : "a[rel=next]");
    });
  }

  /* Timeline filters; the address keeps them, so that a filtered view can be sent to someone. */
  var box = document.querySelector("[data-filters]");
  if (box) filters(box, box.querySelector("form"));

  function filters(box, form) {
    var entries = all("[data-kind]");
    var groups = all("[data-group]");
    var count = form.querySelector("[data-filter-count]");
    box.hidden = false;
    read();
    show();
    box.open = matchMedia("(min-width: 60em)").matches || location.hash.length > 1;
    form.addEventListener("input", function () { write(); show(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    addEventListener("hashchange", function () { read(); show(); });

    function chosen(name) {
      return all("[name=" + name + "]", form)
        .filter(function (field) { return field.type !== "checkbox" || field.checked; })
        .map(function (field) { return field.value; })
        .filter(Boolean);
    }
    function read() {
      var wanted = new URLSearchParams(location.hash.slice(1));
      all("[name]", form).forEach(function (field) {
        if (field.type === "checkbox") field.checked = wanted.getAll(field.name).indexOf(field.value) >= 0;
        else field.value = wanted.get(field.name) || "";
      });
    }
    function write() {
      var kept = new URLSearchParams();
      ["kind", "task", "person", "place", "text"].forEach(function (name) {
        chosen(name).forEach(function (value) { kept.append(name, value); });
      });
      history.replaceState(null, "", kept.toString() ? "#" + kept : location.pathname + location.search);
    }
    function show() {
      var kinds = chosen("kind"), tasks = chosen("task");
      var person = chosen("person")[0], place = chosen("place")[0];
      var text = (chosen("text")[0] || "").trim().toLowerCase();
      var shown = entries.filter(function (entry) {
        var data = entry.dataset;
        entry.hidden = !((!kinds.length || kinds.indexOf(data.kind) >= 0)
          && (!tasks.length || tasks.indexOf(data.task) >= 0)
          && (!person || data.members.split(" ").indexOf(person) >= 0)
          && (!place || data.place === place)
          && (!text || entry.textContent.toLowerCase().indexOf(text) >= 0));
        return !entry.hidden;
      });
      groups.forEach(function (group) { group.hidden = !group.querySelector("[data-kind]:not([hidden])"); });
      all(".neighbours a[href]").forEach(function (link) { link.setAttribute("href", link.getAttribute("href").replace(/#.*$/, "") + location.hash); });
      count.textContent = count.dataset.filterCount.replace("{n}", shown.length);
    }
  }

  /* Tables that can be sorted by their columns. */
  all("table[data-sortable]").forEach(function (table) {
    all("thead th", table).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, head, column); });
    });
  });

  function sort(table, head, column) {
    var descending = head.getAttribute("aria-sort") === "ascending";
    all("thead th", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    var rows = all("tbody tr", table);
    rows.sort(function (a, b) {
      var x = value(a.cells[column]), y = value(b.cells[column]);
      var order = typeof x === "number" ? x - y : x.localeCompare(y, document.documentElement.lang);
      return descending ? -order : order;
    });
    rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
  }
  function value(cell) {
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }

  /* An address may lead to a figure inside a folded table: unfold what holds it. */
  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var box = target && target.closest("details");
    if (!box) return;
    for (; box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();
})();
