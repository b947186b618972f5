/* Chronicle's search. In: what is typed into a form.search, the index that
   generator/publish/search.py wrote into search/, and beside it the words of generator/pages/search.
   Out: first results in a panel under the box, all
   of them on search.html. Loads nothing before a box is focused or search.html opens, and then by
   script elements, for a page opened from a folder may not fetch. Never sets markup, only text. */
(function () {
  "use strict";
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const SIGNS = "!#$()*+,-.:;=?[]^_{|}~";
  const LONGEST = 80; // characters of a query: every two may cost the reader one more script
  const forms = Array.from(document.querySelectorAll("form.search"));
  if (!forms.length) return;
  const boxOf = (form) => form.querySelector("input[type=search]");
  const base = forms[0].dataset.base || "";
  let words = forms[0].dataset; // what has to be said before the others have arrived
  const say = (key, values) => {
    const text = (values && values.n === 1 && words[key + "_one"]) || words[key] || "";
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  const flat = (lists) => [].concat(...lists);

  /* ---- Text: folded as fold() in search.py does it, remembering where each character stood */

  const isWide = (character) => character && character.codePointAt(0) >= 0x2e80;

  function fold(text) {
    const characters = [];
    const origins = [];
    let space = false;
    Array.from(text.normalize("NFC")).forEach((original, origin) => {
      for (const character of original.normalize("NFKC").toLowerCase()) {
        if (/\p{Cf}/u.test(character)) continue;
        if (/[\p{Z}\p{Cc}]/u.test(character)) {
          space = characters.length > 0;
          continue;
        }
        if (space && !isWide(characters[characters.length - 1]) && !isWide(character)) {
          characters.push(" ");
          origins.push(origin - 1);
        }
        space = false;
        characters.push(character);
        origins.push(origin);
      }
    });
    return { characters, origins };
  }

  /* The runs of characters to be found: words, or several words between straight quotes. */
  function termsOf(query) {
    const parts = Array.from(query.matchAll(/"([^"]+)"|\S+/g), (match) => match[1] || match[0]);
    return parts.map((part) => fold(part).characters).filter((term) => term.length);
  }

  function numbers(written) {
    const found = [];
    let rest = 0;
    for (const sign of written) {
      const letter = LETTERS.indexOf(sign);
      if (letter >= 0) found.push(rest * LETTERS.length + letter);
      rest = letter >= 0 ? 0 : rest * SIGNS.length + SIGNS.indexOf(sign);
    }
    return found;
  }

  /* ---- The index */

  const arrived = new Map();
  const asked = new Map();
  let index;

  function load(name, again) {
    if (asked.has(name)) return asked.get(name);
    const promise = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = base + "search/" + name + ".js" + (again ? "?" + again : "");
      script.onload = () => resolve(arrived.get(name));
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
      script.remove();
    });
    asked.set(name, promise);
    return promise;
  }

  async function openVolume(name) {
    const contents = await load(name + "/index");
    const bodies = numbers(contents.bodies);
    const volume = { name, starts: [], headEnds: [], sheets: [], firsts: contents.pairs.map(rank) };
    volume.characters = contents.characters.map((character) => character.codePointAt(0));
    let next = 0;
    numbers(contents.heads).forEach((head, entry) => {
      volume.starts.push(next);
      volume.headEnds.push(next + head);
      next += head + bodies[entry];
    });
    next = 0;
    for (const count of numbers(contents.entries)) {
      volume.sheets.push(next);
      next += count;
    }
    return volume;
  }

  function loadWords() {
    return load("words").then((texts) => (words = texts));
  }

  async function openAll(again) {
    const [names] = await Promise.all([load("index", again), loadWords()]);
    return Promise.all(names.map(openVolume));
  }

  function open(again) {
    index = index || openAll(again);
    return index;
  }

  /* A volume is named by its content. If a file is missing, the list of volumes was an old one
     from the browser's cache: begin again with a list from beyond the cache. */
  async function withIndex(work) {
    try {
      return await work(await open());
    } catch (error) {
      index = undefined;
      asked.clear();
      return work(await open(error.message.replace(/\W/g, "-")));
    }
  }

  const rank = ([first, second]) => first.codePointAt(0) * 0x110000 + second.codePointAt(0);

  /* The last place in an ascending list whose number does not exceed the given one, or the first. */
  function placeOf(ascending, number) {
    let low = 0;
    for (let high = ascending.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (ascending[middle] <= number) low = middle;
      else high = middle;
    }
    return low;
  }

  /* Where a pair of characters stands in a volume or, without a second, one character. */
  async function positions(volume, [first, second]) {
    const to = placeOf(volume.firsts, rank([first, second || "\u{10ffff}"]));
    const scripts = [];
    for (let i = placeOf(volume.firsts, rank([first, second || "\0"])); i <= to; i++) {
      scripts.push(load(volume.name + "/pairs-" + i));
    }
    const found = [];
    for (const group of flat(await Promise.all(scripts))) {
      if (group[0] !== first) continue;
      const seconds = Array.from(group[1]);
      let position = 0;
      numbers(group[2]).forEach((distance, i) => {
        position += distance;
        if (!second || seconds[seconds.length > 1 ? i : 0] === second) found.push(position);
      });
    }
    return found.sort((a, b) => a - b);
  }

  /* ---- Finding */

  const pairsOf = (term) => (term[1] ? term.slice(1).map((next, i) => [term[i], next]) : [term]);

  /* Where a term stands: every other pair, and the last, at its distance from the first. */
  async function occurrences(volume, term) {
    const pairs = pairsOf(term);
    const offsets = Object.keys(pairs).map(Number);
    const used = offsets.filter((offset) => offset % 2 === 0 || offset === pairs.length - 1);
    const lists = await Promise.all(used.map((offset) => positions(volume, pairs[offset])));
    return lists.reduce((found, list, n) => {
      const standing = new Set(list);
      return found.filter((position) => standing.has(position + used[n]));
    });
  }

  /* What exactly() finds of one common character, counted beforehand: its places would be many. */
  async function counted(volume, [character, next]) {
    if (next || !volume.characters.length) return null;
    const number = placeOf(volume.characters, character.codePointAt(0));
    const tallies = await load(volume.name + "/characters-" + number);
    const own = tallies.find(([one]) => one === character);
    if (!own) return null;
    const times = numbers(own[2]);
    let entry = 0;
    return new Map(numbers(own[1]).map((distance, i) => {
      entry += distance;
      return [entry, { head: times[i] % 2, score: times[i] >> 1 }];
    }));
  }

  /* The entries that hold a term: how often, and whether in the title or what goes with it. */
  async function exactly(volume, term) {
    const known = await counted(volume, term);
    if (known) return known;
    const tally = new Map();
    for (const position of await occurrences(volume, term)) {
      const entry = placeOf(volume.starts, position);
      const { head, score } = tally.get(entry) || { head: 0, score: 0 };
      tally.set(entry, { head: position < volume.headEnds[entry] ? 1 : head, score: score + 1 });
    }
    return tally;
  }

  /* The entries that hold any of a term's pairs: how many in their places, give or take two. */
  async function nearly(volume, term) {
    const lists = await Promise.all(pairsOf(term).map((pair) => positions(volume, pair)));
    const places = flat(lists.map((list, pair) => list.map((at) => ({ pair, at, start: at - pair }))));
    places.sort((a, b) => a.start - b.start);
    const tally = new Map();
    places.forEach(({ at, start }, i) => {
      const together = new Set();
      for (let k = i; places[k] && places[k].start <= start + 2; k++) together.add(places[k].pair);
      const entry = placeOf(volume.starts, at);
      const { score } = tally.get(entry) || { score: 0 };
      tally.set(entry, { head: 0, score: Math.max(score, together.size) });
    });
    return tally;
  }

  async function search(how, volumes, terms) {
    return flat(await Promise.all(volumes.map(async (volume) => {
      const tallies = await Promise.all(terms.map((term) => how(volume, term)));
      return volume.starts.map((_, entry) => {
        const found = tallies.map((tally) => tally.get(entry)).filter(Boolean);
        const sum = (part) => found.reduce((total, one) => total + one[part], 0);
        return { volume, entry, terms: found.length, head: sum("head"), score: sum("score") };
      });
    })));
  }

  /* All entries that hold every term, best first; where there is none, those that come nearest. */
  function find(query) {
    const terms = termsOf(query);
    const pairs = flat(terms.map(pairsOf));
    return withIndex(async (volumes) => {
      let results = await search(exactly, volumes, terms);
      results = results.filter((result) => terms.length && result.terms === terms.length);
      const near = !results.length && pairs.length > 1;
      if (near) {
        results = await search(nearly, volumes, terms);
        const best = results.reduce((most, { score }) => Math.max(most, score), pairs.length / 3);
        results = results.filter(({ score }) => score >= best);
      }
      results.sort((a, b) => b.head - a.head || b.score - a.score); // stable: equals stay in order
      return { results, near: near && results.length > 0, marks: near ? pairs : terms };
    });
  }

  function entriesOf(results) {
    return Promise.all(results.map(async ({ volume, entry }) => {
      const sheet = placeOf(volume.sheets, entry);
      return (await load(volume.name + "/entries-" + sheet))[entry - volume.sheets[sheet]];
    }));
  }

  /* ---- Showing */

  function make(tag, name, parent, text) {
    const element = document.createElement(tag);
    if (name) element.className = "search-" + name;
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }

  /* The text, or `length` characters of it, with what was looked for in <mark>. */
  function quote(parent, text, marks, length) {
    const shown = Array.from(text);
    const marked = new Set();
    const { characters, origins } = fold(text);
    characters.forEach((_, i) => {
      for (const mark of marks) {
        if (!mark.every((character, k) => characters[i + k] === character)) continue;
        for (let k = origins[i]; k <= origins[i + mark.length - 1]; k++) marked.add(k);
      }
    });
    const first = shown.findIndex((_, i) => marked.has(i));
    const start = Math.max(0, Math.min(first - 24, shown.length - length)) || 0;
    const end = Math.min(start + length, shown.length) || shown.length;
    if (start > 0) parent.append("…");
    for (let from = start, to = start; from < end; from = to) {
      while (to < end && marked.has(to) === marked.has(from)) to++;
      const piece = shown.slice(from, to).join("");
      if (marked.has(from)) make("mark", "", parent, piece);
      else parent.append(piece);
    }
    if (end < shown.length) parent.append("…");
  }

  function addResult(list, [url, kind, title, date, text, thumbnail], marks) {
    const link = make("a", "result", make("li", "", list));
    link.href = base + url;
    if (thumbnail) Object.assign(make("img", "thumbnail", link), { alt: "", src: base + thumbnail });
    make("span", "kind", link, (words.kinds || {})[kind] || kind).dataset.kind = kind;
    quote(make("span", "title", link), title, marks);
    if (date) quote(make("span", "date", link), date, marks);
    if (text) quote(make("span", "snippet", link), text, marks, 90);
    return link;
  }

  function makeResults(parent) {
    const status = make("p", "status", parent);
    status.setAttribute("role", "status");
    const list = make("ol", "list", parent);
    list.setAttribute("aria-label", say("results"));
    return { status, list };
  }

  function statusOf(query, { results, near }) {
    if (!results.length) return say("none", { q: query });
    const count = say("count", { n: results.length });
    return near ? say("near") + " " + count : count;
  }

  function enhance(form) {
    const box = boxOf(form);
    const panel = make("div", "panel", form);
    const { status, list } = makeResults(panel);
    const all = make("a", "all", panel);
    all.href = base + "search.html";
    let latest = 0;
    let timer;
    Object.assign(panel, { hidden: true, tabIndex: -1 }); // focusable: a click in it stays inside
    Object.assign(box, { maxLength: LONGEST, autocomplete: "off" });

    function hold() {
      // What a reader steps into is not exchanged by an answer that comes later.
      latest += 1;
      clearTimeout(timer);
    }

    function close() {
      hold();
      panel.hidden = true;
    }

    async function answer() {
      const query = box.value.trim();
      const turn = ++latest;
      // A single Latin letter or digit stands nearly everywhere: wait for the second.
      if (/^[!-~]?$/.test(fold(query).characters.join(""))) return close();
      if (panel.hidden) {
        list.textContent = "";
        status.textContent = say("loading");
        all.hidden = true;
        panel.hidden = false;
      }
      try {
        const found = await find(query);
        const entries = await entriesOf(found.results.slice(0, 8));
        if (turn !== latest) return;
        list.textContent = "";
        for (const entry of entries) addResult(list, entry, found.marks);
        status.textContent = statusOf(query, found);
        all.hidden = found.results.length <= entries.length;
        all.textContent = say("all", { n: found.results.length });
        all.href = base + "search.html?q=" + encodeURIComponent(query);
      } catch (error) {
        if (turn === latest) status.textContent = say("failed");
      }
    }

    function move(event, step) {
      const stops = [box, ...panel.querySelectorAll("a:not([hidden])")];
      if (panel.hidden || stops.length < 2) return;
      event.preventDefault();
      hold();
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    }

    function changed(event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(answer, 120);
    }

    box.addEventListener("focus", () => open().catch(() => {}));
    box.addEventListener("input", changed);
    box.addEventListener("compositionend", () => changed({}));
    form.addEventListener("submit", (event) => box.value.trim() || event.preventDefault());
    form.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") move(event, 1);
      if (event.key === "ArrowUp") move(event, -1);
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault();
      box.focus();
      close();
    });
    for (const leaving of ["focusin", "pointerdown"]) {
      document.addEventListener(leaving, (event) => form.contains(event.target) || close());
    }
  }

  async function fillPage(page, query) {
    const { status, list } = makeResults(page);
    status.textContent = query ? say("loading") : "";
    const more = make("button", "more", page);
    Object.assign(more, { type: "button", hidden: true });
    try {
      if (!query) {
        await loadWords();
        status.textContent = say("prompt");
        return;
      }
      const found = await find(query);
      const showMore = async (count) => {
        const shown = list.children.length;
        const entries = await entriesOf(found.results.slice(shown, shown + count));
        const links = entries.map((entry) => addResult(list, entry, found.marks));
        const left = found.results.length - list.children.length;
        more.hidden = !left;
        more.textContent = say("more", { n: Math.min(left, 20) });
        return links[0];
      };
      await showMore(5); // the first results need not wait for the rest
      status.textContent = statusOf(query, found);
      await showMore(15);
      more.addEventListener("click", async () => (await showMore(20)).focus());
    } catch (error) {
      status.textContent = say("failed");
    }
  }

  window.chronicleSearch = {
    part: (name, content) => arrived.set(name, content), // what every script of the index calls
    fold: (text) => fold(text).characters.join(""),
    find: async (query) => {
      const found = await find(query);
      return { near: found.near, entries: await entriesOf(found.results) };
    },
  };
  forms.forEach(enhance);
  document.addEventListener("keydown", (event) => {
    const box = forms.map(boxOf).find((one) => one.offsetParent);
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busy || !box) return;
    event.preventDefault();
    box.select();
    box.focus();
  });
  const page = document.querySelector("[data-search-results]");
  if (page) {
    const query = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, LONGEST);
    for (const form of forms) boxOf(form).value = query;
    fillPage(page, query);
  }
})();
