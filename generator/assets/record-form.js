/* The form that writes a record: reads what is typed, checks it, shows the file, hands it over.
   Enter: a form that generator/pages/contribute made from a record's model; every field says by its
   attributes what it is. Leave: a YAML file in the reader's own hands. What is typed never leaves the
   page but by the reader's own copy, download, or "new file" on the forge.
   Classic script; needs record-values.js and record-yaml.js. */
(function () {
  "use strict";

  const form = document.querySelector("[data-record-form]");
  if (!form) return;

  const values = window.recordValues;
  const facts = form.dataset;
  const words = JSON.parse(facts.words);
  const taken = new Set(JSON.parse(facts.taken));
  const result = document.querySelector("[data-record-result]");
  const idInput = result.querySelector("[data-id]");

  const LONGEST_SLUG = 60; // characters of a file name made from a title
  const LONGEST_ADDRESS = 7000; // characters; forges refuse longer ones
  const MANY_PICKS = 24; // a longer list gets a box to search in it
  const PAUSE = 800; // ms without a keystroke, after which a half-typed value counts as typed

  let insisted = false; // whether somebody wanted the file while something was still missing
  let unsaved = false;

  function say(key, more) {
    return words[key].replace(/\{(\w+)\}/g, (all, name) => more[name]);
  }

  function each(selector, within, act) {
    Array.from((within || document).querySelectorAll(selector)).forEach(act);
  }

  /* What the form holds --------------------------------------------------------------------------- */

  const BOX = "[data-field], [data-part], [data-record-form]";

  /* The fields directly inside a form, group or part; one in a `template` is not there yet. */
  function fieldsIn(box) {
    return Array.from(box.querySelectorAll("[data-field]"))
      .filter((field) => field.parentElement.closest(BOX) === box);
  }

  function fieldNamed(name, box) {
    return fieldsIn(box).find((field) => field.dataset.field === name);
  }

  function partsOf(field) {
    return Array.from(field.querySelector("[data-list]").children);
  }

  function controlOf(field) {
    return field.querySelector("input, select, textarea");
  }

  function rowsOf(field) {
    return controlOf(field).value.split("\n").map((row) => row.trim()).filter(Boolean);
  }

  function textOf(field) {
    return field ? controlOf(field).value.replace(/\r/g, "").trim() : "";
  }

  /* A member's or place's id where somebody typed the name. */
  function idOrText(field, text) {
    const list = field.dataset.suggests && document.getElementById("known-" + field.dataset.suggests);
    const known = list && Array.from(list.options).find((one) => one.value === text);
    return known ? { plain: known.dataset.value } : text;
  }

  function plain(field) {
    const text = textOf(field);
    return text ? { plain: text } : undefined;
  }

  /* For each widget, the value to be written; undefined where there is none. */
  const READ = {
    line: (field) => idOrText(field, textOf(field)) || undefined,
    text: (field) => textOf(field) || undefined,
    date: plain,
    amount: plain,
    number: plain,
    time: plain,
    choice: plain,
    tick: (field) => controlOf(field).checked || undefined,
    lines: (field) => some(rowsOf(field).map((row) => idOrText(field, row))),
    numbers: (field) => {
      const rows = rowsOf(field).map((row) => ({ plain: "[" + numbersIn(row).join(", ") + "]" }));
      return controlOf(field).tagName === "TEXTAREA" ? some(rows) : rows[0];
    },
    picks: (field) => {
      const ticked = Array.from(field.querySelectorAll("input:checked:not([data-find])"));
      const everyone = ticked.find((box) => "everyone" in box.dataset);
      return everyone ? { plain: everyone.value } : some(ticked.map((box) => ({ plain: box.value })));
    },
  };

  function some(list) {
    return list.length ? list : undefined;
  }

  function numbersIn(row) {
    return row.split(/[,，、;；\s]+/).filter(Boolean);
  }

  /* Whether nothing has been written into a box; a choice left as it was found is nothing. */
  function isBlank(box) {
    return fieldsIn(box).every((field) => {
      if (field.dataset.widget === "group") return isBlank(field);
      if (field.dataset.widget === "parts") return partsOf(field).every(isBlank);
      const value = READ[field.dataset.widget](field);
      return value === undefined || (value.plain !== undefined && value.plain === controlOf(field).dataset.default);
    });
  }

  /* The fields of a box as names and values; `report(field, fault)` hears what is wrong with them. */
  function read(box, report) {
    const found = [];
    fieldsIn(box).forEach((field) => {
      const value = readField(field, report);
      if (value !== undefined) found.push([field.dataset.field, value]);
    });
    const rule = RULES[box.dataset.model];
    if (rule) rule(box, report);
    return found;
  }

  function readField(field, report) {
    const needed = "required" in field.dataset;
    if (field.dataset.widget === "group") {
      return needed || !isBlank(field) ? { fields: read(field, report) } : undefined;
    }
    if (field.dataset.widget === "parts") {
      const all = partsOf(field);
      const used = all.filter((part) => !isBlank(part));
      const counted = used.length || !needed ? used : all.slice(0, 1);
      if (needed && !counted.length) report(field, { text: say("at_least_one") });
      return some(counted.map((part) => ({ fields: read(part, report) })));
    }
    const value = READ[field.dataset.widget](field);
    if (value === undefined && isHalfTyped(field)) report(field, { text: say(field.dataset.widget) });
    else if (value === undefined && needed) report(field, { text: say("required"), blank: true });
    const fault = value !== undefined && faultIn(field);
    if (fault) report(field, fault);
    return value;
  }

  /* A time with its minutes missing: the browser gives no text for it. Where there is nothing to
     choose from yet there is no control either. */
  function isHalfTyped(field) {
    const control = controlOf(field);
    return control !== null && control.validity.badInput;
  }

  /* What is wrong ---------------------------------------------------------------------------------- */

  const CHECK = {
    date: (field) => ofValue("date", values.dateFault(textOf(field))),
    amount: (field) => ofValue("amount", values.amountFault(textOf(field))),
    number: (field) => (matches(field, textOf(field)) ? null : { text: say("number") }),
    time: (field) => (matches(field, textOf(field)) ? null : { text: say("time") }),
    numbers: (field) => {
      const bounds = field.dataset.bounds.split(" ");
      return rowsOf(field).every((row) => areWithin(numbersIn(row), bounds))
        ? null : { text: say("numbers", { n: bounds.length }) };
    },
  };

  function faultIn(field) {
    const check = CHECK[field.dataset.widget];
    if (check) return check(field);
    if (!/^(?:line|text|lines)$/.test(field.dataset.widget)) return null;
    const longest = Number(field.dataset.longest) || Infinity;
    const texts = field.dataset.widget === "lines" ? rowsOf(field) : [textOf(field)];
    if (texts.some((text) => Array.from(text).length > longest)) {
      return { text: say("too_long", { n: longest }) };
    }
    if (texts.every((text) => matches(field, text))) return null;
    return { text: words["pattern_" + field.dataset.field] || say("pattern") };
  }

  function ofValue(kind, fault) {
    if (!fault) return null;
    const known = words[kind + "_" + fault.reason];
    return { text: known || say(fault.suggestion ? kind + "_meant" : kind), suggestion: fault.suggestion };
  }

  function matches(field, text) {
    return !field.dataset.pattern || new RegExp(field.dataset.pattern).test(text);
  }

  function areWithin(numbers, bounds) {
    return numbers.length === bounds.length && numbers.every((text, at) => {
      const [, opening, low, high, closing] = /^([[(])(.*),(.*)([\])])$/.exec(bounds[at]);
      const number = Number(text);
      return /^[0-9]*\.?[0-9]+$/.test(text)
        && (opening === "[" ? number >= low : number > low)
        && (closing === "]" ? number <= high : number < high);
    });
  }

  /* Rules between the fields of one group, as the record kinds have them (errors only). */
  const RULES = {
    photo: (box, report) => {
      const pending = controlOf(fieldNamed("pending", box)).checked;
      if (!pending && !textOf(fieldNamed("file", box))) {
        report(fieldNamed("file", box), { text: say("photo"), blank: true });
      }
    },
    item: (box, report) => needsUnit(box, "quantity", "item_unit", report),
    claim: (box, report) => {
      const measure = textOf(fieldNamed("measure", box)), item = textOf(fieldNamed("item", box));
      if (Boolean(measure) === Boolean(item)) {
        report(fieldNamed("measure", box), { text: say("claim"), blank: !measure });
      }
      needsUnit(box, "item", "claim_unit", report);
    },
    distribution: (box, report) => {
      const field = fieldNamed("item", box), item = textOf(field);
      const given = Array.from(form.querySelectorAll("[data-model=item] [data-field=item]")).map(textOf);
      if (item && given.indexOf(item) < 0) report(field, { text: say("item_unknown") });
    },
  };

  function needsUnit(box, name, key, report) {
    if (textOf(fieldNamed(name, box)) && !textOf(fieldNamed("unit", box))) {
      report(fieldNamed("unit", box), { text: say(key), blank: true });
    }
  }

  /* A date of the record itself may lie outside the archive's period; that is odd, but no mistake. */
  function oddity(field) {
    const bounds = field === fieldNamed("date", form) && "required" in field.dataset
      && values.dateBounds(textOf(field));
    return bounds && (bounds.latest < facts.first || bounds.earliest > facts.last) ? say("date_outside") : "";
  }

  /* The file's name --------------------------------------------------------------------------------- */

  function day() {
    const field = fieldNamed("date", form);
    const bounds = field && values.dateBounds(textOf(field));
    return bounds ? bounds.earliest : "";
  }

  /* The first text that the record is called by: its title, or the things given. */
  function title() {
    return facts.title.split(" ").map((path) => {
      const [name, inner] = path.split(".");
      const field = fieldNamed(name, form);
      return textOf(inner ? fieldNamed(inner, partsOf(field)[0]) : field);
    }).find(Boolean) || "";
  }

  /* A day's work begins with its day; a member who has no Latin name gets a number and not a hash,
     from which a name that is withheld could be found out. */
  function suggestedId() {
    const named = title(), when = day();
    if (!named && !when && facts.kind !== "member") return "";
    const slug = values.slugOf(named, LONGEST_SLUG);
    const hash = values.shortHash(named + when);
    if (facts.kind === "activity") return free([when, slug || hash].filter(Boolean).join("-"));
    if (facts.kind === "member") return slug ? free(slug) : numbered(facts.kind);
    return free(slug || [facts.kind, when, hash].filter(Boolean).join("-"));
  }

  function free(id) {
    let found = id;
    for (let number = 2; taken.has(found) || !values.isIdentifier(found); number += 1) found = id + "-" + number;
    return found;
  }

  function numbered(name) {
    let number = 1;
    const id = () => name + "-" + String(number).padStart(2, "0");
    while (taken.has(id())) number += 1;
    return id();
  }

  function folder() {
    const year = facts.kind === "activity" && day().slice(0, 4);
    return facts.folder + (year ? "/" + year : "");
  }

  function schema() {
    return "../".repeat(folder().split("/").length - 1) + "schemas/" + facts.kind + ".schema.json";
  }

  /* Showing it -------------------------------------------------------------------------------------- */

  let text = "", path = "";

  function update() {
    const faults = new Map();
    const report = (field, fault) => faults.has(field) || faults.set(field, fault);
    const fields = read(form, report);
    if (!idInput.dataset.own) idInput.value = suggestedId();
    const id = idInput.value.trim();
    text = window.recordYaml.yamlOf(fields, "yaml-language-server: $schema=" + schema());
    path = folder() + "/" + id + ".yml";
    result.querySelector("[data-file]").hidden = isBlank(form) && !insisted;
    result.querySelector("[data-yaml]").textContent = text;
    result.querySelector("[data-path]").textContent = path;
    each("[data-field]", form, (field) => {
      if (field.dataset.widget !== "group") showFault(field, faults.get(field));
    });
    showId(id);
    showLeft(faults);
    pointForge();
    return faults;
  }

  function idFault(id) {
    if (!values.isIdentifier(id)) return say("id");
    return taken.has(id) ? say("id_taken") : "";
  }

  function showId(id) {
    const line = document.getElementById("record-id-fault");
    line.textContent = id || insisted ? idFault(id) : "";
    line.hidden = !line.textContent;
    idInput.setAttribute("aria-invalid", String(!line.hidden));
  }

  /* The fault below its field, once the field has been left or the file was wanted. */
  function showFault(field, fault) {
    const heard = fault && (insisted || (field.dataset.typed && !fault.blank));
    const odd = heard ? "" : oddity(field);
    const line = lineOf(field);
    const message = (heard ? fault.text : odd) + "|" + (heard && fault.suggestion || "");
    if (line.dataset.message === message) return;
    line.dataset.message = message;
    line.textContent = heard ? fault.text : odd;
    line.hidden = !line.textContent;
    line.classList.toggle("oddity", Boolean(odd));
    each("input, select, textarea", field, (control) => {
      if (control.closest("[data-field]") === field) control.setAttribute("aria-invalid", String(Boolean(heard)));
    });
    if (heard && fault.suggestion) line.append(" ", correction(field, fault.suggestion));
  }

  /* The line for a field's own faults, not for those of fields inside it. */
  function lineOf(field) {
    return Array.from(field.querySelectorAll(".fault")).find((line) => line.closest("[data-field]") === field);
  }

  function correction(field, suggestion) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say("change", { suggestion });
    button.addEventListener("click", () => {
      controlOf(field).value = suggestion;
      update();
      controlOf(field).focus();
    });
    return button;
  }

  function labelOf(field) {
    const label = field.querySelector("label, legend");
    const own = label && label.cloneNode(true);
    if (own) Array.from(own.querySelectorAll(".must, input")).forEach((one) => one.remove());
    return own ? own.textContent.trim() : field.dataset.field;
  }

  /* What is still missing, each a button that leads there. */
  function showLeft(faults) {
    const line = result.querySelector("[data-left]");
    if (isBlank(form) && !insisted) {
      line.textContent = say("nothing");
      return;
    }
    line.textContent = faults.size ? say("left", { n: faults.size }) : say("ready");
    Array.from(faults.keys()).forEach((field, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = labelOf(field);
      button.addEventListener("click", () => goTo(field));
      line.append(at ? words.comma : "", button);
    });
  }

  function goTo(field) {
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const control = controlOf(field) || field;
    control.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  }

  /* Handing it over --------------------------------------------------------------------------------- */

  /* Whether the file is complete; if not, everything missing is shown and the first of it focused. */
  function isComplete() {
    insisted = true;
    const first = update().keys().next().value;
    const nameless = idFault(idInput.value.trim());
    if (first) goTo(first);
    else if (nameless) idInput.focus();
    if (first || nameless) return false;
    unsaved = false;
    return true;
  }

  function done(key) {
    result.querySelector("[data-done]").textContent = say(key);
  }

  /* The clipboard's newer interface is missing where a site is not served over https. */
  function copied() {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    area.className = "unseen";
    result.append(area);
    const focused = document.activeElement;
    area.select();
    const worked = document.execCommand("copy");
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    if (!worked) getSelection().selectAllChildren(result.querySelector("[data-yaml]"));
    return worked;
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/yaml;charset=utf-8" }));
    link.download = path.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function pointForge() {
    const link = result.querySelector("[data-forge]");
    if (!link) return;
    if (!link.dataset.start) link.dataset.start = link.getAttribute("href");
    const named = link.dataset.start + link.dataset.named.replace("{path}", () => encodeURIComponent(path));
    const filled = named + link.dataset.filled.replace("{text}", () => encodeURIComponent(text));
    link.href = filled.length <= LONGEST_ADDRESS ? filled : named;
  }

  result.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-copy], [data-download], [data-forge]");
    if (!wanted) return;
    if (!isComplete()) {
      event.preventDefault();
    } else if ("download" in wanted.dataset) {
      download();
      done("downloaded");
    } else {
      const worked = copied();
      done(!worked ? "not_copied" : "forge" in wanted.dataset ? "pasted" : "copied");
    }
  });

  /* Lists of parts, long lists of names ------------------------------------------------------------- */

  function addPart(field, quietly) {
    const number = Number(field.dataset.next || partsOf(field).length);
    field.dataset.next = number + 1;
    const template = field.querySelector("template");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.split("__" + field.dataset.field + "__").join(number);
    const part = holder.firstElementChild;
    field.querySelector("[data-list]").append(part);
    prepare(part);
    renumber(field);
    if (!quietly) controlOf(part).focus();
  }

  function removePart(part) {
    const field = part.parentElement.closest("[data-field]");
    part.remove();
    renumber(field);
    field.querySelector("[data-add]").focus();
    update();
  }

  function renumber(field) {
    const parts = partsOf(field);
    const least = "required" in field.dataset ? 1 : 0;
    parts.forEach((part, at) => {
      part.querySelector("[data-number]").textContent = parts.length > 1 ? at + 1 : "";
      part.querySelector("[data-remove]").hidden = parts.length <= least;
    });
  }

  /* A long list of names can be searched; who is ticked stays in sight. */
  function searchable(field) {
    const labels = Array.from(field.querySelectorAll(".tick"));
    if (labels.length <= MANY_PICKS) return;
    const find = document.createElement("input");
    find.type = "search";
    find.dataset.find = "";
    find.placeholder = facts.find;
    find.setAttribute("aria-label", facts.find);
    find.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = find.value.trim().toLowerCase();
      labels.forEach((label) => {
        const box = label.querySelector("input");
        const fits = (label.textContent + " " + box.value).toLowerCase().indexOf(wanted) >= 0;
        label.hidden = !fits && !box.checked;
      });
    });
    field.querySelector(".ticks").before(find);
  }

  /* With everybody ticked, nobody needs to be. */
  function everyone(field) {
    const all = field.querySelector("[data-everyone]");
    if (!all) return;
    each(".tick input", field, (box) => { if (box !== all) box.disabled = all.checked; });
  }

  /* Turn on what only works with this script. */
  function prepare(box) {
    each("[data-add]", box, (button) => { button.hidden = false; });
    each("[data-widget=parts]", box, renumber);
    each("[data-widget=picks]", box, searchable);
  }

  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]"), remove = event.target.closest("[data-remove]");
    if (add) addPart(add.closest("[data-field]"));
    else if (remove) removePart(remove.closest("[data-part]"));
  });

  /* A fold with a list in it opens with one empty entry. */
  form.addEventListener("toggle", (event) => {
    const field = event.target.open && event.target.querySelector("[data-widget=parts]");
    if (field && field.closest("details") === event.target && !partsOf(field).length) addPart(field, true);
  }, true);

  let pause = 0;
  form.addEventListener("input", (event) => {
    const field = event.target.closest("[data-field]");
    unsaved = true;
    everyone(field);
    update();
    clearTimeout(pause);
    pause = setTimeout(() => typed(field), PAUSE);
  });
  form.addEventListener("change", (event) => typed(event.target.closest("[data-field]")));
  form.addEventListener("submit", (event) => event.preventDefault());

  function typed(field) {
    if (!field) return;
    field.dataset.typed = "1";
    update();
  }

  idInput.addEventListener("input", () => {
    idInput.dataset.own = idInput.value.trim() ? "1" : "";
    update();
  });

  window.addEventListener("beforeunload", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    event.returnValue = "";
  });

  form.noValidate = true;
  result.hidden = false;
  prepare(form);
  update();
})();
